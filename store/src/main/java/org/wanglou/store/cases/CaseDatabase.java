package org.wanglou.store.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.reports.PeriodRows;
import org.wanglou.store.reports.ReportRows;

/**
 * Cases and everything that is owed because of them. All writing happens in one transaction of the caller; reads may
 * happen in one too. Thread-safe.
 */
public interface CaseDatabase extends AutoCloseable {
    /**
     * Runs the work in one transaction (READ COMMITTED) and commits; any throw rolls back and is passed on. A
     * serialisation failure or deadlock is retried up to five times, so the work must be repeatable.
     */
    <T> T transaction(Function<Transaction, T> work);

    /** Called on a thread of the database after each commit that wrote a feed row. For pushing, not for truth. */
    void onFeed(Runnable poke);

    @Override
    void close();

    /** Thrown by {@link Transaction#updateCase} when someone else was quicker: HTTP 412. */
    final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message);
        }
    }

    /** What can be done inside a transaction. Confined to the transaction's thread. */
    interface Transaction {
        // --- position in the topics ---
        OptionalLong offset(String topic, int partition);

        void setOffset(String topic, int partition, long next);

        // --- incidents: every revision is kept ---
        void putIncident(Incident incident);

        /** The latest revision. */
        Optional<Incident> incident(String id);

        List<Incident> incidentRevisions(String id);

        // --- cases ---
        /** A fresh case id for the day, such as {@code WL-20261124-0007}. */
        String newCaseId(String day);

        void insertCase(Case opened);

        /** Writes the case as revision {@code expectedRevision + 1} which it must carry. */
        void updateCase(Case changed, int expectedRevision);

        Optional<Case> caseById(String caseId);

        Optional<Case> caseOfIncident(String incidentId);

        /** Newest deadline first unless the query says otherwise; at most {@code query.limit()}. */
        List<Case> cases(CaseQuery query);

        long countCases(CaseQuery query);

        /** Counts over the open cases of these units (empty means all). */
        CaseCounts countOpen(List<String> organizations, String account, long dueBefore);

        /** The clocks of these cases, by due time. */
        List<Deadline> deadlinesOfAll(List<String> caseIds);

        /** How many messages of these cases are in which state; a case without messages is missing. */
        Map<String, Map<Message.State, Long>> countMessagesOf(List<String> caseIds);

        /** Which of these objects, of whatever type, have an entry that is not in the ledger yet. */
        Set<String> unsealed(List<String> objectIds);

        long countIncidents();

        // --- messages ---
        /** Adds the message; false when one with that id is there already (it is then left as it is). */
        boolean oweMessage(Message message);

        void updateMessage(Message message);

        Optional<Message> message(String id);

        List<Message> messagesOf(String caseId);

        /** OWED with {@code nextAt <= now}, oldest first. */
        List<Message> dueMessages(long nowMillis, int limit);

        Map<Message.State, Long> countMessages();

        // --- deadlines ---
        /** Inserts or replaces by id. */
        void putDeadline(Deadline deadline);

        List<Deadline> deadlinesOf(String caseId);

        /** EXPECTED or RUNNING with {@code dueAt <= now}. */
        List<Deadline> dueDeadlines(long nowMillis, int limit);

        /** The earliest {@code dueAt} among EXPECTED and RUNNING. */
        OptionalLong nextDeadline();

        // --- ledger entries owed, and the objects they seal ---
        /**
         * Owes one entry and keeps the sealed object beside it. Entries get their {@code seq} in commit order.
         *
         * @param type such as {@code incident.open}
         * @param objectType such as {@code incident}
         * @param objectId its id; with {@code objectRevision} it names the sealed object
         * @param organization organisation id
         * @param actor {@code machine} or an account name
         * @param objectJson canonical JSON (RFC 8785) of the object
         * @param bodySm3 hex SM3 of the exact bytes sent, for notifications; empty otherwise
         */
        void oweEntry(
                String type,
                String objectType,
                String objectId,
                int objectRevision,
                String organization,
                String actor,
                long atMillis,
                String objectJson,
                String bodySm3);

        /** Not yet in the ledger, by seq. */
        List<OwedEntry> owedEntries(int limit);

        /** Records that the entry is leaf {@code index} with that leaf hash (hex). */
        void markSealed(long seq, long index, String leafHash);

        /** Sealed or still pending objects of that type and id, all revisions, by seq. */
        List<OwedEntry> entriesOf(String objectType, String objectId);

        /** All entries whose time lies in [from, to), by seq; for reports and export. */
        List<OwedEntry> entriesBetween(long fromMillis, long toMillis, int limit);

        long countOwed();

        /** When the oldest entry was owed that is not in the ledger yet. */
        OptionalLong oldestOwed();

        /** Entries newest first, at most {@code query.limit()}. */
        List<OwedEntry> entries(EntryQuery query);

        /** Last signed tree head as checkpoint text, empty before the first. */
        String ledgerHead();

        void setLedgerHead(String checkpoint, long size);

        // --- change feed (SSE) ---
        /** Adds a row; seq order is commit order. */
        void feed(String topic, String object, int revision, long atMillis);

        List<FeedRow> feedAfter(long seq, int limit);

        long lastFeedSeq();

        /** Removes rows older than that; returns how many. */
        int trimFeed(long beforeMillis);

        // --- suppressions from false positives ---
        void putSuppression(Suppression suppression);

        List<Suppression> suppressions(long nowMillis);

        // --- snapshots of reference data, content-addressed ---
        void putSnapshot(String kind, String digest, byte[] bytes, long atMillis);

        Optional<byte[]> snapshot(String digest);

        // --- small settings ---
        Optional<String> setting(String name);

        void putSetting(String name, String value);

        // --- reports ---
        /** Signed reports. */
        ReportRows reports();

        /** What reports read of a period. Entries owed in this very transaction are not among its seals. */
        PeriodRows period();
    }

    /**
     * One owed or sealed ledger entry with its object.
     *
     * @param salt 64 hex digits kept with the object; objHash = SM3(objectJson ‖ salt bytes)
     * @param index leaf index, -1 while pending
     * @param leafHash hex, empty while pending
     */
    record OwedEntry(
            long seq,
            String type,
            String objectType,
            String objectId,
            int objectRevision,
            String organization,
            String actor,
            long at,
            String objectJson,
            String salt,
            String bodySm3,
            long index,
            String leafHash) {}

    /**
     * Counts over open cases.
     *
     * @param unassigned given to nobody
     * @param mine given to the account asked for
     * @param dueSoon with a clock that is due before the time asked for
     * @param reopened whose question is open again
     */
    record CaseCounts(long open, long unassigned, long mine, long dueSoon, long reopened) {}

    /**
     * Which ledger entries to list.
     *
     * @param type only of that type, or of those below it when it ends in a dot, such as {@code case.}; empty means any
     * @param object only about that object id; empty means any
     * @param organizations only of these units; empty means all
     * @param before only with a smaller seq
     * @param limit rows at most, up to 1,000
     */
    record EntryQuery(String type, String object, List<String> organizations, long before, int limit) {
        public EntryQuery {
            organizations = List.copyOf(organizations);
        }
    }

    /** One change: what changed ({@code case}, {@code incident}, {@code message}, {@code health}) and to which revision. */
    record FeedRow(long seq, String topic, String object, int revision, long at) {}

    /**
     * A false positive's consequence: signals of that rule and key in that organisation open no case until it expires.
     * An empty key means every key.
     */
    record Suppression(
            String id, String organization, String ruleId, String key, long until, String reason, String by, long at) {}

    /**
     * What to list.
     *
     * @param organizations only these units; empty means all
     * @param states only these states; empty means all
     * @param assignee only this account, {@value #NOBODY} for cases given to nobody; empty means any
     * @param minimumGrade only with that effective gbt20986 grade or graver; empty means any
     * @param text words that must occur in title, id or actor; empty means any
     * @param openedFrom milliseconds UTC, inclusive; 0 for no bound
     * @param openedTo milliseconds UTC, exclusive; {@code Long.MAX_VALUE} for no bound
     * @param sort {@code newest}, {@code grade}, or {@code due}: the nearest clock first
     * @param offset rows to skip
     * @param limit rows at most, up to 1,000
     */
    record CaseQuery(
            List<String> organizations,
            List<String> states,
            String assignee,
            String minimumGrade,
            String text,
            long openedFrom,
            long openedTo,
            String sort,
            int offset,
            int limit) {
        /** As assignee: cases given to nobody. No account has such a name. */
        public static final String NOBODY = "-";

        public static final CaseQuery ALL =
                new CaseQuery(List.of(), List.of(), "", "", "", 0, Long.MAX_VALUE, "newest", 0, 200);

        public CaseQuery {
            organizations = List.copyOf(organizations);
            states = List.copyOf(states);
        }
    }
}
