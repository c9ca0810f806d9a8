package org.wanglou.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wanglou.bench.check.Aftermath;
import org.wanglou.bench.process.Instance;
import org.wanglou.bench.send.IngestSender;
import org.wanglou.bench.send.Targets;
import org.wanglou.model.Incident;

class TimeTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int ATTACKERS = 12;

    /** Twenty failures of each attacker as ECS lines with ids of their own, received some minutes after they happened. */
    private static List<String> attacks(Instant start) {
        List<String> lines = new ArrayList<>();
        for (int attacker = 0; attacker < ATTACKERS; attacker++) {
            for (int i = 0; i < 20; i++) {
                lines.add(failure(start.plusMillis(attacker * 37L + i * 911L), attacker, "a" + attacker + "-" + i));
            }
        }
        return lines;
    }

    private static String failure(Instant at, int attacker, String id) {
        return "{\"@timestamp\":\"" + at + "\",\"event\":{\"id\":\"" + id
                + "\",\"dataset\":\"openssh\",\"category\":[\"authentication\"],\"outcome\":\"failure\"},\"host\":{\"name\":\""
                + Targets.host(attacker) + "\"},\"source\":{\"ip\":\"" + Targets.address(attacker)
                + "\"},\"user\":{\"name\":\"root\"}}";
    }

    private static List<String> disturbances(Instant start) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String when = i % 2 == 0 ? "2099-01-01T00:00:0" + i % 10 + "Z" : "1970-01-01T00:00:0" + i % 10 + "Z";
            // of strangers of their own: a claimed time a day away is replaced by that of receipt, so they do count
            lines.add(failure(start, ATTACKERS + i, "d" + i).replace(start.toString(), when));
        }
        return lines;
    }

    @Test
    void wrong_clocks_order_and_partitions_change_no_fingerprint_of_the_running_program() throws Exception {
        Random random = new Random(Seeds.draw("TimeTest"));
        Instant start = Instant.now().minusSeconds(60);
        TreeMap<String, String> calm;
        TreeMap<String, String> disturbed;
        try (Stand four = Stand.fresh("time-calm");
                Stand eight = Stand.fresh("time-disturbed")) {
            eight.instance().withProfile("medium");
            four.start();
            eight.start();
            List<String> input = attacks(start);
            send(four, input);
            List<String> shuffled = new ArrayList<>(attacks(start));
            shuffled.addAll(disturbances(start));
            shuffled.addAll(attacks(start).subList(0, 50));
            Collections.shuffle(shuffled, random);
            send(eight, shuffled);
            calm = fingerprints(four);
            disturbed = fingerprints(eight);
        }
        assertThat(calm).hasSize(ATTACKERS);
        assertThat(disturbed).isEqualTo(calm);
    }

    private static void send(Stand stand, List<String> lines) throws Exception {
        IngestSender sender = new IngestSender(stand.instance(), Instance.HTTP_ECS);
        for (int at = 0; at < lines.size(); at += 25) {
            sender.deliver(lines.subList(at, Math.min(at + 25, lines.size())), LIMIT);
        }
    }

    private static TreeMap<String, String> fingerprints(Stand stand) throws Exception {
        await().atMost(LIMIT)
                .until(() -> stand.responder().arrivals().stream()
                                .flatMap(arrival -> arrival.actors().stream())
                                .distinct()
                                .count()
                        >= ATTACKERS);
        stand.stop();
        TreeMap<String, String> fingerprints = new TreeMap<>();
        try (Aftermath aftermath = stand.aftermath()) {
            for (Incident incident : aftermath.incidents()) {
                fingerprints.put(incident.storyKey(), incident.fingerprint());
            }
        }
        return fingerprints;
    }

    /**
     * There is no rule type for absence ("A and then nothing") yet; what comes nearest is a count with an upper bound,
     * which can only be judged when its window is over: silence itself has to close it.
     */
    @Test
    void a_window_is_closed_by_ticks_alone_when_nothing_more_comes() throws Exception {
        try (Stand stand = Stand.fresh("silence")) {
            Path pack = PuppetTest.pack(stand, "ssh-brute-force", "correlate.yml", "gte: 20", "lte: 3");
            Path rule = pack.resolve("correlate.yml");
            Files.writeString(rule, Files.readString(rule).replace("timespan: 5m", "timespan: 10s"));
            stand.instance().withPacks(false, pack);
            stand.start();
            IngestSender sender = new IngestSender(stand.instance(), Instance.HTTP_ECS);
            // within the grace of 300 s, so that the clock passes span and grace soon after this source has fallen
            // silent
            Instant then = Instant.now().minusSeconds(270);
            sender.deliver(List.of(failure(then, 1, "lonely"), failure(then.plusSeconds(1), 1, "pair")), LIMIT);
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> !stand.responder().about(Targets.address(1)).isEmpty());
            stand.stop();
            assertThat(stand.responder().arrivals()).hasSize(1);
        }
    }
}
