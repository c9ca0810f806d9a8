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
        assertThat(result.limits()).isEmpty();
        return result.problems().get(0);
    }

    private static RuleProblem limit(String block) {
        SigmaReader.Result result = read(block);
        assertThat(result.problems()).isEmpty();
        assertThat(result.correlations()).isEmpty();
        assertThat(result.documents()).hasSize(1);
        assertThat(result.limits()).hasSize(1);
        return result.limits().get(0);
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
                "type: temporal, rules: [zed], timespan: 5m | takes 2 to 32 rules here, not 1",
                "type: temporal, rules: [zed, a], timespan: 5m, condition: zed and not a | conditions in words do not run here yet",
                "type: temporal, rules: [zed, a], timespan: 5m, condition: {lt: 2} | this condition does not run here",
                "type: temporal, rules: [zed, a], timespan: 5m, condition: {gte: 3} | this condition does not run here",
                "type: temporal_ordered, rules: [zed, a], timespan: 5m, condition: {gte: 2} | this condition does not run here",
            })
    void a_temporal_rule_that_cannot_run_loads_and_says_why(String block, String reason) {
        RuleProblem problem = limit(block);
        assertThat(problem.message()).contains(reason);
        assertThat(problem.file()).isEqualTo("c.yml");
        assertThat(problem.line()).isEqualTo(10);
    }

    @Test
    void a_chain_loads_and_a_circle_is_refused() {
        SigmaReader.Result result = SigmaReader.read(
                "p",
                Map.of(
                        "c.yml",
                        BASE + "title: c\nid: c\ncorrelation: {type: event_count, rules: [zed], timespan: 5m,"
                                + " condition: {gte: 2}}\n---\ntitle: d\nid: d\ncorrelation: {type: temporal,"
                                + " rules: [c, a], timespan: 5m}\n"));
        assertThat(result.problems()).isEmpty();
        assertThat(result.correlations()).extracting(CorrelationRule::id).containsExactly("c");
        assertThat(result.documents()).hasSize(2);
        assertThat(result.limits()).hasSize(1).allSatisfy(limit -> assertThat(limit.message())
                .contains("chained correlations do not run here yet (c)"));
        assertThat(problemOf("type: temporal, rules: [zed, c], timespan: 5m").message())
                .contains("in a circle");
    }

    private static RuleProblem problemOf(String block) {
        return read(block).problems().get(0);
    }

    @Test
    void a_rule_named_twice_in_an_order_is_refused() {
        assertThat(problem("type: temporal_ordered, rules: [zed, a, z], timespan: 5m")
                        .message())
                .contains("comes twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"value_sum", "value_avg", "value_percentile", "value_median"})
    void types_that_do_not_run_here_load_and_are_named_by_file_line_and_reason(String type) {
        RuleProblem problem = limit("type: " + type + ", rules: [zed], timespan: 5m, condition: {gt: 2, field: f}");
        assertThat(problem.toString()).startsWith("c.yml:10: c: correlation type " + type + " does not run here yet");
    }

    @Test
    void a_type_that_is_none_is_refused() {
        assertThat(problem("type: temporal_extended, rules: [zed, a], timespan: 5m")
                        .message())
                .contains("unknown correlation type 'temporal_extended'");
    }
}
