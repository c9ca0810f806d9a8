package org.wanglou.app.intel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.Pack;
import org.wanglou.rules.PackReader;
import org.wanglou.rules.indicators.Hit;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.indicators.manifest.Manifest;
import org.wanglou.rules.indicators.manifest.ManifestReader.Opened;
import org.wanglou.rules.packs.PackArchive;
import org.wanglou.rules.sigma.RuleSet;

class FeedPullTest {
    @TempDir
    private Path temp;

    private TaxiiServer server;

    @BeforeEach
    void open() throws IOException {
        server = new TaxiiServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Feed feed(Feed.Kind kind, URI url, String user, String secret) {
        return new Feed("one", kind, url, "", user, secret, Optional.empty(), Duration.ofMinutes(1), 60, 0, false);
    }

    private static String indicator(int number, String modified, String address) {
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--" + number + "\",\"modified\":\""
                + modified + "\",\"pattern_type\":\"stix\",\"pattern\":\"[ipv4-addr:value = '" + address + "']\"}";
    }

    private IndicatorSet set(Feed feed) {
        IntelSettings settings = new IntelSettings(Optional.empty(), List.of(), Optional.empty(), List.of(feed));
        return store().load(settings, List.of()).orElseThrow().set();
    }

    private IntelStore store() {
        return new IntelStore(temp.resolve("intel"), Clock.systemUTC(), new Random(1));
    }

    private static List<String> met(IndicatorSet set, String address) {
        Event event = Event.builder()
                .set(Ecs.TIMESTAMP, 1L)
                .set(Ecs.DESTINATION_IP, address)
                .build();
        return set.match(event).stream().map(hit -> hit.indicator().source()).toList();
    }

    @Test
    void all_pages_come_then_only_what_is_new_and_the_newest_version_counts() throws Exception {
        server.authorization =
                "Basic " + Base64.getEncoder().encodeToString("reader:s3cret".getBytes(StandardCharsets.UTF_8));
        Feed feed = feed(Feed.Kind.TAXII, server.url("/api1/"), "reader", "s3cret");
        Path folder = store().feed("one");
        for (int i = 1; i <= 5; i++) {
            server.add("2026-01-01T00:00:0" + i + ".000000Z", indicator(i, "2026-01-01T00:00:00Z", "203.0.113." + i));
        }
        assertThat(IntelWatch.pull(feed, folder)).isEqualTo(5);
        assertThat(server.asked).hasSize(4);
        assertThat(met(set(feed), "203.0.113.5")).containsExactly("one");

        server.asked.clear();
        server.add("2026-02-01T00:00:00.000000Z", indicator(5, "2026-02-01T00:00:00Z", "203.0.113.55"));
        assertThat(IntelWatch.pull(feed, folder)).isEqualTo(1);
        assertThat(server.asked)
                .last()
                .asString()
                .contains("added_after=2026-01-01T00:00:05.000000Z".replace(":", "%3A"));
        IndicatorSet after = set(feed);
        assertThat(after.size()).isEqualTo(5);
        assertThat(met(after, "203.0.113.5")).isEmpty();
        assertThat(met(after, "203.0.113.55")).containsExactly("one");
        assertThat(IntelWatch.pull(feed, folder)).isZero();
    }

    @Test
    void a_refusal_names_what_to_check_and_a_busy_server_says_how_long() {
        server.authorization = "Bearer right";
        Feed wrong = feed(Feed.Kind.TAXII, server.url("/api1/"), "", "wrong");
        assertThatThrownBy(() -> IntelWatch.pull(wrong, temp.resolve("f")))
                .hasMessageContaining("401")
                .hasMessageContaining("check user and secret")
                .hasMessageNotContaining("wrong");
        server.status = 503;
        assertThatThrownBy(() -> IntelWatch.pull(wrong, temp.resolve("f")))
                .isInstanceOfSatisfying(FeedClient.LaterException.class, later -> assertThat(later.seconds())
                        .isEqualTo(7));
        server.status = 302;
        server.location = "http://127.0.0.1:1/elsewhere";
        assertThatThrownBy(() -> IntelWatch.pull(wrong, temp.resolve("f"))).hasMessageContaining("302");
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void a_pull_that_breaks_off_moves_no_cursor() throws Exception {
        Feed feed = feed(Feed.Kind.TAXII, server.url("/api1/"), "", "");
        server.add("2026-01-01T00:00:01Z", indicator(1, "2026-01-01T00:00:00Z", "203.0.113.1"));
        server.add("2026-01-01T00:00:02Z", "{\"type\":\"indicator\"");
        assertThatThrownBy(() -> IntelWatch.pull(feed, temp.resolve("f"))).isInstanceOf(IOException.class);
        assertThat(Cursor.read(temp.resolve("f"))).isEmpty();
    }

    @Test
    void a_misp_feed_gives_changed_events_and_takes_back_those_that_are_gone() throws Exception {
        String id = "5a3c2fcd-8328-42bb-a95e-4f4402de0b81";
        server.files.put(
                "/feed/manifest.json", "{\"" + id + "\":{\"timestamp\":\"1\"},\"../../x\":{\"timestamp\":\"1\"}}");
        server.files.put(
                "/feed/" + id + ".json",
                "{\"Event\":{\"Attribute\":[{\"type\":\"ip-dst\",\"value\":\"203.0.113.8\",\"to_ids\":true}]}}");
        Feed feed = feed(Feed.Kind.MISP, server.url("/feed/"), "", "");
        Path folder = store().feed("one");
        assertThat(IntelWatch.pull(feed, folder)).isEqualTo(1);
        assertThat(met(set(feed), "203.0.113.8")).containsExactly("one");
        assertThat(IntelWatch.pull(feed, folder)).isZero();
        server.files.put("/feed/manifest.json", "{}");
        assertThat(IntelWatch.pull(feed, folder)).isEqualTo(1);
        assertThat(folder.resolve(id + ".json")).doesNotExist();
    }

    @Test
    void lists_travel_as_digests_and_are_made_again_from_what_is_kept() throws IOException {
        Path lists = Files.createDirectories(temp.resolve("intel/lists"));
        Files.writeString(lists.resolve("a.txt"), "203.0.113.1\n8.8.8.8\n192.0.2.7\n");
        IntelStore store = store();
        Opened first = store.load(IntelSettings.NONE, List.of("192.0.2.0/24")).orElseThrow();
        Pack pack = IntelPack.of(first);
        byte[] archive = PackArchive.rules(List.of(pack));
        assertThat(archive.length).isLessThan(4096);
        Detectors live = Detectors.of(
                RuleSet.compile(List.of(pack)), pack.indicators().stream().toList());
        assertThat(live.archive()).contains(archive);
        assertThat(Detectors.of(archive).digest()).isEqualTo(live.digest());
        assertThat(first.set().size()).isEqualTo(1);

        Files.writeString(lists.resolve("b.txt"), "203.0.113.2\n");
        Opened second = store.load(IntelSettings.NONE, List.of("192.0.2.0/24")).orElseThrow();
        assertThat(second.set().parts().get(0)).isSameAs(first.set().parts().get(0));
        assertThat(IntelPack.of(second).version()).isNotEqualTo(pack.version());
        assertThat(store.load(IntelSettings.NONE, List.of("192.0.2.0/24"))).containsSame(second);

        Files.delete(lists.resolve("a.txt"));
        Event event = Event.builder()
                .set(Ecs.TIMESTAMP, 1L)
                .set(Ecs.SOURCE_IP, "203.0.113.1")
                .build();
        IndicatorSet again = PackArchive.read(archive)
                .packs()
                .get(0)
                .indicators()
                .orElseThrow()
                .set();
        assertThat(again.match(event)).extracting(Hit::inbound).containsExactly(true);

        Path kept = temp.resolve("intel/kept")
                .resolve(first.manifest().sources().get(0).files().get(0).digest());
        Files.writeString(kept, "203.0.113.9\n");
        assertThatThrownBy(() -> Detectors.of(archive)).hasMessageContaining("was changed");
    }

    @Test
    void a_manifest_in_a_folder_of_rules_opens_nothing() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("pack"));
        Files.writeString(folder.resolve("pack.yml"), "id: x\nindicators: {file: intel.json}\n");
        Files.writeString(
                folder.resolve(Manifest.FILE),
                new Manifest(Path.of("/"), List.of(), List.of(), List.of(), List.of()).json());
        Pack pack = PackReader.read(folder);
        assertThat(pack.indicators().orElseThrow().set().size()).isZero();
    }
}
