package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.read.SigmaReader;

class FilterTest {
    private static final String RULES = "title: a\nid: a\nlogsource: {category: test, product: x}\n"
            + "detection: {s: {f: a}, condition: s}\n---\n"
            + "title: b\nid: b\nname: bee\nlogsource: {category: test}\ndetection: {s: {f: a}, condition: s}\n---\n"
            + "title: c\nid: c\ncorrelation: {type: event_count, rules: [a], timespan: 5m, condition: {gte: 2}}\n";
    private static final Event ADMIN =
            Event.builder().set("f", "a").set("u", "adm_x").build();
    private static final Event USER =
            Event.builder().set("f", "a").set("u", "x").build();

    private static SigmaReader.Result read(String logsource, String filter) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("f.yml", "title: flt\nlogsource: " + logsource + "\nfilter:\n" + filter.indent(2));
        files.put("r.yml", RULES);
        SigmaReader.Result result = SigmaReader.read("p", files);
        assertThat(result.problems()).isEmpty();
        return result;
    }

    private static List<String> matched(SigmaReader.Result result, Event event) {
        return result.rules().stream()
                .filter(rule -> Interpreter.matches(rule, event))
                .map(SigmaRule::id)
                .toList();
    }

    @Test
    void a_filter_is_joined_by_and_so_that_excluding_needs_not() {
        SigmaReader.Result not =
                read("{category: test}", "rules: [a]\nadmin: {'u|startswith': adm_}\ncondition: not admin");
        assertThat(matched(not, ADMIN)).containsExactly("b");
        assertThat(matched(not, USER)).containsExactly("a", "b");
        SigmaReader.Result only =
                read("{category: test}", "rules: [a]\nadmin: {'u|startswith': adm_}\ncondition: admin");
        assertThat(matched(only, ADMIN)).containsExactly("a", "b");
        assertThat(matched(only, USER)).containsExactly("b");
    }

    @Test
    void not_one_of_a_pattern_works_in_a_filter() {
        SigmaReader.Result result = read(
                "{category: test}",
                "rules: [bee]\nsel_a: {'u|startswith': adm_}\nsel_b: {u: y}\ncondition: not 1 of sel_*");
        assertThat(matched(result, ADMIN)).containsExactly("a");
        assertThat(matched(result, USER)).containsExactly("a", "b");
    }

    @Test
    void any_means_every_rule_whose_log_source_is_within_the_filters_and_never_a_correlation() {
        String body = "admin: {'u|startswith': adm_}\ncondition: not admin";
        assertThat(matched(read("{category: test}", "rules: any\n" + body), ADMIN))
                .isEmpty();
        assertThat(matched(read("{category: test, product: x}", "rules: any\n" + body), ADMIN))
                .containsExactly("b");
        assertThat(matched(read("{category: other}", "rules: any\n" + body), ADMIN))
                .containsExactly("a", "b");
        assertThat(matched(read("{category: test}", body), ADMIN)).isEmpty();
    }

    @Test
    void what_a_filter_cannot_reach_is_told() {
        SigmaReader.Result result =
                read("{category: test, product: x}", "rules: [a, b, c, gone]\nadmin: {u: x}\ncondition: not admin");
        assertThat(result.limits())
                .extracting(RuleProblem::message)
                .satisfiesExactly(
                        b -> assertThat(b).contains("is not within the filter's"),
                        c -> assertThat(c).contains("never apply to correlations (c)"),
                        gone -> assertThat(gone).contains("no rule is named gone"));
        assertThat(matched(result, USER)).containsExactly("b");
    }

    @Test
    void a_wrong_filter_is_named_by_its_line_and_the_rules_stay() {
        SigmaReader.Result result = SigmaReader.read(
                "p",
                Map.of(
                        "r.yml",
                        RULES,
                        "f.yml",
                        "title: flt\nfilter:\n  rules: any\n  s: {u: x}\n  condition: not gone\n"));
        assertThat(result.rules()).hasSize(2);
        assertThat(result.problems()).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("f.yml");
            assertThat(problem.line()).isEqualTo(5);
        });
    }
}
