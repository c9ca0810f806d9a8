package org.wanglou.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.model.Event;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.packs.Bundle;
import org.wanglou.rules.playbook.CacaoReader;
import org.wanglou.rules.sigma.RuleSet;

class PacksTest {
    @Test
    void every_pack_of_the_distribution_is_whole_and_its_tests_pass() {
        List<Pack> packs = Packs.builtIn();
        assertThat(packs).hasSizeGreaterThanOrEqualTo(13);
        for (Pack pack : packs) {
            RuleTests.Result result = RuleTests.run(pack);
            assertThat(result.failures()).as(pack.id()).isEmpty();
            assertThat(result.checked()).as(pack.id()).isGreaterThan(2);
            assertThat(pack.playbook()).as(pack.id()).isPresent();
            assertThat(pack.storyDrl()).as(pack.id()).isPresent();
            List<RuleProblem> problems = new ArrayList<>();
            assertThat(Scenario.read("scenario.yml", pack.files().getOrDefault("scenario.yml", ""), problems::add))
                    .isNotEmpty();
            assertThat(problems).isEmpty();
        }
        assertThat(RuleSet.compile(packs).problems()).isEmpty();
    }

    @Test
    void claims_name_rules_that_exist() {
        RuleSet rules = RuleSet.compile(Packs.builtIn());
        for (Pack pack : Packs.builtIn()) {
            assertThat(pack.claims())
                    .isNotEmpty()
                    .allMatch(claim -> rules.rule(claim.ruleId()).isPresent()
                            || rules.correlations().stream()
                                    .anyMatch(one -> one.id().equals(claim.ruleId()))
                            || rules.behaviours().stream()
                                    .anyMatch(one -> one.id().equals(claim.ruleId()))
                            || pack.indicators()
                                    .filter(one -> one.id().equals(claim.ruleId()))
                                    .isPresent());
        }
    }

    @Test
    void the_threshold_of_the_ssh_pack_is_in_its_correlation_file() {
        RuleSet rules = RuleSet.compile(Packs.builtIn());
        assertThat(rules.correlations()).anySatisfy(rule -> {
            assertThat(rule.id()).isEqualTo("wl-ssh-brute-force");
            assertThat(rule.holds(20)).isTrue();
            assertThat(rule.holds(19)).isFalse();
            assertThat(rule.ruleIds()).containsExactly("wl-ssh-failure");
        });
        assertThat(rules.speaks("wl-ssh-failure")).isFalse();
        assertThat(rules.speaks("wl-ssh-success")).isTrue();
    }

    @Test
    void a_bundle_is_signed_over_the_digest_of_every_file() {
        Sm2Signer signer = Sm2Signer.of(Keys.generate().getPrivate());
        Bundle bundle = Bundle.of(0, Packs.builtIn(), Tables.builtIn());
        assertThat(bundle.json()).contains("\"story.drl\"").contains("\"tables\"");
        assertThat(bundle.sign(signer)).contains(signer.kid());
    }

    @Test
    void an_indicator_outside_its_validity_is_silent_and_a_bad_line_is_named() {
        List<RuleProblem> problems = new ArrayList<>();
        IndicatorSet set = IndicatorSet.read(
                "i.csv",
                "type,value,description,source,confidence,from,to\n"
                        + "ip,198.51.100.0/24,x,s,50,2026-01-01,2026-01-31\nip,nonsense,x,s,50,,\n",
                problems::add);
        Event.Builder event = Event.builder().set("source.ip", "198.51.100.3");
        assertThat(set.match(event.set("@timestamp", 1768000000000L).build())).hasSize(1);
        assertThat(set.match(event.set("@timestamp", 1780000000000L).build())).isEmpty();
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(3));
    }

    @Test
    void a_playbook_that_runs_in_a_circle_is_refused() {
        List<RuleProblem> problems = new ArrayList<>();
        String id = "playbook--6f1c2b1e-2d0f-4a57-9a3e-0d5c9b6f7a10";
        assertThat(CacaoReader.read(
                        "p.json",
                        "{\"type\":\"playbook\",\"spec_version\":\"cacao-2.0\",\"id\":\"" + id
                                + "\",\"workflow_start\":\"a\",\"workflow\":{\"a\":{\"type\":\"start\",\"on_completion\":\"a\"}}}",
                        problems::add))
                .isEmpty();
        assertThat(problems).anyMatch(problem -> problem.message().contains("circle"));
    }

    @Test
    void tables_are_whole_and_every_row_has_a_clause() {
        Tables tables = Tables.builtIn();
        assertThat(tables.problems()).isEmpty();
        assertThat(tables.categories()).hasSize(77);
        assertThat(tables.category("data.leak")).isPresent();
        assertThat(tables.deadlines()).anyMatch(row -> row.limit().toHours() == 4);
    }
}
