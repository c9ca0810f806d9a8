package org.wanglou.model.cases;

import java.util.List;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;

/**
 * The human handling of one incident (处置单).
 *
 * @param id readable and unique, such as {@code WL-20261124-0007}
 * @param incidentId the incident it handles
 * @param revision of the case, for optimistic locking (ETag); 1 at opening
 * @param state where it stands
 * @param organization organisation id
 * @param assignee account name, empty when nobody
 * @param acknowledgedBy account that first took notice, empty when nobody
 * @param incident the latest machine revision
 * @param confirmed grades that a person confirmed; laid over the incident's proposals when read
 * @param confirmedCategory category key a person set, empty when the machine's stands
 * @param impact what a person entered about the impact; equals the incident's until then
 * @param basedOnRevision incident revision the confirmation was based on, 0 before
 * @param reopened true when a later machine revision rose above a confirmed grade: the question is open again
 * @param openedAt wall time, milliseconds UTC
 * @param updatedAt wall time
 * @param learnedAt when the unit found out or was told (发现或获知), 0 before confirmation
 * @param notes what people wrote, oldest first
 */
public record Case(
        String id,
        String incidentId,
        int revision,
        CaseState state,
        String organization,
        String assignee,
        String acknowledgedBy,
        Incident incident,
        List<Grade> confirmed,
        String confirmedCategory,
        Incident.Impact impact,
        int basedOnRevision,
        boolean reopened,
        long openedAt,
        long updatedAt,
        long learnedAt,
        List<Note> notes) {
    public Case {
        confirmed = List.copyOf(confirmed);
        notes = List.copyOf(notes);
    }

    /** One remark or decision: who, when (milliseconds UTC), which action, what was said. */
    public record Note(String by, long at, String action, String text) {}
}
