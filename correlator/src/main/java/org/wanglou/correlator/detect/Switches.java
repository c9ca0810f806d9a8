package org.wanglou.correlator.detect;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.wire.Outlet;

/**
 * Writes to {@code wanglou.switches} from which record on a task uses which rules, for each of its topics: the record at
 * that offset is the first one they judged.
 *
 * <p>The digest last used stands in a logged store of the same transaction. So a transaction that is undone takes its
 * switch with it, and the rules of a restart are a switch exactly when they are others. Confined to its task's thread.
 */
final class Switches {
    static final String SINK = "to-switches";
    static final String STORE = "detect-rules";
    static final String SWITCH_1 = "switch/1";

    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<Bytes, byte[]> rows;
    private final Outlet outlet;
    private final Map<String, String> used = new HashMap<>();

    Switches(ProcessorContext<byte[], byte[]> context, Outlet outlet) {
        this.context = context;
        this.rows = context.getStateStore(STORE);
        this.outlet = outlet;
        try (KeyValueIterator<Bytes, byte[]> stored = rows.all()) {
            while (stored.hasNext()) {
                KeyValue<Bytes, byte[]> row = stored.next();
                used.put(
                        new String(row.key.get(), StandardCharsets.UTF_8),
                        new String(row.value, StandardCharsets.UTF_8));
            }
        }
    }

    /** Notes the rules that judge this record. */
    void use(String digest, Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElse(null);
        if (at == null || digest.equals(used.get(at.topic()))) {
            return;
        }
        used.put(at.topic(), digest);
        rows.put(Bytes.wrap(at.topic().getBytes(StandardCharsets.UTF_8)), digest.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> value = new TreeMap<>();
        value.put("task", DetectStage.NAME + "/" + context.taskId());
        value.put("kind", "rules");
        value.put("digest", digest);
        value.put("topic", at.topic());
        value.put("partition", at.partition());
        value.put("offset", at.offset());
        value.put("receive", record.timestamp());
        // Every switch has its own key: compaction must not take the history that a replay follows.
        String key = DetectStage.NAME + "/" + at.topic() + "/" + at.partition() + "/" + at.offset();
        outlet.payload(SINK, key.getBytes(StandardCharsets.UTF_8), Jsons.bytes(value), SWITCH_1, "", "", record);
    }
}
