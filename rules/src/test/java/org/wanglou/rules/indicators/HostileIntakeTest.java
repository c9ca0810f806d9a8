package org.wanglou.rules.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.pattern.BadPattern;
import org.wanglou.rules.indicators.pattern.StixPattern;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.read.IntakeReport;
import org.wanglou.rules.indicators.warning.Warninglists;

/** What an enemy could put on a list. */
class HostileIntakeTest {
    private static IntakeReport read(String text) {
        return Intake.read(Input.of("feed.json", text), IntakeOptions.plain()).report();
    }

    @Test
    void nesting_without_end_is_a_problem_of_its_file() {
        String deep = "[".repeat(100_000);
        assertThat(read("{\"type\":\"bundle\",\"objects\":" + deep).problems()).hasSize(1);
        assertThat(read("{\"Event\":{\"Attribute\":" + deep).problems()).hasSize(1);
        assertThat(read(deep).problemCount()).isPositive();
    }

    @Test
    void an_object_of_too_many_nodes_ends_its_file_and_what_came_before_counts() {
        String big = "{\"type\":\"indicator\",\"labels\":[" + "1,".repeat(200_000) + "1]}";
        IntakeReport report = read("{\"type\":\"bundle\",\"objects\":[" + big + "]}");
        assertThat(report.problems()).hasSize(1).first().asString().contains("nodes");
    }

    @Test
    void brackets_and_parts_of_a_pattern_are_bounded() {
        for (String text : List.of(
                "(".repeat(100_000) + "[a:b=1]",
                "[" + "(".repeat(100_000) + "a:b=1",
                "[a:b=1]" + " REPEATS 2 TIMES".repeat(4_000),
                "[a:b=" + "9".repeat(5_000) + "]",
                "[a:b='" + "x".repeat(StixPattern.LENGTH_MAX) + "']")) {
            boolean refused = false;
            try {
                StixPattern.parse(text);
            } catch (BadPattern e) {
                refused = true;
            }
            assertThat(refused).as(text.substring(0, 20)).isTrue();
        }
    }

    @Test
    void a_regular_expression_is_linear_or_not_taken() {
        String template =
                "{\"type\":\"indicator\",\"pattern_type\":\"stix\",\"pattern\":\"[process:command_line MATCHES '%s']\"}";
        assertThat(read(String.format(template, "(?=x)y")).skipped()).hasSize(1);
        Intake intake = Intake.read(Input.of("f.json", String.format(template, "^(a+)+$")), IntakeOptions.plain());
        IndicatorSet set = IndicatorSet.of(List.of(intake.part()), Warninglists.NONE);
        String nasty = "a".repeat(20_000) + "!";
        assertThat(set.match(Event.builder()
                        .set(Ecs.TIMESTAMP, 1L)
                        .set("process.command_line", nasty)
                        .build()))
                .isEmpty();
    }

    @Test
    void random_octets_never_throw() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String alphabet = "[]{}()\":,'.\\ \n\t#|*@$^/0123456789abcfxyzAND OR IN typeobjectsEventvalue%;\u00e9\u4e2d";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(i % 3 == 0 ? "{\"objects\":[" : i % 3 == 1 ? "type,value\n" : "");
            for (int j = random.nextInt(200); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(read(text.toString()).taken()).isNotNegative();
        }
    }
}
