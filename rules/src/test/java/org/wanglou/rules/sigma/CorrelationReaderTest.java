package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.CorrelationRule.Bound;
import org.wanglou.rules.sigma.CorrelationRule.Type;
import org.wanglou.rules.sigma.read.SigmaReader;

class CorrelationReaderTest {
    private static final String BASE = "title: z\nid: z\nname: zed\ndetection: {s: {f: a}, condition: s}\n---\n"
            + "title: a\nid: a\ndetection: {s: {f: b}, condition: s}\n---\n";

    private static SigmaReader.Result read(String block) {
        return SigmaReader.read("p", Map.of("c.yml", BASE + "title: c\nid: c\ncorrelation: {" + block + "}\n"));
    }

    private static CorrelationRule rule(String block) {
        SigmaReader.Result result = read(block);
        assertThat(result.problems()).isEmpty();
        return result.correlations().get(0);
    }

    private static RuleProblem problem(String block) {
        SigmaReader.Result result = read(block);
        assertThat(result.correlations()).isEmpty();
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0);
    }

    @Test
    void temporal_waits_for_all_rules_in_any_order() {
        CorrelationRule rule = rule("type: temporal, rules: [zed, a], timespan: 5m, group-by: [source.ip]");
        assertThat(rule.type()).isEqualTo(Type.TEMPORAL);
        assertThat(rule.ruleIds()).containsExactly("a", "z");
        assertThat(rule.bounds()).isEqualTo(List.of(new Bound(Op.GTE, 2)));
    }

    @Test
    void temporal_ordered_keeps_the_order_of_its_rules() {
        CorrelationRule rule = rule("type: temporal_ordered, rules: [zed, a], timespan: 5m, group-by: [source.ip]");
        assertThat(rule.type()).isEqualTo(Type.TEMPORAL_ORDERED);
        assertThat(rule.ruleIds()).containsExactly("z", "a");
    }

    @Test
    void temporal_may_say_how_many_of_its_rules_must_come() {
        assertThat(rule("type: temporal, rules: [zed, a], timespan: 5m, condition: {gte: 1}")
                        .bounds())
                .isEqualTo(List.of(new Bound(Op.GTE, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: temporal, rules: [zed], timespan: 5m | takes 2 to 32 rules, not 1",
                "type: temporal, rules: [zed, a], timespan: 5m, condition: zed and not a | conditions in words do not run",
                "type: temporal, rules: [zed, a], timespan: 5m, condition: {lt: 2} | cannot have this condition",
                "type: temporal, rules: [zed, a], timespan: 5m, condition: {gte: 3} | cannot have this condition",
                "type: temporal_ordered, rules: [zed, a], timespan: 5m, condition: {gte: 2} | cannot have this",
                "type: temporal_ordered, rules: [zed, a, z], timespan: 5m | comes twice",
                "type: temporal, rules: [zed, c], timespan: 5m | chained correlations do not run yet",
            })
    void a_temporal_rule_that_cannot_run_is_refused_with_its_reason(String block, String reason) {
        RuleProblem problem = problem(block);
        assertThat(problem.message()).contains(reason);
        assertThat(problem.file()).isEqualTo("c.yml");
        assertThat(problem.line()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"value_sum", "value_avg", "value_percentile", "value_median"})
    void types_that_do_not_run_yet_are_refused_by_file_line_and_reason(String type) {
        RuleProblem problem = problem("type: " + type + ", rules: [zed], timespan: 5m, condition: {gt: 2, field: f}");
        assertThat(problem.toString())
                .startsWith("c.yml:12: c: correlation type " + type + " is read but does not run");
    }

    @Test
    void a_type_that_is_none_is_refused() {
        assertThat(problem("type: temporal_extended, rules: [zed, a], timespan: 5m")
                        .message())
                .contains("unknown correlation type 'temporal_extended'");
    }
}
