package org.wanglou.store.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.wanglou.model.Incident;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.store.reports.PeriodRows;
import org.wanglou.store.reports.ReportRows;

/**
 * One transaction, by kind of row.
 *
 * <p>Owed entries and feed rows take their numbers from one-row counters, and a counter's row stays locked until commit:
 * that is what makes commit order sequence order. So they are written last, always ledger before feed, which keeps the
 * lock short and lets no two writers wait for each other crosswise. A read of either writes what is waiting first. Confined
 * to its transaction's thread.
 */
final class JdbcTransaction implements CaseDatabase.Transaction {
    private final IncidentRows incidents;
    private final CaseRows cases;
    private final MessageRows messages;
    private final DeadlineRows deadlines;
    private final EntryRows entries;
    private final FeedRows feed;
    private final ReferenceRows reference;
    private final OverviewRows overview;
    private final ReportRows reports;
    private final PeriodRows period;
    private final List<Runnable> owed = new ArrayList<>();
    private final List<Runnable> fed = new ArrayList<>();
    private boolean wroteFeed;

    JdbcTransaction(Handle handle) {
        incidents = new IncidentRows(handle);
        cases = new CaseRows(handle);
        messages = new MessageRows(handle);
        deadlines = new DeadlineRows(handle);
        entries = new EntryRows(handle);
        feed = new FeedRows(handle);
        reference = new ReferenceRows(handle);
        overview = new OverviewRows(handle);
        reports = new ReportRows(handle);
        period = new PeriodRows(handle);
    }

    /** Writes what was put off; true when there are feed rows. */
    boolean finish() {
        writeOwed();
        writeFed();
        return wroteFeed;
    }

    private void writeOwed() {
        owed.forEach(Runnable::run);
        owed.clear();
    }

    private void writeFed() {
        if (!fed.isEmpty()) {
            writeOwed();
            fed.forEach(Runnable::run);
            fed.clear();
            wroteFeed = true;
        }
    }

    @Override
    public OptionalLong offset(String topic, int partition) {
        return reference.offset(topic, partition);
    }

    @Override
    public void setOffset(String topic, int partition, long next) {
        reference.setOffset(topic, partition, next);
    }

    @Override
    public void putIncident(Incident incident) {
        incidents.put(incident);
    }

    @Override
    public Optional<Incident> incident(String id) {
        return incidents.latest(id);
    }

    @Override
    public List<Incident> incidentRevisions(String id) {
        return incidents.revisions(id);
    }

    @Override
    public String newCaseId(String day) {
        return cases.newId(day);
    }

    @Override
    public void insertCase(Case opened) {
        cases.insert(opened);
    }

    @Override
    public void updateCase(Case changed, int expectedRevision) {
        cases.update(changed, expectedRevision);
    }

    @Override
    public Optional<Case> caseById(String caseId) {
        return cases.byId(caseId);
    }

    @Override
    public Optional<Case> caseOfIncident(String incidentId) {
        return cases.ofIncident(incidentId);
    }

    @Override
    public List<Case> cases(CaseDatabase.CaseQuery query) {
        return cases.list(query);
    }

    @Override
    public long countCases(CaseDatabase.CaseQuery query) {
        return cases.count(query);
    }

    @Override
    public CaseDatabase.CaseCounts countOpen(List<String> organizations, String account, long dueBefore) {
        return overview.countOpen(organizations, account, dueBefore);
    }

    @Override
    public List<Deadline> deadlinesOfAll(List<String> caseIds) {
        return overview.deadlines(caseIds);
    }

    @Override
    public Map<String, Map<Message.State, Long>> countMessagesOf(List<String> caseIds) {
        return overview.messages(caseIds);
    }

    @Override
    public Set<String> unsealed(List<String> objectIds) {
        writeOwed();
        return overview.unsealed(objectIds);
    }

    @Override
    public long countIncidents() {
        return overview.countIncidents();
    }

    @Override
    public boolean oweMessage(Message message) {
        return messages.owe(message);
    }

    @Override
    public void updateMessage(Message message) {
        messages.update(message);
    }

    @Override
    public Optional<Message> message(String id) {
        return messages.byId(id);
    }

    @Override
    public List<Message> messagesOf(String caseId) {
        return messages.ofCase(caseId);
    }

    @Override
    public List<Message> dueMessages(long nowMillis, int limit) {
        return messages.due(nowMillis, limit);
    }

    @Override
    public Map<Message.State, Long> countMessages() {
        return messages.count();
    }

    @Override
    public void putDeadline(Deadline deadline) {
        deadlines.put(deadline);
    }

    @Override
    public List<Deadline> deadlinesOf(String caseId) {
        return deadlines.ofCase(caseId);
    }

    @Override
    public List<Deadline> dueDeadlines(long nowMillis, int limit) {
        return deadlines.due(nowMillis, limit);
    }

    @Override
    public OptionalLong nextDeadline() {
        return deadlines.next();
    }

    @Override
    public void oweEntry(
            String type,
            String objectType,
            String objectId,
            int objectRevision,
            String organization,
            String actor,
            long atMillis,
            String objectJson,
            String bodySm3) {
        CaseDatabase.OwedEntry entry = new CaseDatabase.OwedEntry(
                0,
                type,
                objectType,
                objectId,
                objectRevision,
                organization,
                actor,
                atMillis,
                objectJson,
                EntryRows.salt(),
                bodySm3,
                -1,
                "");
        owed.add(() -> entries.owe(entry));
    }

    @Override
    public List<CaseDatabase.OwedEntry> owedEntries(int limit) {
        writeOwed();
        return entries.owed(limit);
    }

    @Override
    public void markSealed(long seq, long index, String leafHash) {
        entries.markSealed(seq, index, leafHash);
    }

    @Override
    public List<CaseDatabase.OwedEntry> entriesOf(String objectType, String objectId) {
        writeOwed();
        return entries.of(objectType, objectId);
    }

    @Override
    public List<CaseDatabase.OwedEntry> entriesBetween(long fromMillis, long toMillis, int limit) {
        writeOwed();
        return entries.between(fromMillis, toMillis, limit);
    }

    @Override
    public long countOwed() {
        writeOwed();
        return entries.countOwed();
    }

    @Override
    public OptionalLong oldestOwed() {
        writeOwed();
        return entries.oldestOwed();
    }

    @Override
    public List<CaseDatabase.OwedEntry> entries(CaseDatabase.EntryQuery query) {
        writeOwed();
        return entries.list(query);
    }

    @Override
    public String ledgerHead() {
        return entries.head();
    }

    @Override
    public void setLedgerHead(String checkpoint, long size) {
        entries.setHead(checkpoint, size);
    }

    @Override
    public void feed(String topic, String object, int revision, long atMillis) {
        fed.add(() -> feed.add(topic, object, revision, atMillis));
    }

    @Override
    public List<CaseDatabase.FeedRow> feedAfter(long seq, int limit) {
        writeFed();
        return feed.after(seq, limit);
    }

    @Override
    public long lastFeedSeq() {
        writeFed();
        return feed.last();
    }

    @Override
    public int trimFeed(long beforeMillis) {
        return feed.trim(beforeMillis);
    }

    @Override
    public void putSuppression(CaseDatabase.Suppression suppression) {
        reference.putSuppression(suppression);
    }

    @Override
    public List<CaseDatabase.Suppression> suppressions(long nowMillis) {
        return reference.suppressions(nowMillis);
    }

    @Override
    public void putSnapshot(String kind, String digest, byte[] bytes, long atMillis) {
        reference.putSnapshot(kind, digest, bytes, atMillis);
    }

    @Override
    public Optional<byte[]> snapshot(String digest) {
        return reference.snapshot(digest);
    }

    @Override
    public Optional<String> setting(String name) {
        return reference.setting(name);
    }

    @Override
    public void putSetting(String name, String value) {
        reference.putSetting(name, value);
    }

    @Override
    public ReportRows reports() {
        return reports;
    }

    @Override
    public PeriodRows period() {
        return period;
    }
}
