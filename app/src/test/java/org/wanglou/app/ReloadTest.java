package org.wanglou.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.BatchHandler;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.Worker;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.model.Signal;
import org.wanglou.rules.Packs;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/** Rules are changed under a running instance while events keep coming. */
class ReloadTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int EVENTS_AROUND = 40;

    @TempDir
    Path temp;

    private record Place(String topic, int partition, long offset) {}

    /** What the topics said: where each event lies, which events a signal names, where each task switched. */
    private static final class Heard implements BatchHandler {
        private final Map<String, Place> events = new ConcurrentHashMap<>();
        private final Set<String> signalled = ConcurrentHashMap.newKeySet();
        private final Map<String, Map<String, Long>> switches = new ConcurrentHashMap<>();

        @Override
        public void handle(List<Received> batch) {
            for (Received record : batch) {
                try {
                    hear(record);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private void hear(Received record) throws IOException {
            if (Wire.same(record.type(), Wire.TICK_1)) {
                return;
            }
            switch (record.topic()) {
                case EVENTS ->
                    events.put(
                            record.trace(), new Place(record.topic().topicName(), record.partition(), record.offset()));
                case STORIES -> {
                    Signal signal = SignalCodec.decode(record.value());
                    if (signal.ruleId().equals("wl-ssh-success")) {
                        signalled.addAll(signal.evidence().eventIds());
                    }
                }
                default -> {
                    JsonNode value = Jsons.mapper().readTree(record.value());
                    switches.computeIfAbsent(value.path("digest").asText(), digest -> new ConcurrentHashMap<>())
                            .put(
                                    value.path("topic").asText() + "/"
                                            + value.path("partition").asInt(),
                                    value.path("offset").asLong());
                }
            }
        }

        /** Where the events that were sent lie; the canary lies among them and is in no archive. */
        Map<String, Place> sent(Tower tower) {
            Map<String, Place> sent = new TreeMap<>(events);
            sent.keySet().removeIf(id -> tower.index().get(id).isEmpty());
            return sent;
        }

        /** Offset of the first record that the rules of this digest judged. */
        long switched(String digest, Place place) {
            return switches.getOrDefault(digest, Map.of())
                    .getOrDefault(place.topic() + "/" + place.partition(), Long.MAX_VALUE);
        }

        @Override
        public OptionalLong position(Topic topic, int partition) {
            return OptionalLong.empty();
        }
    }

    @Test
    void no_event_before_the_switch_matches_the_new_rules_and_every_one_after_it_does() throws Exception {
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"));
                Tower tower = Tower.start(data, Samples.settings(List.of()), Clock.systemUTC())) {
            await().atMost(LONG).until(tower::ready);
            Heard heard = new Heard();
            try (Worker worker =
                    tower.bus().worker("reload-test", Set.of(Topic.EVENTS, Topic.STORIES, Topic.SWITCHES), heard)) {
                worker.start();
                InetSocketAddress udp = tower.sensors().boundAddress("syslog-udp");
                AtomicBoolean swapped = new AtomicBoolean();
                AtomicInteger sentCount = new AtomicInteger();
                Thread sender = new Thread(() -> send(udp, swapped, sentCount), "reload-test-sender");
                sender.start();
                await().atMost(LONG)
                        .until(() -> tower.correlator().detected().getOrDefault("syslog-udp", 0L) > EVENTS_AROUND);
                assertThat(tower.reload(Samples.settings(Packs.builtIn()), "test"))
                        .isEmpty();
                swapped.set(true);
                sender.join();
                int events = sentCount.get();
                await().atMost(LONG).until(() -> tower.index().count() == events);
                String digest = Detectors.of(RuleSet.compile(Packs.builtIn()), InForce.indicators(Packs.builtIn()))
                        .digest();
                await().atMost(LONG).until(() -> heard.sent(tower).size() == events);
                Map<String, Place> sent = heard.sent(tower);
                Set<String> after = new TreeSet<>();
                await().atMost(LONG).untilAsserted(() -> {
                    after.clear();
                    sent.forEach((id, place) -> {
                        if (place.offset() >= heard.switched(digest, place)) {
                            after.add(id);
                        }
                    });
                    assertThat(after).isNotEmpty().hasSizeLessThan(events);
                    assertThat(heard.signalled).containsExactlyInAnyOrderElementsOf(after);
                    assertThat(tower.correlator().detected()).containsEntry("syslog-udp", (long) events);
                });
            }
            await().atMost(LONG).until(() -> tower.ledgerPending() == 0);
            assertThat(sealed(tower, "rulebundle")).hasSize(2);
            assertThat(sealed(tower, "config")).hasSize(2);
            assertThat(sealed(tower, "config").get(1).objectJson()).contains("\"cause\":\"test\"");

            aBrokenPackLeavesEverythingAsItWas(tower);
        }
    }

    private void aBrokenPackLeavesEverythingAsItWas(Tower tower) throws IOException {
        Path pack = Files.createDirectories(temp.resolve("broken"));
        Files.writeString(pack.resolve("pack.yml"), "id: broken\n");
        Files.writeString(pack.resolve("story.drl"), "package broken\nrule \"a\" when this is no DRL then end\n");
        Settings held = tower.settings();

        assertThat(tower.reload(Samples.settings(Packs.fromFolders(List.of(pack))), "test"))
                .hasValueSatisfying(why -> assertThat(why).contains("the old rules and settings stay", "broken"));

        assertThat(tower.settings()).isSameAs(held);
        assertThat(tower.trouble()).contains("reload failed");
        assertThat(sealed(tower, "rulebundle")).hasSize(2);
        assertThat(tower.reload(held, "test")).isEmpty();
        assertThat(tower.trouble()).isEmpty();
    }

    private static List<OwedEntry> sealed(Tower tower, String type) {
        return tower.cases().transaction(tx -> tx.entriesOf(type, "sample"));
    }

    /** Sends until some time after the swap. */
    private static void send(InetSocketAddress to, AtomicBoolean swapped, AtomicInteger sent) {
        try {
            for (int left = EVENTS_AROUND; left > 0; left -= swapped.get() ? 1 : 0) {
                Samples.sshd(
                        to,
                        "Accepted password for user" + sent.get() + " from 198.51.100.9 port 40000 ssh2",
                        Clock.systemUTC().instant());
                sent.incrementAndGet();
                Thread.sleep(20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
