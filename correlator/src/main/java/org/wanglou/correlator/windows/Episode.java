package org.wanglou.correlator.windows;

import java.util.List;
import org.wanglou.model.Signal;

/**
 * A maximal run of instants, no two neighbours further apart than the span, at which a rule's condition holds for a key.
 *
 * @param ruleId the correlation rule
 * @param id the hit's signal id, fixed at first publication; empty before
 * @param first first instant, milliseconds UTC
 * @param last last instant
 * @param revision of the last publication, 0 before
 * @param published count of the last publication
 * @param publishedLast last instant of the last publication
 * @param nextCheck number of entries at which the count is looked at again for doubling
 * @param status of the last publication
 * @param organization to whose stories the last publication went: the unit of its first window
 * @param heldIds earliest event ids that were folded out of the entries, at most {@link Hits#EVIDENCE_MAX}
 * @param heldFirst time of the earliest folded event, meaningful when heldIds is not empty
 */
record Episode(
        String ruleId,
        String id,
        long first,
        long last,
        int revision,
        long published,
        long publishedLast,
        long nextCheck,
        Signal.Status status,
        String organization,
        List<String> heldIds,
        long heldFirst) {

    static Episode at(String ruleId, long instant) {
        return new Episode(ruleId, "", instant, instant, 0, 0, 0, 0, Signal.Status.OPEN, "", List.of(), 0);
    }

    boolean isPublished() {
        return revision > 0;
    }

    boolean joins(long instant, long span) {
        return instant >= first - span && instant <= last + span;
    }

    Episode spanning(long from, long to) {
        return new Episode(
                ruleId,
                id,
                from,
                to,
                revision,
                published,
                publishedLast,
                nextCheck,
                status,
                organization,
                heldIds,
                heldFirst);
    }

    Episode publishedAs(String newId, String newOrganization, long count, Signal.Status newStatus) {
        return new Episode(
                ruleId,
                newId,
                first,
                last,
                revision + 1,
                count,
                last,
                count * 2,
                newStatus,
                newOrganization,
                heldIds,
                heldFirst);
    }

    Episode lookingAgainAt(long entries) {
        return new Episode(
                ruleId,
                id,
                first,
                last,
                revision,
                published,
                publishedLast,
                entries,
                status,
                organization,
                heldIds,
                heldFirst);
    }

    Episode holding(List<String> ids, long from) {
        return new Episode(
                ruleId,
                id,
                first,
                last,
                revision,
                published,
                publishedLast,
                nextCheck,
                status,
                organization,
                List.copyOf(ids),
                from);
    }
}
