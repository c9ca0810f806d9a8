package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wanglou.rules.sigma.Detections.event;
import static org.wanglou.rules.sigma.Detections.item;
import static org.wanglou.rules.sigma.Detections.problem;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;

/** Corner cases of the Sigma specification 2.1: values and their modifiers. */
class SpecificationTest {
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
        assertThat(problem("s: {'f|base64offset|contains': a}\ncondition: s").message())
                .contains("too short");
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
                "exists: 'yes'",
                "cidr: 192.0.2.0/33",
                "re: '('"
            })
    void modifiers_that_contradict_each_other_are_refused_by_line(String item) {
        RuleProblem problem = problem("s:\n  f|" + item + "\ncondition: s");
        assertThat(problem.line()).isEqualTo(6);
        assertThat(problem.remedy()).isNotEmpty();
    }
}
