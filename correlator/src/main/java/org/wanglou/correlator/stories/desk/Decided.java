package org.wanglou.correlator.stories.desk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Incident;

/**
 * What one step of the stories has to do to the world: rows to write and incident revisions to publish, in order. Confined
 * to its task's thread.
 */
public final class Decided {
    /** A row to put, or to delete when value is null. */
    @SuppressWarnings("ArrayRecordComponent") // handed to the store at once, never compared
    public record Row(String key, byte @Nullable [] value) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();

    void put(String key, byte[] value) {
        rows.add(new Row(key, value));
    }

    void delete(String key) {
        rows.add(new Row(key, null));
    }

    void publish(Incident incident) {
        incidents.add(incident);
    }

    public List<Row> rows() {
        return rows;
    }

    public List<Incident> incidents() {
        return incidents;
    }
}
