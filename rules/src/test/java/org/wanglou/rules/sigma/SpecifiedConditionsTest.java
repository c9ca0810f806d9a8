package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wanglou.rules.sigma.Detections.event;
import static org.wanglou.rules.sigma.Detections.item;
import static org.wanglou.rules.sigma.Detections.matches;
import static org.wanglou.rules.sigma.Detections.problem;
import static org.wanglou.rules.sigma.Detections.read;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.read.SigmaReader;

/** Corner cases of the Sigma specification 2.1: what values are held against, and how conditions join. */
class SpecifiedConditionsTest {
    @Test
    void wildcards_mean_the_whole_value_while_expressions_and_keywords_mean_a_part() {
        assertThat(item("f: 'b*d'", event("f", "abcd"))).isFalse();
        assertThat(item("f: '?bcd'", event("f", "abcd"))).isTrue();
        assertThat(item("f: '?bcd'", event("f", "xabcd"))).isFalse();
        assertThat(item("f|re: 'b.d'", event("f", "abcde"))).isTrue();
        assertThat(item("f|re: 'B.D'", event("f", "abcde"))).isFalse();
        assertThat(item("f|re|i: 'B.D'", event("f", "abcde"))).isTrue();
        assertThat(item("f|re|m|s: '^b.c$'", event("f", "a\nb\nc\nd"))).isTrue();
        assertThat(matches("k: [bc]\ncondition: k", event("g", "abcd"))).isTrue();
    }

    @Test
    void keywords_are_looked_for_in_the_whole_event() {
        Event event = event("message", "Segfault at 0", "h.i", 4711L, "tags", List.of("One", "Two"));
        assertThat(matches("k: [nothing, segFAULT]\ncondition: k", event)).isTrue();
        assertThat(matches("k: 4711\ncondition: k", event)).isTrue();
        assertThat(matches("k:\n  '|all': [seg, two]\ncondition: k", event)).isTrue();
        assertThat(matches("k:\n  '|all': [seg, three]\ncondition: k", event)).isFalse();
        assertThat(matches("k:\n  '|re': 'at \\d'\ncondition: k", event)).isTrue();
        assertThat(matches("k:\n  - h.i: 4711\n    message: x\n  - tags: one\ncondition: k", event))
                .isTrue();
        assertThat(matches("k:\n  - gone\n  - tags: one\ncondition: k", event)).isTrue();
    }

    @Test
    void folding_knows_full_width_and_other_scripts_and_leaves_chinese_alone() {
        assertThat(item("f: ＡＢＣ", event("f", "ａｂｃ"))).isTrue();
        assertThat(item("f: ａbc", event("f", "abc"))).isFalse();
        assertThat(item("f|contains: 博彩", event("f", "在线博彩平台"))).isTrue();
        assertThat(item("f: ЖЁ", event("f", "жё"))).isTrue();
        assertThat(item("f|cased: ЖЁ", event("f", "жё"))).isFalse();
    }

    @Test
    void hours_are_those_of_shanghai_unless_said_otherwise_and_weeks_reach_53() {
        Event night = event("@timestamp", Instant.parse("2026-01-01T18:30:00Z").toEpochMilli());
        assertThat(item("'@timestamp|hour': 2", night)).isTrue();
        assertThat(item("'@timestamp|hour|lt': 6", night)).isTrue();
        assertThat(item("'@timestamp|day': 2", night)).isTrue();
        assertThat(item("'@timestamp|minute|gte': 31", night)).isFalse();
        Event text = event("f", "2027-01-02T03:04:05+08:00", "g", "2020-12-31 23:59:59", "h", "soon");
        assertThat(item("f|week: 53", text)).isTrue();
        assertThat(item("f|year: 2027", text)).isTrue();
        assertThat(item("g|month: 12", text)).isTrue();
        assertThat(item("h|month: 12", text)).isFalse();
    }

    @Test
    void addresses_are_within_blocks_of_their_own_family() {
        assertThat(item("f|cidr: 192.0.2.0/25", event("f", "192.0.2.127"))).isTrue();
        assertThat(item("f|cidr: 192.0.2.0/25", event("f", "192.0.2.128"))).isFalse();
        assertThat(item("f|cidr: ['10.0.0.0/8', '2001:db8::/33']", event("f", "2001:DB8::1")))
                .isTrue();
        assertThat(item("f|cidr: '::/0'", event("f", "192.0.2.1"))).isFalse();
        assertThat(item("source.ip: '2001:0db8:0:0::0001'", event("source.ip", "2001:db8::1")))
                .isTrue();
    }

    @Test
    void selectors_take_a_star_anywhere_and_skip_names_with_an_underscore() {
        String detections = "sel_a_main: {f: a}\nsel_b_main: {g: b}\nsel_c: {h: c}\n_off: {f: never}\n";
        Event event = event("f", "a", "g", "b");
        assertThat(matches(detections + "condition: all of sel*main", event)).isTrue();
        assertThat(matches(detections + "condition: all of sel*", event)).isFalse();
        assertThat(matches(detections + "condition: 1 of *main and not sel_c", event))
                .isTrue();
        assertThat(matches("a: {f: a}\n_off: {f: never}\ncondition: all of them", event))
                .isTrue();
        assertThat(matches("a: {f: x}\n_on: {f: a}\ncondition: any of them", event))
                .isFalse();
        assertThat(problem("a: {f: a}\ncondition: 1 of x*").message()).contains("names no detection");
        assertThat(problem("a: {f: a}\ncondition: 2 of them").message()).contains("2 of");
    }

    @Test
    void not_binds_closer_than_and_closer_than_or_and_conditions_of_a_list_are_alternatives() {
        String detections = "a: {f: a}\nb: {g: b}\nc: {h: c}\n";
        assertThat(matches(detections + "condition: a or b and c", event("f", "a")))
                .isTrue();
        assertThat(matches(detections + "condition: (a or b) and c", event("f", "a")))
                .isFalse();
        assertThat(matches(detections + "condition: not a and b", event("g", "b")))
                .isTrue();
        assertThat(matches(detections + "condition: not (a and b)", event("g", "b")))
                .isTrue();
        assertThat(matches(detections + "condition: NOT a AND b", event("g", "b")))
                .isTrue();
        assertThat(matches(detections + "condition: [a and b, c]", event("h", "c")))
                .isTrue();
        assertThat(matches(detections + "condition: a or not b", event())).isTrue();
    }

    @Test
    void an_aggregation_is_refused_with_what_to_write_instead() {
        RuleProblem problem = problem("a: {f: a}\ncondition: a | count() by f > 5");
        assertThat(problem.message()).contains("count() by f > 5");
        assertThat(problem.remedy()).contains("correlation rule");
        assertThat(read("a: {f: a}\ntimeframe: 5m\ncondition: a").limits())
                .extracting(RuleProblem::message)
                .containsExactly("t: timeframe has no effect without aggregation");
    }

    @Test
    void a_placeholder_without_values_matches_nothing_and_is_told() {
        SigmaReader.Result result = read("s: {'f|expand': '%gone%'}\ncondition: s");
        assertThat(result.problems()).isEmpty();
        assertThat(result.limits()).hasSize(1);
        assertThat(matches(result, event("f", "%gone%"))).isFalse();
        assertThat(item("f|expand: 'a\\%b\\%'", event("f", "a%b%"))).isTrue();
        assertThat(item("f: '%b%'", event("f", "%b%"))).isTrue();
    }

    @Test
    void an_explanation_says_which_names_a_selector_stands_for() {
        SigmaReader.Result result =
                read("sel: {f: a}\nflt_a: {g: a}\nflt_b: {g: b}\ncondition: sel and not 1 of flt_*");
        assertThat(result.rules().get(0).condition().toString())
                .contains("not 1 of flt_* (flt_a or flt_b): none of them");
    }
}
