package org.wanglou.rules.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.rules.RuleProblem;

class BehaviourReaderTest {
    private final List<RuleProblem> problems = new ArrayList<>();

    private List<BehaviourRule> read(String text, Map<String, String> more) {
        Map<String, String> files = new java.util.TreeMap<>(more);
        files.put("a.behaviour.yml", text);
        return BehaviourReader.read("p", files, Map.of("base", "base-id"), problems::add);
    }

    private static String rule(String block) {
        return "title: t\nid: r\nlevel: high\nbehaviour:\n  type: first_seen\n  rules: [base]\n  group-by: [host.name]\n"
                + "  field: destination.ip\n" + block;
    }

    @Test
    void a_rule_is_read_with_what_is_usual_where_it_says_nothing() {
        assertThat(read(rule("  learning: 3w\n  memory: 60d\n"), Map.of()))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.type()).isEqualTo(BehaviourRule.Type.FIRST_SEEN);
                    assertThat(rule.ruleIds()).containsExactly("base-id");
                    assertThat(rule.bounds().learning()).isEqualTo(Duration.ofDays(21));
                    assertThat(rule.bounds().values()).isEqualTo(1_000);
                    assertThat(rule.enabled()).isTrue();
                });
        assertThat(problems).isEmpty();
    }

    @Test
    void a_bad_rule_is_named_with_line_and_remedy_and_the_rest_goes_on() {
        for (String bad : List.of(
                rule("  colour: red\n"),
                rule("  learning: soon\n"),
                rule("  learning: 90d\n  memory: 1d\n"),
                rule("  share: 2\n"),
                rule("  zone: Moon\n"),
                rule("  least: many\n"),
                rule("").replace("first_seen", "strange"),
                rule("").replace("[base]", "[nobody]"),
                rule("").replace("  field: destination.ip\n", ""),
                rule("").replace("group-by: [host.name]", "group-by: []"),
                rule("").replace("first_seen", "volume") + "  interval: 7m\n",
                rule("").replace("first_seen", "out_of_term").replace("  field: destination.ip\n", ""))) {
            problems.clear();
            assertThat(read(bad + "---\n" + rule("").replace("id: r", "id: good"), Map.of()))
                    .as(bad)
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.id()).isEqualTo("good"));
            assertThat(problems).as(bad).singleElement().satisfies(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.remedy()).isNotBlank();
                assertThat(problem.file()).isEqualTo("a.behaviour.yml");
            });
        }
    }

    @Test
    void terms_know_the_holidays_between_them_and_no_more() {
        String text = rule("  terms: terms.csv\n")
                .replace("first_seen", "out_of_term")
                .replace("  field: destination.ip\n", "");
        Terms terms = read(
                        text,
                        Map.of("terms.csv", "name,from,to\n春,2026-02-23,2026-07-10\n秋,2026-09-01,2027-01-22\nx,1,2\n"))
                .get(0)
                .terms();
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(4));
        assertThat(terms.holiday(LocalDate.parse("2026-07-10"))).isEmpty();
        assertThat(terms.holiday(LocalDate.parse("2026-07-11")).orElse(""))
                .contains("春")
                .contains("秋");
        assertThat(terms.holiday(LocalDate.parse("2026-02-01"))).isEmpty();
        assertThat(terms.holiday(LocalDate.parse("2027-02-01"))).isPresent();
        assertThat(terms.holiday(LocalDate.parse("2027-06-01"))).isEmpty();
    }
}
