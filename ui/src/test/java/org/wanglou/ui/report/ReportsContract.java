package org.wanglou.ui.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.wanglou.ui.report.World.DAY;
import static org.wanglou.ui.report.World.FROM;
import static org.wanglou.ui.report.World.MIDDLE;
import static org.wanglou.ui.report.World.TO;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.cases.CaseState;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;
import org.wanglou.store.ledger.LedgerExport;
import org.wanglou.store.ledger.Verdict;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.Indicator;
import org.wanglou.ui.report.document.ReportDocument;
import org.wanglou.ui.report.page.NoTypeface;
import org.wanglou.ui.report.page.PagePrinter;

/** What reports must say, whatever the case database. */
abstract class ReportsContract {
    @TempDir
    Path directory;

    private World world;

    abstract CaseDatabase open(Path directory) throws Exception;

    @BeforeEach
    void begin() throws Exception {
        world = new World(open(directory), directory);
        world.fill();
    }

    @AfterEach
    void end() {
        world.close();
    }

    private ReportDocument city() {
        return world.reports.preview("3701", FROM, TO);
    }

    private static double value(ReportDocument report, String id) {
        Double value = report.indicator(id).orElseThrow().value();
        assertThat(value).as(id).isNotNull();
        return value;
    }

    private static String parts(ReportDocument report, String id) {
        Indicator figure = report.indicator(id).orElseThrow();
        return figure.numerator() + "/" + figure.denominator();
    }

    @Test
    void incidents_are_counted_by_what_became_of_them() {
        ReportDocument report = city();
        assertThat(value(report, "incidents.all")).isEqualTo(7);
        assertThat(value(report, "incidents.valid")).isEqualTo(4);
        assertThat(value(report, "incidents.open")).isEqualTo(2);
        assertThat(value(report, "incidents.closed")).isEqualTo(2);
        assertThat(value(report, "incidents.false-positive")).isEqualTo(1);
        assertThat(value(report, "incidents.duplicate")).isEqualTo(1);
        assertThat(value(report, "incidents.not-ours")).isEqualTo(0);
        assertThat(value(report, "incidents.retracted")).isEqualTo(1);
        assertThat(value(report, "incidents.time-to-acknowledge")).isEqualTo(20);
        assertThat(parts(report, "incidents.time-to-acknowledge")).isEqualTo("null/3");
        assertThat(value(report, "incidents.time-to-close")).isEqualTo(180);
        assertThat(parts(report, "incidents.time-to-close")).isEqualTo("null/2");
    }

    @Test
    void proposed_grades_and_confirmed_ones_are_kept_apart() {
        ReportDocument report = city();
        assertThat(value(report, "incidents.grade.larger.proposed")).isEqualTo(1);
        assertThat(value(report, "incidents.grade.larger.confirmed")).isEqualTo(0);
        assertThat(value(report, "incidents.grade.major.proposed")).isEqualTo(0);
        assertThat(value(report, "incidents.grade.major.confirmed")).isEqualTo(1);
        assertThat(value(report, "incidents.grade.general.confirmed")).isEqualTo(1);
        assertThat(value(report, "incidents.grade.none")).isEqualTo(1);
        assertThat(report.indicator("incidents.grade.larger.proposed")
                        .orElseThrow()
                        .applicability())
                .isEqualTo(Applicability.TO_CHECK);
        assertThat(report.indicator("incidents.grade.major.confirmed")
                        .orElseThrow()
                        .applicability())
                .isEqualTo(Applicability.APPLICABLE);
        assertThat(report.toCheck()).anyMatch(row -> row.contains("第5.3条 表2")).anyMatch(row -> row.contains("第四条"));
    }

    @Test
    void the_sums_hold() {
        for (String unit : List.of("37", "3701", "370101", "3702")) {
            ReportDocument report = world.reports.preview(unit, FROM, TO);
            double grades = report.sections().stream()
                    .flatMap(section -> section.indicators().stream())
                    .filter(figure -> figure.id().startsWith("incidents.grade."))
                    .mapToDouble(Indicator::value)
                    .sum();
            assertThat(value(report, "incidents.valid")).isEqualTo(grades);
            assertThat(value(report, "incidents.open") + value(report, "incidents.closed"))
                    .isEqualTo(grades);
            assertThat(value(report, "incidents.all"))
                    .isEqualTo(grades
                            + value(report, "incidents.false-positive")
                            + value(report, "incidents.duplicate")
                            + value(report, "incidents.not-ours")
                            + value(report, "incidents.retracted"));
        }
    }

    @Test
    void deadlines_late_reports_count_as_missed_and_expected_ones_are_no_breach() {
        ReportDocument report = city();
        assertThat(value(report, "deadlines.met")).isEqualTo(1);
        assertThat(value(report, "deadlines.missed")).isEqualTo(2);
        assertThat(value(report, "deadlines.running")).isEqualTo(1);
        assertThat(value(report, "deadlines.expected")).isEqualTo(1);
        assertThat(value(report, "deadlines.cancelled")).isEqualTo(1);
        assertThat(value(report, "deadlines.rate")).isEqualTo(33.3);
        assertThat(parts(report, "deadlines.rate")).isEqualTo("1/3");
        assertThat(report.indicator("deadlines.rate").orElseThrow().applicability())
                .isEqualTo(Applicability.TO_CHECK);
    }

    @Test
    void notifications_are_counted_by_whether_they_arrived() {
        ReportDocument report = city();
        assertThat(value(report, "notifications.delivered")).isEqualTo(2);
        assertThat(value(report, "notifications.dead")).isEqualTo(1);
        assertThat(value(report, "notifications.owed")).isEqualTo(1);
        assertThat(value(report, "notifications.rate")).isEqualTo(66.7);
        assertThat(value(world.reports.preview("37", FROM, TO), "notifications.dead"))
                .isEqualTo(2);
    }

    @Test
    void a_period_begins_with_its_first_millisecond_and_ends_before_its_last() {
        assertThat(value(world.reports.preview("37", FROM, FROM + 1), "incidents.all"))
                .isEqualTo(1);
        assertThat(value(world.reports.preview("37", FROM - 1, FROM), "incidents.grade.extraordinary.proposed"))
                .isEqualTo(1);
        assertThat(value(world.reports.preview("37", TO - 1, TO), "incidents.all"))
                .isEqualTo(1);
        assertThat(value(world.reports.preview("37", TO, TO + 1), "incidents.grade.extraordinary.proposed"))
                .isEqualTo(1);
        assertThat(value(world.reports.preview("37", FROM - DAY, TO + 1), "incidents.all"))
                .isEqualTo(11);
        assertThat(city().period().shownFrom()).isEqualTo("2026-11-01 00:00:00");
        assertThat(city().period().from()).isEqualTo("2026-10-31T16:00:00Z");
    }

    @Test
    void a_unit_sees_itself_and_what_lies_below() {
        assertThat(value(world.reports.preview("370101", FROM, TO), "incidents.all"))
                .isEqualTo(6);
        assertThat(value(world.reports.preview("3702", FROM, TO), "incidents.all"))
                .isEqualTo(1);
        ReportDocument province = world.reports.preview("37", FROM, TO);
        assertThat(value(province, "incidents.all")).as("unassigned too").isEqualTo(9);
        assertThat(province.unit().units()).isEqualTo(4);
        String other = world.reports.preview("3702", FROM, TO).canonical();
        assertThat(other).doesNotContain("370101").doesNotContain("WL-2\"");
    }

    @Test
    void assets_and_rules_are_counted_once() {
        ReportDocument report = city();
        assertThat(value(report, "subjects.assets.level-3")).isEqualTo(1);
        assertThat(value(report, "subjects.assets.level-2")).isEqualTo(1);
        assertThat(value(report, "subjects.assets.level-5")).isEqualTo(0);
        assertThat(value(report, "subjects.rule.ssh-bruteforce")).isEqualTo(4);
        assertThat(value(report, "subjects.tactic.credential-access")).isEqualTo(4);
        assertThat(report.basis()).containsEntry("used.tables", List.of("table-1"));
        assertThat(report.basis()).containsEntry("now.registry", List.of("registry-digest"));
    }

    @Test
    void what_was_never_observed_is_no_data_and_not_zero() {
        ReportDocument report = world.reports.preview("3702", FROM - 40 * DAY, FROM - 30 * DAY);
        for (String id : List.of(
                "incidents.all",
                "incidents.valid",
                "incidents.grade.major.confirmed",
                "incidents.time-to-close",
                "deadlines.met",
                "deadlines.rate",
                "notifications.dead",
                "notifications.rate",
                "subjects.assets.level-3")) {
            Indicator figure = report.indicator(id).orElseThrow();
            assertThat(figure.applicability()).as(id).isEqualTo(Applicability.NO_DATA);
            assertThat(figure.value()).as(id).isNull();
            assertThat(figure.shown()).isEqualTo("无数据");
        }
        assertThat(report.completeness().applicability()).isEqualTo(Applicability.NO_DATA);
        assertThat(report.completeness().statement().zh()).contains("无数据");
        assertThat(value(report, "evidence.entries")).isEqualTo(0);
    }

    @Test
    void a_rate_of_nothing_is_not_applicable() {
        ReportDocument report = world.reports.preview("3702", MIDDLE, MIDDLE + 1);
        assertThat(report.indicator("deadlines.rate").orElseThrow().applicability())
                .isEqualTo(Applicability.NOT_APPLICABLE);
        assertThat(value(report, "deadlines.met")).isEqualTo(0);
    }

    @Test
    void silence_is_named() {
        ReportDocument.Completeness seen = city().completeness();
        assertThat(seen.archived()).isEqualTo(3);
        assertThat(seen.received()).isNull();
        assertThat(seen.intervals()).isEqualTo(30);
        assertThat(seen.emptyIntervals()).isEqualTo(28);
        assertThat(seen.gaps())
                .containsExactly(
                        new ReportDocument.Gap("2026-11-01T16:00:00Z", "2026-11-10T16:00:00Z"),
                        new ReportDocument.Gap("2026-11-11T16:00:00Z", "2026-11-30T16:00:00Z"));
        assertThat(seen.sources()).containsExactly(new ReportDocument.Source("sshd", 3));
    }

    @Test
    void every_record_is_a_leaf_of_the_ledger_and_its_object_is_there() {
        ReportDocument report = world.reports.preview("37", FROM, TO);
        Set<String> types = new HashSet<>();
        for (ReportDocument.Section section : report.sections()) {
            for (Indicator figure : section.indicators()) {
                assertThat(figure.records()).as(figure.id()).hasSize((int) Math.min(100, figure.recordCount()));
                for (Indicator.Ref ref : figure.records()) {
                    types.add(ref.objectType());
                    assertThat(HexFormat.of().formatHex(world.ledger.leafHash(ref.ledgerIndex())))
                            .isEqualTo(ref.leafHash());
                    List<OwedEntry> entries =
                            world.cases.transaction(tx -> tx.entriesOf(ref.objectType(), ref.objectId()));
                    assertThat(entries).anyMatch(entry -> entry.index() == ref.ledgerIndex());
                }
            }
        }
        assertThat(types).contains("incident", "case", "deadline", "message", "attempt");
        assertThat(value(report, "evidence.different")).isZero();
        assertThat(value(report, "evidence.pending")).isZero();
        assertThat(value(report, "evidence.size")).isEqualTo(world.ledger.size());
    }

    @Test
    void records_that_wait_for_the_ledger_say_so() {
        world.stopSealing();
        world.cases.transaction(tx -> {
            world.open(tx, "12", "3702", MIDDLE, CaseState.NEW, false);
            return true;
        });
        ReportDocument report = world.reports.preview("3702", FROM, TO);
        assertThat(value(report, "evidence.pending")).isEqualTo(2);
        assertThat(report.indicator("incidents.grade.none").orElseThrow().records())
                .containsExactly(new Indicator.Ref("incident", "inc12", 1, -1, ""));
        String id = world.reports.make("zhao", "3702", FROM, TO).entry().id();
        assertThat(ReportVerifier.verify(
                                world.reports.json(id),
                                world.reports.signature(id),
                                Optional.empty(),
                                Optional.of(bundle()))
                        .notes())
                .anyMatch(note -> note.contains("waited for the ledger"));
        assertThat(world.reports.entry(id).orElseThrow().sealed()).isFalse();
    }

    private Path bundle() {
        try {
            return world.bundle(LedgerExport.Scope.ALL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_seal_that_is_not_the_ledgers_is_counted() {
        world.cases.transaction(tx -> {
            OwedEntry entry = tx.entriesOf("incident", "inc2").get(0);
            tx.markSealed(entry.seq(), entry.index(), "00".repeat(32));
            return true;
        });
        assertThat(value(city(), "evidence.different")).isEqualTo(1);
    }

    @Test
    void nothing_personal_is_in_it() {
        String text = world.reports.preview("37", FROM, TO).canonical();
        assertThat(text)
                .doesNotContain(World.PERSON)
                .doesNotContain(World.ACTOR)
                .doesNotContain("张三丰")
                .doesNotContain("duty.example.net")
                .doesNotContain("wang\"");
    }

    @Test
    void a_report_made_is_kept_sealed_and_verified_down_to_its_records() throws Exception {
        assumeTrue(World.typeface(), "built with -DskipUi: no typeface");
        Reports.Listed made = world.reports.make("zhao", "3701", FROM, TO);
        assertThat(made.sealed()).isFalse();
        String id = made.entry().id();
        byte[] json = world.reports.json(id);
        assertThat(Jcs.isCanonical(new String(json, StandardCharsets.UTF_8))).isTrue();
        assertThat(ReportDocument.parse(json).bytes()).isEqualTo(json);
        world.seal();
        assertThat(world.reports.entry(id).orElseThrow().sealed()).isTrue();
        OwedEntry entry =
                world.cases.transaction(tx -> tx.entriesOf("report", id)).get(0);
        assertThat(entry.type()).isEqualTo("report");
        assertThat(entry.bodySm3()).isEqualTo(Sm3.hex(json));
        byte[] pdf = world.reports.pdf(id);
        assertThat(entry.objectJson()).contains(Sm3.hex(pdf));
        Files.write(Path.of("target", "report-sample.pdf"), pdf);
        Verdict verdict = ReportVerifier.verify(
                json,
                world.reports.signature(id),
                Optional.of(world.reportKey.getPublic()),
                Optional.of(world.bundle(LedgerExport.Scope.ALL)),
                Optional.of(world.ledgerKey.getPublic()));
        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.leaves()).isGreaterThan(20);
        assertThat(verdict.notes()).allMatch(note -> note.startsWith("no newer head"));
    }

    @Test
    void without_a_typeface_there_is_no_page_but_everything_else() {
        assumeTrue(World.typeface(), "built with -DskipUi: no typeface");
        Reports without = world.reports(new PagePrinter("/fonts/none.ttf"));
        String id = without.make("zhao", "3701", FROM, TO).entry().id();
        assertThat(ReportVerifier.verify(
                                without.json(id),
                                without.signature(id),
                                Optional.of(world.reportKey.getPublic()),
                                Optional.empty())
                        .problems())
                .isEmpty();
        assertThatThrownBy(() -> without.pdf(id))
                .isInstanceOf(NoTypeface.class)
                .hasMessageContaining("build without -DskipUi");
        assertThat(new String(world.reports.pdf(id), 0, 5, StandardCharsets.US_ASCII))
                .as("printed anew where there is a typeface")
                .isEqualTo("%PDF-");
    }

    @Test
    void made_again_it_is_the_same_report_until_something_changes() {
        Reports.Listed first = world.reports.make("zhao", "3701", FROM, TO);
        world.now.addAndGet(DAY);
        world.seal();
        Reports.Listed again = world.reports.make("qian", "3701", FROM, TO);
        assertThat(again.entry()).isEqualTo(first.entry());
        world.cases.transaction(tx -> {
            world.open(tx, "12", "3701", MIDDLE, CaseState.NEW, false);
            return true;
        });
        world.seal();
        Reports.Listed changed = world.reports.make("qian", "3701", FROM, TO);
        assertThat(changed.entry().id()).isNotEqualTo(first.entry().id());
        assertThat(world.reports.list(List.of()))
                .extracting(listed -> listed.entry().id())
                .containsExactly(changed.entry().id(), first.entry().id());
        assertThat(world.reports.list(List.of("3702"))).isEmpty();
        List<OwedEntry> entries = world.cases.transaction(
                tx -> tx.entriesOf("report", first.entry().id()));
        assertThat(entries).hasSize(1);
    }

    @Test
    void what_cannot_be_reported_is_refused_with_a_reason() {
        assertThatThrownBy(() -> world.reports.preview("none", FROM, TO))
                .isInstanceOf(Refused.class)
                .hasMessage("没有这个单位");
        assertThatThrownBy(() -> world.reports.preview("37", TO, FROM)).hasMessageContaining("早于");
        assertThatThrownBy(() -> world.reports.preview("37", FROM, FROM + 401 * DAY))
                .hasMessageContaining("400");
        assertThatThrownBy(() -> world.reports.preview("37", TO + 2 * DAY, TO + 3 * DAY))
                .hasMessageContaining("尚未开始");
        assertThatThrownBy(() -> world.reports.json("RPT-none")).hasMessage("没有这份报告");
    }

    @Test
    void a_period_that_has_not_ended_says_so() {
        world.now.set(MIDDLE + DAY);
        ReportDocument report = city();
        assertThat(report.period().ended()).isFalse();
        assertThat(report.completeness()
                        .gaps()
                        .get(report.completeness().gaps().size() - 1)
                        .to())
                .isLessThanOrEqualTo(Range.utc(MIDDLE + DAY));
    }
}
