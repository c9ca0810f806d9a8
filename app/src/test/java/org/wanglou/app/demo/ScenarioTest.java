package org.wanglou.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.app.demo.Scenario.Step;
import org.wanglou.app.demo.Scenario.Way;

class ScenarioTest {
    private static final Instant NOW = Instant.parse("2026-12-31T16:30:05Z");

    private static String text(Scenario scenario, Step step) {
        return new String(scenario.render(step, NOW), StandardCharsets.UTF_8);
    }

    @Test
    void the_cast_and_the_account_are_drawn_from_the_seed() throws Exception {
        Scenario one = Scenario.load(1);
        assertThat(Scenario.load(1).attacker()).isEqualTo(one.attacker());
        assertThat(Scenario.load(1).account()).isEqualTo(one.account());
        assertThat(List.of(Scenario.load(2).attacker(), Scenario.load(2).account()))
                .isNotEqualTo(List.of(one.attacker(), one.account()));
    }

    @Test
    void nothing_of_the_recording_machine_is_left() throws Exception {
        Scenario scenario = Scenario.load(7);
        for (Step step : scenario.steps()) {
            if (step.way() != Way.NETFLOW_UDP) {
                assertThat(text(scenario, step)).doesNotContain("127.0.0.1").doesNotContain("wldemo");
            }
        }
    }

    @Test
    void all_times_are_those_of_the_playing() throws Exception {
        Scenario scenario = Scenario.load(7);
        Step ssh = scenario.steps().stream()
                .filter(step -> step.way() == Way.SYSLOG_UDP)
                .findFirst()
                .orElseThrow();
        assertThat(text(scenario, ssh)).startsWith("<38>Jan  1 00:30:05 web01 sshd[");
        Step access = scenario.steps().stream()
                .filter(step -> step.way() == Way.SYSLOG_TCP)
                .findFirst()
                .orElseThrow();
        assertThat(text(scenario, access)).contains("[01/Jan/2027:00:30:05 +0800]");
        Step flow = scenario.steps().stream()
                .filter(step -> step.way() == Way.NETFLOW_UDP)
                .findFirst()
                .orElseThrow();
        assertThat(ByteBuffer.wrap(scenario.render(flow, NOW)).getInt(8)).isEqualTo((int) NOW.getEpochSecond());
    }

    @Test
    void the_guesser_fails_more_than_twenty_times_and_the_twentieth_completes_the_deed() throws Exception {
        Scenario scenario = Scenario.load(7);
        List<Step> failures = scenario.steps().stream()
                .filter(step -> step.actor().equals(scenario.attacker()))
                .filter(step -> text(scenario, step).contains("Failed password"))
                .toList();
        assertThat(failures).hasSizeGreaterThan(20);
        assertThat(failures.get(19).completes()).isTrue();
        assertThat(failures.stream().filter(Step::completes)).hasSize(1);
    }
}
