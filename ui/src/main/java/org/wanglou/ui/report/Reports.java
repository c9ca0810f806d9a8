package org.wanglou.ui.report;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Category;
import org.wanglou.model.Snapshots;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;
import org.wanglou.store.events.EventIndex;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.reports.StoredReport;
import org.wanglou.store.reports.StoredReport.Entry;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.document.ReportDocument.Completeness;
import org.wanglou.ui.report.document.ReportSignature;
import org.wanglou.ui.report.page.NoTypeface;
import org.wanglou.ui.report.page.PagePrinter;
import org.wanglou.ui.report.sections.Facts;

/**
 * Where reports are made and found. Making one signs the document, prints the page, keeps both and owes the ledger entry
 * {@code report} with the SM3 of the document's exact bytes, all in one transaction. What cannot be done is
 * {@link Refused} with a reason in Chinese; which units an account may ask for is decided before. One report is made at a
 * time; whoever waits longer than {@value #WAIT_SECONDS} s is refused. Thread-safe.
 */
public final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final int MOST_LISTED = 1_000;
    private static final int WAIT_SECONDS = 20;

    /**
     * What reports are computed from.
     *
     * @param ledger the node's own, for the head and to compare the leaves
     * @param categories all sub-classes, to name those that people set
     */
    public record Sources(
            CaseDatabase cases,
            EventIndex events,
            Ledger ledger,
            Snapshots snapshots,
            Supplier<List<Category>> categories) {}

    /**
     * Who makes them.
     *
     * @param node name of this instance
     * @param software name and version
     * @param versions digests or versions in force now, by name: rules, tables
     * @param signer of the key {@code report}
     */
    public record Issuer(String node, String software, Supplier<Map<String, String>> versions, Sm2Signer signer) {}

    /** A report in a list, and whether it is in the ledger yet. */
    public record Listed(Entry entry, boolean sealed) {}

    private final Sources sources;
    private final Issuer issuer;
    private final PagePrinter printer;
    private final Clock clock;
    private final ReentrantLock making = new ReentrantLock(true);

    public Reports(Sources sources, Issuer issuer, PagePrinter printer, Clock clock) {
        this.sources = sources;
        this.issuer = issuer;
        this.printer = printer;
        this.clock = clock;
    }

    /**
     * The document as it would be made now, without id and signature.
     *
     * @param from milliseconds UTC, inclusive
     * @param to milliseconds UTC, exclusive
     */
    public ReportDocument preview(String organization, long from, long to) {
        return alone(() -> compose("", organization, new Range(from, to, clock.millis())));
    }

    /** Makes, signs and keeps a report; the one that is there already when nothing has changed since. */
    public Listed make(String actorName, String organization, long from, long to) {
        if (actorName.isBlank()) {
            throw new IllegalArgumentException("a report is made by a named account");
        }
        return alone(() -> {
            Range range = new Range(from, to, clock.millis());
            ReportDocument document = compose(actorName, organization, range);
            Optional<Listed> before = entry(document.id());
            return before.orElseGet(() -> keep(document, range, actorName));
        });
    }

    /** Newest first; of these units, of all when the list is empty. */
    public List<Listed> list(List<String> visible) {
        return sources.cases().transaction(tx -> {
            List<Entry> entries = tx.reports().list(visible, MOST_LISTED);
            Set<String> sealed =
                    tx.reports().sealed(entries.stream().map(Entry::id).toList());
            return entries.stream()
                    .map(entry -> new Listed(entry, sealed.contains(entry.id())))
                    .toList();
        });
    }

    /** To see, before anything else is handed out, which unit a report is about. */
    public Optional<Listed> entry(String id) {
        return sources.cases().transaction(tx -> tx.reports().entry(id).map(entry -> listed(tx, entry)));
    }

    /** The document exactly as it was signed. */
    public byte[] json(String id) {
        return bytes(whole(id).document());
    }

    /** The detached signature's text, see {@link ReportSignature}. */
    public String signature(String id) {
        return whole(id).signature();
    }

    /**
     * The page, printed anew from the document if none could be printed when it was made.
     *
     * @throws NoTypeface when there is none and this build cannot print; the message names the remedy
     */
    public byte[] pdf(String id) {
        StoredReport report = whole(id);
        return report.pdf().length > 0
                ? report.pdf()
                : printer.print(
                        ReportDocument.parse(bytes(report.document())), ReportSignature.parse(report.signature()));
    }

    private ReportDocument compose(String by, String organization, Range range) {
        Units units = Units.of(sources.snapshots().registry(), organization);
        Completeness completeness = Observation.of(sources.events(), units, range);
        FactsReader reader = new FactsReader(units, range, sources.categories().get());
        Facts facts = sources.cases().transaction(tx -> reader.read(tx, sources.ledger(), completeness.archived() > 0));
        return new Composer(issuer, units, range)
                .compose(by, sources.snapshots().registryDigest(), facts, completeness);
    }

    private Listed keep(ReportDocument document, Range range, String actorName) {
        byte[] bytes = document.bytes();
        ReportSignature signature = ReportSignature.sign(issuer.signer(), document.id(), bytes);
        byte[] pdf = print(document, signature);
        Entry entry = new Entry(
                document.id(),
                document.kind(),
                document.unit().id(),
                range.from(),
                range.to(),
                range.now(),
                actorName,
                signature.sm3(),
                signature.kid());
        StoredReport report = new StoredReport(entry, document.canonical(), signature.text(), pdf);
        return sources.cases().transaction(tx -> {
            if (tx.reports().put(report)) {
                tx.oweEntry(
                        "report",
                        "report",
                        entry.id(),
                        1,
                        entry.organization(),
                        actorName,
                        entry.madeAt(),
                        Texts.canonical(sealed(entry, signature, pdf)),
                        entry.sm3());
                tx.feed("report", entry.id(), 1, entry.madeAt());
            }
            return tx.reports().entry(entry.id()).map(kept -> listed(tx, kept)).orElseThrow();
        });
    }

    private byte[] print(ReportDocument document, ReportSignature signature) {
        try {
            return printer.print(document, signature);
        } catch (NoTypeface e) {
            LOG.warn("report made without a page id={} reason=\"{}\"", document.id(), e.getMessage());
            return new byte[0];
        }
    }

    private static Map<String, Object> sealed(Entry entry, ReportSignature signature, byte[] pdf) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", entry.id());
        object.put("kind", entry.kind());
        object.put("organization", entry.organization());
        object.put("from", entry.from());
        object.put("to", entry.to());
        object.put("madeAt", entry.madeAt());
        object.put("madeBy", entry.madeBy());
        object.put("sm3", entry.sm3());
        object.put("kid", entry.kid());
        object.put("signature", signature.signature());
        object.put("pdfSm3", pdf.length == 0 ? "" : Sm3.hex(pdf));
        return object;
    }

    private static Listed listed(Transaction tx, Entry entry) {
        return new Listed(entry, !tx.reports().sealed(List.of(entry.id())).isEmpty());
    }

    private StoredReport whole(String id) {
        return sources.cases()
                .transaction(tx -> tx.reports().whole(id))
                .orElseThrow(() -> new Refused(Refused.Kind.NOT_FOUND, "没有这份报告"));
    }

    private <T> T alone(Supplier<T> work) {
        boolean mine = false;
        try {
            mine = making.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                throw new Refused(Refused.Kind.INVALID, "正在生成其他报告，请稍后再试");
            }
            return work.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to make a report", e);
        } finally {
            if (mine) {
                making.unlock();
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
