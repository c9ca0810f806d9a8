package org.wanglou.correlator.stories.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.correlator.Fixed;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Entities;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;
import org.wanglou.rules.Packs;
import org.wanglou.rules.grading.Tables;

class StoryDeskTest {
    private static final Knowledge KNOWLEDGE = Knowledge.of(Packs.builtIn(), Tables.builtIn());
    private static final long T = 1_795_000_000_000L;
    private static final StoryLimits LIMITS = StoryLimits.of(60_000);

    private final Meters meters = new Meters();
    private final Map<String, Decided.Row> rows = new HashMap<>();
    private final List<Incident> told = new ArrayList<>();
    private StoryDesk desk = desk(3, LIMITS);

    private StoryDesk desk(int level, StoryLimits limits) {
        return new StoryDesk(KNOWLEDGE, Fixed.school(level, 1_200_000), limits, meters);
    }

    private void apply(Decided decided) {
        decided.rows().forEach(row -> {
            if (row.value() == null) {
                rows.remove(row.key());
            } else {
                rows.put(row.key(), row);
            }
        });
        told.addAll(decided.incidents());
    }

    private void tell(Signal signal) {
        apply(desk.accept(signal));
    }

    private void tick(long watermark) {
        desk.advance(watermark, this::apply);
    }

    private void restart() {
        long now = desk.now();
        desk.close();
        desk = desk(3, LIMITS);
        desk.restore(new ArrayList<>(rows.values()), now);
    }

    private Incident last() {
        return told.get(told.size() - 1);
    }

    private static Signal brute(String source, int revision, Signal.Status status, long first, long last, long count) {
        return correlation("wl-ssh-brute-force", Level.MEDIUM, source, revision, status, first, last, count);
    }

    private static Signal correlation(
            String rule,
            Level level,
            String source,
            int revision,
            Signal.Status status,
            long first,
            long last,
            long count) {
        return new Signal(
                Sm3.id(rule, source, Long.toString(first)),
                rule,
                "v",
                "title",
                Signal.Kind.CORRELATION,
                first,
                level,
                List.of("attack.credential-access", "attack.t1110.001"),
                new Entities(source, "192.0.2.10", "root", "asset-1", "org-demo"),
                Map.of("source.ip", source),
                new Signal.Evidence(
                        List.of(Sm3.id("first", source), Sm3.id("last", source)), first, last, count, false),
                revision,
                status,
                new Signal.Episode(first, last),
                1,
                "[\"" + source + "\"]");
    }

    private static Signal base(String rule, Level level, String source, String event, long time) {
        return new Signal(
                Sm3.id(rule, event),
                rule,
                "v",
                "title of " + rule,
                Signal.Kind.RULE,
                time,
                level,
                List.of("attack.initial-access"),
                new Entities(source, "192.0.2.10", "root", "asset-1", "org-demo"),
                Map.of(),
                new Signal.Evidence(List.of(Sm3.id(event)), time, time, 1, false),
                1,
                Signal.Status.SETTLED,
                new Signal.Episode(time, time),
                0,
                "");
    }

    @Test
    void a_crossing_opens_an_incident_with_category_grades_assets_and_reasons() {
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 20));

        assertThat(told).hasSize(1);
        Incident incident = told.get(0);
        assertThat(incident.revision()).isEqualTo(1);
        assertThat(incident.status()).isEqualTo(Incident.Status.OPEN);
        assertThat(incident.title()).contains("203.0.113.7");
        assertThat(incident.category().key()).isEqualTo("attack.credential");
        assertThat(incident.grades()).extracting(Grade::scheme).containsExactly("cac-2025", "gbt20986-2023");
        assertThat(incident.assets()).containsExactly(new Incident.AssetRef("asset-1", "教务系统", 3));
        assertThat(incident.actors()).containsExactly("203.0.113.7");
        assertThat(incident.stages()).containsExactly("credential-access");
        assertThat(incident.playbook()).isEqualTo("ssh-brute-force");
        assertThat(incident.impact().outcome()).isEqualTo("attempt");
        assertThat(incident.impact().persons()).isZero();
        assertThat(incident.explanation())
                .anySatisfy(reason -> assertThat(reason.clause()).contains("GB/T 20986"));
        assertThat(incident.references()).containsKeys("knowledge", "tables", "registry");
        assertThat(incident.id())
                .isEqualTo(
                        Sm3.id("[\"ssh-brute-force\",\"org-demo\",\"203.0.113.7\"]", Sm3.id("first", "203.0.113.7")));
    }

    @Test
    void a_success_after_it_raises_the_same_incident_and_the_protection_level_decides_the_grade() {
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 20));
        tell(base("wl-ssh-success", Level.INFORMATIONAL, "203.0.113.7", "in", T + 5_000));

        assertThat(told).hasSize(2);
        assertThat(last().id()).isEqualTo(told.get(0).id());
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().impact().outcome()).isEqualTo("success");
        assertThat(last().severity()).isEqualTo(Level.HIGH);
        assertThat(grade(last())).isEqualTo(Grade.Value.LARGER);

        desk = desk(2, LIMITS);
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 20));
        tell(base("wl-ssh-success", Level.INFORMATIONAL, "203.0.113.7", "in", T + 5_000));
        assertThat(grade(last())).isEqualTo(Grade.Value.GENERAL);
    }

    private static Grade.Value grade(Incident incident) {
        return incident.grades().stream()
                .filter(grade -> grade.scheme().equals("gbt20986-2023"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void the_order_of_arrival_changes_nothing_in_the_end() {
        Signal crossing = brute("203.0.113.7", 1, Signal.Status.SETTLED, T, T, 20);
        Signal success = base("wl-ssh-success", Level.INFORMATIONAL, "203.0.113.7", "in", T + 5_000);
        tell(crossing);
        tell(success);
        String forward = last().fingerprint();
        desk = desk(3, LIMITS);
        told.clear();
        tell(success);
        assertThat(told).isEmpty();
        tell(crossing);
        assertThat(last().fingerprint()).isEqualTo(forward);
    }

    @Test
    void what_is_sent_twice_changes_nothing() {
        tell(brute("203.0.113.7", 2, Signal.Status.OPEN, T, T, 20));
        tell(brute("203.0.113.7", 2, Signal.Status.OPEN, T, T, 20));
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 19));
        assertThat(told).hasSize(1);
    }

    @Test
    void a_revised_crossing_is_a_new_revision_and_it_settles_when_the_clock_has_passed() {
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 20));
        tell(brute("203.0.113.7", 2, Signal.Status.OPEN, T, T + 9_000, 40));
        tick(T + 9_000 + 60_001);
        assertThat(last().status()).isEqualTo(Incident.Status.OPEN);
        tell(brute("203.0.113.7", 3, Signal.Status.SETTLED, T, T + 9_000, 40));

        assertThat(told).extracting(Incident::revision).containsExactly(1, 2, 3);
        assertThat(last().status()).isEqualTo(Incident.Status.SETTLED);
        assertThat(last().signals().get(0).count()).isEqualTo(40);
        tick(Tick.END);
        assertThat(told).hasSize(3);
    }

    @Test
    void a_crossing_taken_back_takes_its_incident_back() {
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 20));
        tell(brute("203.0.113.7", 2, Signal.Status.RETRACTED, T, T, 20));

        assertThat(last().status()).isEqualTo(Incident.Status.RETRACTED);
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().explanation())
                .anySatisfy(reason -> assertThat(reason.effect()).contains("撤回"));
        tell(brute("203.0.113.7", 3, Signal.Status.OPEN, T, T, 21));
        assertThat(last().status()).isEqualTo(Incident.Status.OPEN);
        assertThat(last().id()).isEqualTo(told.get(0).id());
        assertThat(last().revision()).isEqualTo(3);
    }

    @Test
    void a_restart_goes_on_with_the_same_id_and_the_next_revision() {
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T, T, 20));
        restart();
        assertThat(told).hasSize(1);
        tell(base("wl-ssh-success", Level.INFORMATIONAL, "203.0.113.7", "in", T + 5_000));

        assertThat(last().id()).isEqualTo(told.get(0).id());
        assertThat(last().revision()).isEqualTo(2);
        restart();
        tell(brute("203.0.113.7", 2, Signal.Status.SETTLED, T, T, 20));
        tick(T + 100_000);
        assertThat(last().status()).isEqualTo(Incident.Status.SETTLED);
        assertThat(told).extracting(Incident::id).containsOnly(told.get(0).id());
    }

    @Test
    void after_a_long_quiet_the_same_again_is_a_new_incident() {
        tell(brute("203.0.113.7", 1, Signal.Status.SETTLED, T, T, 20));
        long later = T + LIMITS.quietMillis() + 1;
        Signal again = brute("203.0.113.7", 1, Signal.Status.SETTLED, later, later, 20);
        tell(again);
        assertThat(told).extracting(Incident::revision).containsExactly(1, 1);
        assertThat(told.get(1).opened()).isEqualTo(later);
    }

    @Test
    void a_late_base_signal_changes_no_story() {
        tick(T);
        tell(base("wl-portal-webshell", Level.HIGH, "203.0.113.7", "old", T - 60_001));
        assertThat(told).isEmpty();
        tell(base("wl-portal-webshell", Level.HIGH, "203.0.113.7", "just", T - 60_000));
        assertThat(told).hasSize(1);
        assertThat(meters.total("wanglou_correlator_story_ignored_total")).isEqualTo(1);
    }

    @Test
    void a_storm_of_one_rule_ends_in_one_summary() {
        desk = desk(3, new StoryLimits(60_000, LIMITS.quietMillis(), LIMITS.retentionMillis(), 4096, 256, 4, 5));
        for (int i = 0; i < 20; i++) {
            tell(brute("203.0.113." + i, 1, Signal.Status.SETTLED, T + i, T + i, 20));
        }
        assertThat(told.stream().map(Incident::id).distinct()).hasSize(6);
        assertThat(last().title()).contains("合并");
        assertThat(last().signals()).hasSize(15);
        assertThat(meters.total("wanglou_correlator_over_budget_total")).isEqualTo(15);
    }

    @Test
    void everything_is_forgotten_when_its_time_is_over() {
        tell(brute("203.0.113.7", 1, Signal.Status.SETTLED, T, T, 20));
        tell(base("wl-ssh-success", Level.INFORMATIONAL, "198.51.100.1", "in", T));
        assertThat(rows).isNotEmpty();
        tick(T + LIMITS.retentionMillis() * 2);
        assertThat(rows).isEmpty();
        assertThat(told).extracting(Incident::status).containsExactly(Incident.Status.OPEN, Incident.Status.SETTLED);
    }

    @Test
    void log_ins_are_material_and_never_crowd_out_what_matters() {
        desk = desk(3, new StoryLimits(60_000, LIMITS.quietMillis(), LIMITS.retentionMillis(), 64, 256, 4, 60));
        for (int i = 0; i < 200; i++) {
            tell(base("wl-ssh-success", Level.INFORMATIONAL, "198.51.100." + i, "in" + i, T + i));
        }
        assertThat(rows).hasSizeLessThanOrEqualTo(33);
        tell(brute("203.0.113.7", 1, Signal.Status.OPEN, T + 300, T + 300, 20));
        assertThat(told).hasSize(1);
    }
}
