package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.read.SigmaReader;

/** Corner cases of the Sigma specification 2.1 in detections, each asked of the matcher and of the interpreter. */
class SpecificationTest {
    private static Event event(Object... fields) {
        Event.Builder event = Event.builder();
        for (int i = 0; i < fields.length; i += 2) {
            event.set((String) fields[i], fields[i + 1]);
        }
        return event.build();
    }

    static SigmaReader.Result read(String detection) {
        return SigmaReader.read(
                "p",
                Map.of("r.yml", "title: t\nid: t\nlogsource: {category: test}\ndetection:\n" + detection.indent(2)));
    }

    private static boolean matches(String detection, Event event) {
        SigmaReader.Result result = read(detection);
        assertThat(result.problems()).isEmpty();
        return matches(result, event);
    }

    private static boolean matches(SigmaReader.Result result, Event event) {
        Pack pack = new Pack(
                "p",
                "p",
                "1",
                "test",
                result.rules(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of());
        List<String> matched = new ArrayList<>();
        RuleSet.compile(List.of(pack)).match(event, rule -> matched.add(rule.id()));
        boolean holds = Interpreter.matches(result.rules().get(0), event);
        assertThat(!matched.isEmpty()).as("matcher and interpreter").isEqualTo(holds);
        return holds;
    }

    private static boolean item(String item, Event event) {
        return matches("s:\n  " + item + "\ncondition: s", event);
    }

    private static RuleProblem problem(String detection) {
        SigmaReader.Result result = read(detection);
        assertThat(result.rules()).isEmpty();
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "a\\b; a\\b; true",
                "a\\\\b; a\\b; true",
                "a\\*b; a*b; true",
                "a\\*b; axb; false",
                "a\\\\*b; a\\xb; true",
                "a\\\\*b; a*b; false",
                "a\\\\\\*b; a\\*b; true",
                "a\\\\\\*b; a\\xb; false",
                "a\\\\\\b; a\\\\b; true",
                "a\\\\\\\\b; a\\\\b; true",
                "a\\?b; a?b; true",
                "a\\?b; axb; false"
            })
    void backslashes_and_wildcards_read_as_the_table_of_the_specification(String pattern, String value, boolean holds) {
        assertThat(item("f: '" + pattern + "'", event("f", value))).isEqualTo(holds);
    }

    @Test
    void null_missing_empty_and_exists_are_four_cases() {
        List<Event> events = List.of(event(), event("f", Event.NULL), event("f", ""), event("f", "x"));
        assertThat(events.stream().map(event -> item("f: null", event))).containsExactly(true, true, false, false);
        assertThat(events.stream().map(event -> item("f: ''", event))).containsExactly(false, false, true, false);
        assertThat(events.stream().map(event -> item("f|exists: true", event)))
                .containsExactly(false, true, true, true);
        assertThat(events.stream().map(event -> item("f|exists: false", event)))
                .containsExactly(true, false, false, false);
        assertThat(problem("s: {f: [a, null]}\ncondition: s").message()).contains("null inside a list");
    }

    @Test
    void neq_negates_the_whole_item_and_so_holds_for_a_missing_field() {
        assertThat(item("f|neq: a", event())).isTrue();
        assertThat(item("f|neq: [a, b]", event("f", "b"))).isFalse();
        assertThat(item("f|contains|all|neq: [a, b]", event("f", "a"))).isTrue();
        assertThat(item("f|contains|all|neq: [a, b]", event("f", "ab"))).isFalse();
    }

    @Test
    void a_field_reference_with_neq_holds_when_a_side_is_missing() {
        assertThat(item("f|fieldref|neq: g", event("f", "a"))).isTrue();
        assertThat(item("f|fieldref|neq: g", event("g", "a"))).isTrue();
        assertThat(item("f|fieldref|neq: g", event("f", "a", "g", "A"))).isFalse();
        assertThat(item("f|fieldref: g", event())).isFalse();
        assertThat(item("f|fieldref|endswith: g", event("f", "xAb", "g", "aB"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/", "–", "—", "―"})
    void windash_takes_all_five_dashes_for_each_other(String dash) {
        for (String written : List.of("-", "/", "–", "—", "―")) {
            assertThat(item("f|windash|contains: ' " + written + "enc'", event("f", "x " + dash + "enc y")))
                    .isTrue();
        }
        assertThat(item("f|contains|windash: ' -enc'", event("f", "x " + dash + "ENC")))
                .isTrue();
        assertThat(item("f|windash: 'a-b'", event("f", "a" + (dash.equals("-") ? "/" : dash) + "b")))
                .isFalse();
    }

    @Test
    void base64offset_has_three_shifts_and_takes_no_wildcard() {
        for (String before : List.of("", "x", "xy", "xyz")) {
            String encoded = java.util.Base64.getEncoder()
                    .encodeToString((before + "/bin/bash tail").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(item("f|base64offset|contains: /bin/bash", event("f", encoded)))
                    .isTrue();
        }
        assertThat(problem("s: {'f|base64offset|contains': 'a*'}\ncondition: s").message())
                .contains("cannot take wildcards");
    }

    @ParameterizedTest
    @CsvSource({"wide, YwBtAGQA", "utf16le, YwBtAGQA", "utf16be, AGMAbQBk", "utf16, //5jAG0AZAA="})
    void utf16_in_both_orders_with_mark_and_as_wide(String modifier, String encoded) {
        assertThat(item("f|" + modifier + "|base64: cmd", event("f", encoded))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cidr|contains: 192.0.2.0/24",
                "re|contains: a",
                "contains|re: a",
                "contains|startswith: a",
                "base64|wide: a",
                "contains|base64: a",
                "exists|contains: true",
                "gt|contains: 5",
                "lt|gt: 5",
                "re|cidr: a",
                "i: a",
                "contains: null",
                "lt: abc",
                "not: a",
                "hour: 5.5",
                "contains|contains: a",
                "exists: 'yes'",
                "cidr: 192.0.2.0/33",
                "re: '('"
            })
    void modifiers_that_contradict_each_other_are_refused_by_line(String item) {
        RuleProblem problem = problem("s:\n  f|" + item + "\ncondition: s");
        assertThat(problem.line()).isEqualTo(6);
        assertThat(problem.remedy()).isNotEmpty();
    }

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
