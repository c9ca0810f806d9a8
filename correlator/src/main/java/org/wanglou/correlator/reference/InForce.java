package org.wanglou.correlator.reference;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Switch;

/**
 * What a task goes by. It switches between two records only and writes the switch down twice in the transaction of the
 * record it precedes: in its own logged store, so that a restart goes on with it, and on {@code wanglou.switches}, one
 * record for each source topic at the first offset of that topic it holds for. Confined to its task's thread.
 */
public final class InForce<T extends Reference> {
    /** Name of the store in every stage's application. */
    public static final String ROWS = "in-force";

    private static final Bytes DIGEST = key("digest");

    private final String stage;
    private final Shelf<T> shelf;
    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<Bytes, byte[]> rows;
    private final Outlet outlet;
    private final Map<String, String> told = new HashMap<>();
    private String recorded;
    private T value;

    private InForce(
            String stage,
            Shelf<T> shelf,
            ProcessorContext<byte[], byte[]> context,
            Outlet outlet,
            Optional<String> was) {
        this.stage = stage;
        this.shelf = shelf;
        this.context = context;
        this.rows = context.getStateStore(ROWS);
        this.outlet = outlet;
        this.recorded = was.orElse("");
        this.value = was.map(shelf::resume).orElseGet(shelf::await);
    }

    /**
     * What the task had before, or the newest if it had nothing yet.
     *
     * @throws org.wanglou.correlator.wire.UnloadableSnapshotException when it had something that is no more to be had
     */
    public static <T extends Reference> InForce<T> open(
            String stage, Shelf<T> shelf, ProcessorContext<byte[], byte[]> context, Outlet outlet) {
        KeyValueStore<Bytes, byte[]> rows = context.getStateStore(ROWS);
        return new InForce<>(stage, shelf, context, outlet, text(rows.get(DIGEST)));
    }

    static Optional<String> text(byte @Nullable [] row) {
        return Optional.ofNullable(row).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the task goes by. */
    public T value() {
        return value;
    }

    /**
     * To be called before a record is looked at: switches when there is something newer, and writes it down.
     *
     * @return true if {@link #value()} has another content than before
     */
    public boolean before(Record<byte[], byte[]> record) {
        T newest = shelf.peek();
        boolean switched = false;
        if (newest != null && newest != value) {
            switched = !newest.digest().equals(value.digest());
            value = newest;
        }
        String digest = value.digest();
        if (!digest.equals(recorded)) {
            rows.put(DIGEST, digest.getBytes(StandardCharsets.UTF_8));
            recorded = digest;
        }
        context.recordMetadata().ifPresent(at -> tell(digest, at, record));
        return switched;
    }

    private void tell(String digest, RecordMetadata at, Record<byte[], byte[]> cause) {
        String known = told.get(at.topic());
        if (digest.equals(known)) {
            return;
        }
        Bytes row = key("told/" + at.topic());
        if (known == null) {
            known = text(rows.get(row)).orElse("");
        }
        if (!digest.equals(known)) {
            rows.put(row, digest.getBytes(StandardCharsets.UTF_8));
            String task = stage + '/' + context.taskId().partition();
            outlet.switched(
                    new Switch(task, shelf.kind(), known, digest, at.topic(), at.partition(), at.offset()), cause);
        }
        told.put(at.topic(), digest);
    }
}
