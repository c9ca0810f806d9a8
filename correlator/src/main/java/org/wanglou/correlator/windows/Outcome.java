package org.wanglou.correlator.windows;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Signal;

/**
 * What one step of the windows has to do to the world: rows to write and hits to publish, in order. Confined to its
 * task's thread.
 */
public final class Outcome {
    /** A row to put, or to delete when value is null. */
    @SuppressWarnings("ArrayRecordComponent") // handed to the store at once, never compared
    public record Row(byte[] key, byte @Nullable [] value) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Signal> hits = new ArrayList<>();

    public void put(byte[] key, byte[] value) {
        rows.add(new Row(key, value));
    }

    public void delete(byte[] key) {
        rows.add(new Row(key, null));
    }

    public void publish(Signal hit) {
        hits.add(hit);
    }

    public List<Row> rows() {
        return rows;
    }

    public List<Signal> hits() {
        return hits;
    }
}
