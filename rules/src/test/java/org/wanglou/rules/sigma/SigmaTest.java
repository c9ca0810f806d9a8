package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.sigma.read.SigmaReader;

class SigmaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "f: abc; ABC; true",
                "f: abc; abcd; false",
                "f: 'a*'; abc; true",
                "f: 'a?c'; abc; true",
                "f: 'a?c'; abbc; false",
                "f: 'a\\*'; a*; true",
                "f: 'a\\*'; ab; false",
                "f: 'a\\\\*'; a\\b; true",
                "f: Ж; ж; true",
                "f: É; é; true",
                "f|cased: abc; ABC; false",
                "f|contains: b; abc; true",
                "f|startswith: b; abc; false",
                "f|endswith: C; abc; true",
                "f|contains|all: [a, c]; abc; true",
                "f|contains|all: [a, d]; abc; false",
                "f|re: 'a.c'; xabcx; true",
                "f|re: ABC; abc; false",
                "f|re|i: ABC; abc; true",
                "f|cidr: 192.0.2.0/24; 192.0.2.9; true",
                "f|cidr: 192.0.2.0/24; 192.0.3.9; false",
                "f|cidr: '2001:db8::/32'; '2001:db8::1'; false",
                "f|cidr: '2001:db8::/32'; 2001:db8::1; true",
                "f|exists: true; x; true",
                "f|exists: false; x; false",
                "f|gte: 5; 5; true",
                "f|gt: 5; 5; false",
                "f|lt: 5; x; false",
                "f: 22; 22; true",
                "f: 22; 22.0; true",
                "f|neq: a; b; true",
                "f|neq: a; a; false",
                "f|base64: foo; Zm9v; true",
                "f|base64offset|contains: foobar; xxZvb2Jhcyy; true",
                "f|windash: ' -a'; ' /a'; false",
                "f|windash|contains: '-enc'; x /enc; true",
                "f|wide|base64offset|contains: ping; cABpAG4AZw; true",
                "f: null; x; false",
                "g: null; x; true",
                "f|fieldref: f; x; true"
            })
    void a_value_is_held_against_its_test(String item, String value, boolean matches) {
        assertThat(match(item, Event.builder().set("f", value).build())).isEqualTo(matches);
    }

    @Test
    void missing_null_and_empty_are_told_apart() {
        Event missing = Event.builder().build();
        Event isNull = Event.builder().set("f", Event.NULL).build();
        Event empty = Event.builder().set("f", "").build();
        assertThat(List.of(match("f: null", missing), match("f: null", isNull), match("f: null", empty)))
                .containsExactly(true, true, false);
        assertThat(List.of(match("f: ''", missing), match("f: ''", isNull), match("f: ''", empty)))
                .containsExactly(false, false, true);
        assertThat(List.of(
                        match("f|exists: true", missing),
                        match("f|exists: true", isNull),
                        match("f|exists: true", empty)))
                .containsExactly(false, true, true);
    }

    @Test
    void a_list_matches_by_any_element_and_keywords_look_everywhere() {
        Event event = Event.builder()
                .set("tags", List.of("one", "two"))
                .set("message", "Hello World")
                .build();
        assertThat(match("tags: TWO", event)).isTrue();
        RuleSet rules = rules("title: k\nid: k\ndetection:\n  words: [nothing, 'o wor']\n  condition: words\n");
        List<String> matched = new ArrayList<>();
        rules.match(event, rule -> matched.add(rule.id()));
        assertThat(matched).containsExactly("k");
    }

    @Test
    void conditions_nest_and_quantify() {
        String text = "title: c\nid: c\ndetection:\n  sel_a: {f: a}\n  sel_b: {g: b}\n  flt: {h: c}\n"
                + "  condition: (all of sel_* or 1 of flt*) and not (sel_a and flt)\n";
        Event ab = Event.builder().set("f", "a").set("g", "b").build();
        Event a = Event.builder().set("f", "a").build();
        Event c = Event.builder().set("h", "c").build();
        Event ac = Event.builder().set("f", "a").set("h", "c").build();
        assertThat(List.of(hits(text, ab), hits(text, a), hits(text, c), hits(text, ac)))
                .containsExactly(1, 0, 1, 0);
        Optional<Explanation> why = rules(text).explain("c", a);
        assertThat(why)
                .hasValueSatisfying(
                        tree -> assertThat(tree.text()).contains("✗").contains("f = a"));
    }

    @Test
    void what_cannot_be_read_is_named_by_line_and_the_rest_goes_on() {
        SigmaReader.Result result = SigmaReader.read(
                "p",
                Map.of(
                        "x.yml",
                        "title: bad\nid: bad\ndetection:\n  s:\n    f|expand: '%x%'\n  condition: s\n---\n"
                                + "title: good\nid: good\ndetection:\n  s: {f: a}\n  condition: s\n---\n"
                                + "title: t\nid: t\ncorrelation:\n  type: value_avg\n  rules: [good]\n  timespan: 5m\n"));
        assertThat(result.rules()).extracting(SigmaRule::id).containsExactly("good");
        assertThat(result.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem.line()).isEqualTo(5))
                .anySatisfy(problem -> assertThat(problem.message()).contains("does not run yet"));
    }

    private static boolean match(String item, Event event) {
        return hits(
                        "title: t\nid: t\nlogsource: {category: test}\ndetection:\n  s:\n    " + item
                                + "\n  condition: s\n",
                        event)
                == 1;
    }

    private static int hits(String text, Event event) {
        List<SigmaRule> matched = new ArrayList<>();
        rules(text).match(event, matched::add);
        return matched.size();
    }

    private static RuleSet rules(String text) {
        SigmaReader.Result result = SigmaReader.read("p", Map.of("r.yml", text));
        assertThat(result.problems()).isEmpty();
        return RuleSet.compile(List.of(new Pack(
                "p",
                "p",
                "1",
                "test",
                result.rules(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of())));
    }
}
