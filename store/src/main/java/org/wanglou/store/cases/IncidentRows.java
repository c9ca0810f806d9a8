package org.wanglou.store.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.Incident;

/** The table {@code incident}: every revision is a row. Confined to its transaction's thread. */
final class IncidentRows {
    private final Handle handle;

    IncidentRows(Handle handle) {
        this.handle = handle;
    }

    /** Writes a revision; one that is there already is left as it is, for a revision never changes. */
    void put(Incident incident) {
        boolean there = handle.createQuery("select count(*) from incident where id = :id and revision = :revision")
                        .bind("id", incident.id())
                        .bind("revision", incident.revision())
                        .mapTo(Long.class)
                        .one()
                > 0;
        if (there) {
            return;
        }
        handle.createUpdate("insert into incident (id, revision, organization, status, opened_at, body)"
                        + " values (:id, :revision, :organization, :status, :opened, :body)")
                .bind("id", incident.id())
                .bind("revision", incident.revision())
                .bind("organization", incident.organization())
                .bind("status", incident.status().name())
                .bind("opened", incident.opened())
                .bind("body", Jsons.text(incident))
                .execute();
    }

    Optional<Incident> latest(String id) {
        return handle.createQuery("select body from incident where id = :id order by revision desc limit 1")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(body -> read(body, Incident.class));
    }

    List<Incident> revisions(String id) {
        return handle.createQuery("select body from incident where id = :id order by revision")
                .bind("id", id)
                .mapTo(String.class)
                .map(body -> read(body, Incident.class))
                .list();
    }

    /** What we wrote ourselves can be read again; if not, the row was damaged and that must be seen. */
    static <T> T read(String body, Class<T> type) {
        try {
            return Jsons.read(body, type);
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable row of " + type.getSimpleName(), e);
        }
    }
}
