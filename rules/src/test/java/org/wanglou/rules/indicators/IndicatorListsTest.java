package org.wanglou.rules.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.read.IntakeReport;
import org.wanglou.rules.indicators.value.Domains;
import org.wanglou.rules.indicators.value.PublicSuffixes;
import org.wanglou.rules.indicators.warning.Warninglists;

class IndicatorListsTest {
    private static final long NOW = Instant.parse("2026-11-25T00:00:00Z").toEpochMilli();

    private static Intake taken(String name, String text) {
        return Intake.read(Input.of(name, text), IntakeOptions.plain());
    }

    private static IndicatorSet set(String text) {
        return IndicatorSet.of(List.of(taken("list.txt", text).part()), Warninglists.NONE);
    }

    private static Event event(Object... namesAndValues) {
        Event.Builder event = Event.builder().set(Ecs.TIMESTAMP, NOW);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return event.build();
    }

    private static List<String> met(IndicatorSet set, Object... namesAndValues) {
        return set.match(event(namesAndValues)).stream()
                .map(hit -> hit.indicator().value())
                .toList();
    }

    @Test
    void addresses_and_blocks_of_both_families_are_met_the_longest_first() {
        IndicatorSet set = set("198.51.100.7\n198.51.100.0/24\n2001:db8:bad::/48\n[2001:DB8:1::1]\n");
        assertThat(met(set, "source.ip", "198.51.100.7")).containsExactlyInAnyOrder("198.51.100.7", "198.51.100.0/24");
        assertThat(met(set, "destination.ip", "198.51.100.8")).containsExactly("198.51.100.0/24");
        assertThat(met(set, "destination.ip", "2001:db8:bad:1::9")).containsExactly("2001:db8:bad::/48");
        assertThat(met(set, "destination.ip", "2001:db8:1:0:0:0:0:1")).containsExactly("2001:db8:1::1");
        assertThat(met(set, "dns.resolved_ip", List.of("192.0.2.1", "198.51.100.9")))
                .containsExactly("198.51.100.0/24");
        assertThat(met(set, "destination.ip", "198.51.101.8", "source.ip", "nonsense"))
                .isEmpty();
    }

    @Test
    void a_domain_means_all_names_below_it_however_it_is_written() {
        IndicatorSet set = set("Evil.Example.NET.\n*.coin.example.org\n坏站.example.cn\n");
        assertThat(met(set, "dns.question.name", "a.b.evil.example.net.")).containsExactly("evil.example.net");
        assertThat(met(set, "url.domain", "EVIL.example.net")).containsExactly("evil.example.net");
        assertThat(met(set, "tls.client.server_name", "coin.example.org")).containsExactly("coin.example.org");
        assertThat(met(set, "dns.question.name", "www.xn--xhq9m168b.example.cn").size()
                        + met(set, "dns.question.name", "www.坏站.example.cn").size())
                .isPositive();
        assertThat(met(set, "dns.question.name", "notevil.example.net")).isEmpty();
        assertThat(met(set, "dns.question.name", "example.net")).isEmpty();
    }

    @Test
    void an_indicator_on_a_public_suffix_is_refused_with_its_line() {
        IntakeReport report = taken("list.txt", "# head\ncom.cn\ngithub.io\nedu.cn\ncn\nbad.com.cn\n")
                .report();
        assertThat(report.problems()).extracting(problem -> problem.line()).containsExactly(2, 3, 4, 5);
        assertThat(report.problems()).allMatch(problem -> problem.message().contains("public suffix"));
        assertThat(report.counts()).containsExactly(Map.entry(IndicatorType.DOMAIN, 1));
    }

    @Test
    void addresses_of_the_web_are_compared_in_their_normal_form() {
        IndicatorSet set =
                set("hxxp://Bad[.]Example[.]com:80/a/../%7Eb/x?q=1#part\nexample.org/gate.php\n/shell/c99.php\n");
        assertThat(met(set, "url.full", "http://bad.example.com/~b/x?q=1"))
                .containsExactly("http://bad.example.com/~b/x?q=1");
        assertThat(met(set, "url.original", "/~b/x?q=1", "url.domain", "bad.example.com"))
                .hasSize(1);
        assertThat(met(set, "url.full", "https://bad.example.com/~b/x?q=1")).isEmpty();
        assertThat(met(set, "url.full", "https://example.org/gate.php?id=7")).containsExactly("example.org/gate.php");
        assertThat(met(set, "url.full", "https://example.org/gate.phpx")).isEmpty();
        assertThat(met(set, "url.path", "/shell/c99.php")).containsExactly("/shell/c99.php");
    }

    @Test
    void hashes_are_met_in_every_field_of_their_length_sm3_too() {
        String md5 = "0123456789abcdef0123456789abcdef";
        String sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        IndicatorSet set = set(md5.toUpperCase(java.util.Locale.ROOT) + "\n" + sm3 + "\n");
        assertThat(met(set, "file.hash.md5", md5)).containsExactly(md5);
        assertThat(met(set, "process.hash.sm3", sm3)).containsExactly(sm3);
        assertThat(met(set, "file.hash.sha1", md5 + "00000000")).isEmpty();
    }

    @Test
    void hosts_files_and_ad_block_lists_give_their_names() {
        IntakeReport report = taken("mixed.txt", """
                        [Adblock Plus 2.0]
                        ! Title
                        0.0.0.0 one.example.com two.example.com
                        127.0.0.1 localhost
                        ||three.example.com^$third-party
                        ||four.example.com/lib/coin.js
                        @@||fine.example.com^
                        example.com##.banner
                        203.0.113.9:3333
                        someone@bad.example.com
                        """).report();
        assertThat(report.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        IndicatorType.IP, 1,
                        IndicatorType.DOMAIN, 3,
                        IndicatorType.URL_PREFIX, 1,
                        IndicatorType.EMAIL, 1));
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void an_address_with_a_port_is_met_on_that_port_only() {
        IndicatorSet set = set("203.0.113.9:3333\n");
        assertThat(met(set, "destination.ip", "203.0.113.9", "destination.port", 3333L))
                .hasSize(1);
        assertThat(met(set, "destination.ip", "203.0.113.9", "destination.port", 443L))
                .isEmpty();
        assertThat(met(set, "destination.ip", "203.0.113.9")).isEmpty();
    }

    @Test
    void validity_counts_on_the_time_of_the_event_and_what_has_ended_is_counted() {
        String csv = "type,value,description,source,confidence,from,to\n"
                + "ip,203.0.113.1,old,feed,80,2026-01-01,2026-03-31\n"
                + "ip,203.0.113.1,other word,second,90,,\n";
        Intake intake =
                Intake.read(Input.of("a.csv", csv), IntakeOptions.plain().at(NOW, 1));
        assertThat(intake.report().expiredCount()).isEqualTo(1);
        IndicatorSet set = IndicatorSet.of(List.of(intake.part()), Warninglists.NONE);
        Event then = event("source.ip", "203.0.113.1").toBuilder()
                .set(Ecs.TIMESTAMP, Instant.parse("2026-03-31T15:59:59Z").toEpochMilli())
                .build();
        assertThat(set.match(then)).extracting(hit -> hit.indicator().source()).containsExactly("second", "feed");
        assertThat(set.match(then)).allMatch(Hit::inbound);
        assertThat(set.match(event("source.ip", "203.0.113.1")))
                .extracting(hit -> hit.indicator().source())
                .containsExactly("second");
    }

    @Test
    void every_name_of_the_public_suffix_list_is_one_and_the_name_below_it_is_none() throws IOException {
        Optional<Path> list = SharedData.at("public-suffix-list/public_suffix_list.dat");
        if (list.isEmpty()) {
            return;
        }
        String text = Files.readString(list.get());
        PublicSuffixes own = PublicSuffixes.read(text);
        int rules = 0;
        int builtIn = 0;
        for (String line : text.lines().toList()) {
            String rule = line.strip();
            if (rule.isEmpty() || rule.startsWith("//") || rule.startsWith("!")) {
                continue;
            }
            String name = Domains.canonical(rule.replace("*.", "any.")).orElseThrow();
            rules++;
            assertThat(own.holds(name)).as(rule).isTrue();
            builtIn += PublicSuffixes.builtIn().holds(name) ? 1 : 0;
        }
        System.out.println("public suffixes: " + rules + " rules, " + builtIn + " known to the library's list");
        assertThat(builtIn).isGreaterThan(rules * 90 / 100);
        for (String fine :
                List.of("example.com.cn", "jining.edu.cn", "someone.github.io", "www.ck", "city.kawasaki.jp")) {
            assertThat(own.holds(fine)).as(fine).isFalse();
            assertThat(PublicSuffixes.builtIn().holds(fine)).as(fine).isFalse();
        }
    }

    @Test
    void published_lists_are_read_with_a_reason_for_every_line_left_out() throws IOException {
        int files = 0;
        int taken = 0;
        int refused = 0;
        int suffixes = 0;
        for (String set : List.of("maltrail", "nocoin")) {
            Optional<Path> folder = SharedData.at(set);
            if (folder.isEmpty()) {
                continue;
            }
            try (Stream<Path> walk = Files.walk(folder.get())) {
                for (Path file : walk.filter(path -> path.toString().endsWith(".txt"))
                        .sorted()
                        .toList()) {
                    IntakeReport report =
                            Intake.read(Input.of(file), IntakeOptions.plain()).report();
                    files++;
                    taken += report.taken();
                    suffixes += (int) report.problems().stream()
                            .filter(problem -> problem.message().contains("public suffix"))
                            .count();
                    refused += report.problemCount();
                }
            }
        }
        System.out.println("maltrail, nocoin: files " + files + " taken " + taken + " refused " + refused
                + " (public suffixes " + suffixes + ")");
        assertThat(refused - suffixes).isLessThanOrEqualTo(taken / 1000);
    }
}
