package org.wanglou.rules.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.value.PublicSuffixes;
import org.wanglou.rules.indicators.warning.WarninglistReader;
import org.wanglou.rules.indicators.warning.Warninglists;

class WarninglistsTest {
    private static Warninglists builtIn() {
        Warninglists.Builder builder = Warninglists.builder();
        WarninglistReader.builtIn(builder);
        return builder.build();
    }

    private static Warninglists list(String json) {
        Warninglists.Builder builder = Warninglists.builder();
        List<RuleProblem> problems = new ArrayList<>();
        WarninglistReader.read(
                "own.json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), builder, problems::add);
        assertThat(problems).isEmpty();
        return builder.build();
    }

    @Test
    void each_kind_of_list_holds_what_it_says() {
        Warninglists strings = list("{\"name\":\"n\",\"type\":\"string\",\"matching_attributes\":[\"domain\",\"sha1\"],"
                + "\"list\":[\"Good.example.com\"]}");
        assertThat(strings.holding(IndicatorType.DOMAIN, "good.example.com")).contains("n");
        assertThat(strings.holding(IndicatorType.DOMAIN, "www.good.example.com"))
                .isEmpty();
        assertThat(strings.holding(IndicatorType.URL, "http://good.example.com/"))
                .isEmpty();
        Warninglists hosts = list("{\"name\":\"h\",\"type\":\"hostname\",\"matching_attributes\":[\"domain\",\"url\"],"
                + "\"list\":[\"example.org\"]}");
        assertThat(hosts.holding(IndicatorType.DOMAIN, "a.example.org")).contains("h");
        assertThat(hosts.holding(IndicatorType.URL, "https://a.example.org/x")).contains("h");
        assertThat(hosts.holding(IndicatorType.DOMAIN, "aexample.org")).isEmpty();
        Warninglists parts = list("{\"name\":\"s\",\"type\":\"substring\",\"matching_attributes\":[\"url\"],"
                + "\"list\":[\"/wpad.dat\"]}");
        assertThat(parts.holding(IndicatorType.URL, "http://x.example.com/wpad.dat?1"))
                .contains("s");
        Warninglists expressions = list("{\"name\":\"r\",\"type\":\"regex\",\"matching_attributes\":[\"domain\"],"
                + "\"list\":[\"/^ns[0-9]+\\\\./i\"]}");
        assertThat(expressions.holding(IndicatorType.DOMAIN, "NS12.example.com"))
                .contains("r");
        Warninglists blocks = list("{\"name\":\"c\",\"type\":\"cidr\",\"list\":[\"192.0.2.0/24\"]}");
        assertThat(blocks.holding(IndicatorType.IP, "192.0.2.9")).contains("c");
        assertThat(blocks.holding(IndicatorType.IP, "192.0.2.128/25")).contains("c");
        assertThat(blocks.holding(IndicatorType.IP, "192.0.0.0/16")).isEmpty();
        assertThat(blocks.holding(IndicatorType.URL, "http://192.0.2.9/x")).contains("c");
    }

    @Test
    void a_resolver_raises_nothing_neither_as_an_indicator_nor_inside_a_block_of_one() {
        String text = "8.8.8.8\n8.8.8.0/24\n10.1.2.3\nwindowsupdate.com\n203.0.113.7\n";
        IntakeOptions options = IntakeOptions.plain().against(PublicSuffixes.builtIn(), builtIn());
        Intake intake = Intake.read(Input.of("list.txt", text), options);
        assertThat(intake.report().warned()).containsOnlyKeys("公共解析服务", "内部与保留地址", "系统与软件更新");
        assertThat(intake.report().taken()).isEqualTo(2);
        IndicatorSet set = IndicatorSet.of(List.of(intake.part()), builtIn());
        Event.Builder event = Event.builder().set(Ecs.TIMESTAMP, 1L);
        assertThat(set.match(event.set(Ecs.DESTINATION_IP, "8.8.8.8").build())).isEmpty();
        assertThat(set.match(event.set(Ecs.DESTINATION_IP, "8.8.8.9").build())).hasSize(1);
        assertThat(set.tally().silenced()).containsEntry("公共解析服务", 1L);
        assertThat(set.tally().hits()).containsEntry("list.txt", 1L);
    }

    @Test
    void the_lists_of_misp_are_read_whole(@TempDir Path temp) throws IOException, InterruptedException {
        Optional<Path> archive = SharedData.at("misp-warninglists/lists.tar.xz");
        if (archive.isEmpty()) {
            return;
        }
        Process tar = new ProcessBuilder("tar", "-xJf", archive.get().toString(), "-C", temp.toString()).start();
        assertThat(tar.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Warninglists.Builder builder = Warninglists.builder();
        List<RuleProblem> problems = new ArrayList<>();
        int lists = 0;
        int entries = 0;
        try (Stream<Path> walk = Files.walk(temp)) {
            for (Path file :
                    walk.filter(path -> path.endsWith("list.json")).sorted().toList()) {
                try (var in = Files.newInputStream(file)) {
                    entries += WarninglistReader.read(file.getParent().getFileName() + "", in, builder, problems::add);
                    lists++;
                }
            }
        }
        Warninglists all = builder.build();
        System.out.println("misp-warninglists: lists " + lists + " entries " + entries + " refused " + problems);
        assertThat(lists).isGreaterThan(100);
        assertThat(problems.size()).isLessThanOrEqualTo(entries / 1000);
        assertThat(all.holding(IndicatorType.IP, "8.8.8.8")).isPresent();
        assertThat(all.holding(IndicatorType.DOMAIN, "update.microsoft.com")).isPresent();
    }
}
