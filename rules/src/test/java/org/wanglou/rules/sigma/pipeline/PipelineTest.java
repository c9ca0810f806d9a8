package org.wanglou.rules.sigma.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.Interpreter;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.read.SigmaReader;

class PipelineTest {
    private static Pipeline pipeline(String steps) {
        List<RuleProblem> problems = new ArrayList<>();
        Pipeline pipeline = PipelineReader.read(
                        "p.yml",
                        "name: p\npriority: 5\nvars:\n  names: [ann, 'b*']\n  one: x\ntransformations:\n"
                                + steps.indent(2),
                        problems::add)
                .orElseThrow(() -> new AssertionError(problems));
        assertThat(problems).isEmpty();
        return pipeline;
    }

    private static SigmaReader.Result read(String steps, String detection) {
        return SigmaReader.read(
                "r",
                Map.of(
                        "r.yml",
                        "title: t\nid: t\nstatus: test\nlevel: high\ntags: [attack.t1059]\nlogsource: {category: cat, product: prod}\ndetection:\n"
                                + detection.indent(2)),
                Pipelines.of(List.of(pipeline(steps)), Set.of()));
    }

    /** Fields and values of the only rule, as the condition prints them. */
    private static SigmaRule rule(String steps, String detection) {
        SigmaReader.Result result = read(steps, detection);
        assertThat(result.problems()).isEmpty();
        return result.rules().get(0);
    }

    private static boolean holds(SigmaRule rule, String... fields) {
        Event.Builder event = Event.builder();
        for (int i = 0; i < fields.length; i += 2) {
            event.set(fields[i], fields[i + 1]);
        }
        return Interpreter.holds(rule.condition(), event.build());
    }

    private static final String ITEM = "s: {f: a}\ncondition: s";

    @Test
    void field_names_are_mapped_to_one_or_several() {
        assertThat(holds(rule("- {type: field_name_mapping, mapping: {f: g}}", ITEM), "g", "a"))
                .isTrue();
        SigmaRule two = rule("- {type: field_name_mapping, mapping: {f: [g, h]}}", ITEM);
        assertThat(holds(two, "g", "a")).isTrue();
        assertThat(holds(two, "h", "a")).isTrue();
        assertThat(holds(two, "f", "a")).isFalse();
    }

    @Test
    void a_field_in_two_places_is_missing_when_it_is_in_neither() {
        String step = "- {type: field_name_mapping, mapping: {f: [g, h]}}";
        assertThat(holds(rule(step, "s: {f: null}\ncondition: s"), "g", "a")).isFalse();
        assertThat(holds(rule(step, "s: {f: null}\ncondition: s"))).isTrue();
        assertThat(holds(rule(step, "s: {'f|neq': a}\ncondition: s"), "h", "a", "g", "b"))
                .isFalse();
        assertThat(holds(rule(step, "s: {'f|exists': false}\ncondition: s"), "g", "b"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: field_name_prefix, prefix: x.} | x.f",
                "{type: field_name_suffix, suffix: .x} | f.x",
                "{type: field_name_prefix_mapping, mapping: {f: y}} | y",
                "{type: field_name_transform, transform_func: upper} | F",
                "{type: field_name_transform, transform_func: lower, mapping: {f: other}} | other",
            })
    void field_names_get_prefixes_suffixes_and_other_letters(String step, String field) {
        assertThat(rule("- " + step, ITEM).fields()).contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: map_string, mapping: {a: b}} | b | true",
                "{type: map_string, mapping: {a: [b, c]}} | c | true",
                "{type: set_value, value: z} | z | true",
                "{type: set_value, value: 5} | 5 | true",
                "{type: replace_string, regex: '^a', replacement: 'b*'} | bcd | true",
                "{type: replace_string, regex: '(a)', replacement: '\\1\\1'} | aa | true",
                "{type: case, method: upper} | A | true",
                "{type: regex, method: plain} | A | false",
                "{type: regex} | A | true",
            })
    void values_are_changed(String step, String value, boolean holds) {
        assertThat(holds(rule("- " + step, ITEM), "f", value)).isEqualTo(holds);
    }

    @Test
    void types_are_converted_both_ways() {
        assertThat(holds(rule("- {type: convert_type, target_type: num}", "s: {f: '5'}\ncondition: s"), "f", "5.0"))
                .isTrue();
        assertThat(holds(rule("- {type: convert_type, target_type: str}", "s: {f: 5}\ncondition: s"), "f", "5.0"))
                .isFalse();
    }

    @Test
    void placeholders_get_values_by_a_step_a_wildcard_or_by_vars_alone() {
        String detection = "s: {'f|expand': 'x%names%'}\ncondition: s";
        assertThat(holds(rule("- {type: value_placeholders}", detection), "f", "xbcd"))
                .isTrue();
        assertThat(holds(rule("- {type: value_placeholders}", detection), "f", "xann"))
                .isTrue();
        assertThat(holds(rule("[]", detection), "f", "xann")).isTrue();
        SigmaRule wild =
                rule("- {type: wildcard_placeholders, exclude: [one]}", "s: {'f|expand': '%any%%one%'}\ncondition: s");
        assertThat(holds(wild, "f", "whatever x")).isTrue();
        assertThat(read("- {type: value_placeholders}", "s: {'f|expand': '%gone%'}\ncondition: s")
                        .problems())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem.message()).contains("%gone%"));
    }

    @Test
    void items_are_dropped_and_conditions_added() {
        SigmaRule dropped = rule(
                "- type: drop_detection_item\n  field_name_conditions: [{type: include_fields, fields: [g]}]",
                "s: {f: a, g: b}\ncondition: s");
        assertThat(holds(dropped, "f", "a")).isTrue();
        SigmaRule added = rule(
                "- {type: add_condition, conditions: {g: [1, '$product'], h: null}, template: true}",
                "s: {f: a}\ncondition: 1 of them");
        assertThat(holds(added, "f", "a")).isFalse();
        assertThat(holds(added, "f", "a", "g", "PROD")).isTrue();
        assertThat(holds(added, "f", "a", "g", "1", "h", "x")).isFalse();
        SigmaRule negated = rule("- {type: add_condition, conditions: {g: b}, negated: true}", ITEM);
        assertThat(holds(negated, "f", "a", "g", "b")).isFalse();
        assertThat(holds(negated, "f", "a")).isTrue();
    }

    @Test
    void hashes_are_taken_apart_by_algorithm() {
        String step = "- {type: hashes_fields, valid_hash_algos: [MD5, SHA1], field_prefix: file.hash.}";
        SigmaRule rule = rule(step, "s:\n  Hashes|contains: ['MD5=0F', 'SHA1=aa']\ncondition: s");
        assertThat(holds(rule, "file.hash.SHA1", "AA")).isTrue();
        assertThat(holds(rule, "file.hash.MD5", "0f")).isTrue();
        SigmaRule other = rule(step, "s:\n  Hashes|contains: 'IMPHASH=AA'\ncondition: s");
        assertThat(holds(other, "Hashes", "x IMPHASH=aa y")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rule_conditions: [{type: logsource, category: cat}] | true",
                "rule_conditions: [{type: logsource, category: other}] | false",
                "rule_conditions: [{type: logsource, category: other}], rule_cond_not: true | true",
                "rule_conditions: [{type: logsource, category: other}, {type: tag, tag: attack.t1059}], rule_cond_op: or | true",
                "rule_conditions: {a: {type: logsource, category: other}, b: {type: contains_field, field: f}}, rule_cond_expr: not a and b | true",
                "rule_conditions: [{type: rule_attribute, attribute: level, value: medium, op: gte}] | true",
                "rule_conditions: [{type: rule_attribute, attribute: tags, value: attack.t1059, op: in}] | true",
                "rule_conditions: [{type: contains_detection_item, field: f, value: a}] | true",
                "rule_conditions: [{type: is_sigma_correlation_rule}] | false",
                "rule_conditions: [{type: processing_item_applied, processing_item_id: first}] | true",
                "rule_conditions: [{type: processing_state, key: k, val: v}] | true",
                "detection_item_conditions: [{type: match_string, cond: any, pattern: '^a$'}] | true",
                "detection_item_conditions: [{type: match_string, cond: all, pattern: '^b'}] | false",
                "detection_item_conditions: [{type: is_null, cond: any}] | false",
                "detection_item_conditions: [{type: contains_wildcard, cond: any}], detection_item_cond_not: true | true",
                "field_name_conditions: [{type: exclude_fields, fields: [f]}] | false",
                "field_name_conditions: [{type: include_fields, mode: re, fields: ['^[a-g]$']}] | true",
            })
    void a_step_acts_where_its_conditions_say(String conditions, boolean acts) {
        SigmaRule rule = rule(
                "- {id: first, type: set_state, key: k, val: v}\n- {type: field_name_prefix, prefix: x., " + conditions
                        + "}",
                ITEM);
        assertThat(rule.fields().contains("x.f")).isEqualTo(acts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: rule_failure, message: not here} | not here",
                "{type: detection_item_failure, message: no such item} | no such item",
                "{type: strict_field_mapping_failure} | maps no field [f]",
            })
    void a_pipeline_may_refuse_a_rule_and_says_why(String step, String message) {
        assertThat(read("- " + step, ITEM).problems()).hasSize(1).allSatisfy(problem -> assertThat(problem.message())
                .contains(message));
    }

    @Test
    void steps_nest_and_log_sources_change() {
        SigmaRule rule = rule(
                "- type: nest\n  items:\n    - {type: field_name_prefix, prefix: x.}\n- {type: change_logsource, category: test}",
                ITEM);
        assertThat(rule.fields()).containsExactly("x.f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {type: query_expression_placeholders, expression: x}",
                "- {type: no_such_thing}",
                "- {type: field_name_mapping}",
                "- {type: convert_type, target_type: date}",
                "- {type: drop_detection_item, rule_conditions: [{type: nothing}]}",
                "- {type: drop_detection_item, rule_conditions: {a: {type: tag}}, rule_cond_expr: b}",
                "- {type: replace_string, regex: '(', replacement: x}",
            })
    void a_pipeline_with_a_step_that_cannot_work_is_refused_as_a_whole(String step) {
        List<RuleProblem> problems = new ArrayList<>();
        assertThat(PipelineReader.read("p.yml", "name: p\ntransformations:\n" + step + "\n", problems::add))
                .isEmpty();
        assertThat(problems).hasSize(1).allSatisfy(problem -> assertThat(problem.line())
                .isEqualTo(3));
    }

    @Test
    void post_processing_is_left_out_and_told() {
        String text =
                "name: p\ntransformations: []\npostprocessing: [{type: embed, prefix: x}]\nfinalizers: [{type: concat}]\n";
        assertThat(PipelineReader.read("p.yml", text, problem -> {})).isPresent();
        assertThat(PipelineReader.leftOut(text)).hasSize(2);
    }

    @Test
    void pipelines_go_by_priority_and_those_for_others_stay_out() {
        Pipeline late = named("late", "priority: 20", "b");
        Pipeline early = named("early", "priority: 10", "a");
        Pipeline other = named("other", "allowed_backends: [splunk]", "c");
        SigmaReader.Result result = SigmaReader.read(
                "r",
                Map.of("r.yml", "title: t\ndetection: {s: {f: a}, condition: s}\n"),
                Pipelines.of(List.of(late, other, early), Set.of()));
        assertThat(result.rules().get(0).fields()).containsExactly("b.a.f");
    }

    private static Pipeline named(String name, String line, String prefix) {
        return PipelineReader.read(
                        name,
                        "name: " + name + "\n" + line + "\ntransformations: [{type: field_name_prefix, prefix: "
                                + prefix + ".}]\n",
                        problem -> {
                            throw new AssertionError(problem);
                        })
                .orElseThrow();
    }
}
