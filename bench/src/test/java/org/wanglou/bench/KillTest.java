package org.wanglou.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wanglou.bench.check.Aftermath;
import org.wanglou.bench.oracle.BuiltInPacks;
import org.wanglou.bench.oracle.Episode;
import org.wanglou.bench.oracle.JsonLine;
import org.wanglou.bench.process.Program;
import org.wanglou.bench.receive.Arrival;
import org.wanglou.model.Incident;
import org.wanglou.model.Signal;
import org.wanglou.model.cases.Message;

class KillTest {
    private static final String RULE = "wl-ssh-brute-force";
    private static final Duration CATCH_UP = Duration.ofSeconds(120);
    private static final long SETTLED_MILLIS = 345_000;

    @Test
    void nothing_acknowledged_is_lost_and_each_signal_counts_once_over_sudden_ends() throws Exception {
        long seed = Seeds.draw("KillTest");
        int kills = Seeds.full() ? 50 : 5;
        Random random = new Random(seed);
        try (Stand stand = Stand.fresh("kill")) {
            List<String> heads = new ArrayList<>();
            List<String> ready = new ArrayList<>();
            ready.add("%.1f cold".formatted(stand.start()));
            NumberedSender sender = new NumberedSender(stand.instance(), seed, Seeds.full());
            sender.start();
            long reached = 0;
            for (int kill = 1; kill <= kills; kill++) {
                long point = reached + 200 + random.nextInt(2_000);
                await().atMost(CATCH_UP).pollInterval(Duration.ofMillis(1)).until(() -> sender.acknowledged() >= point);
                stand.kill();
                if (random.nextInt(5) == 0) {
                    killWhileStarting(stand, random);
                }
                heads.add(stand.ledgerHead());
                ready.add("%.1f".formatted(stand.start()));
                reached = sender.acknowledged();
            }
            sender.finish();
            System.out.println("KillTest seed " + seed + " lines " + sender.sent() + " attackers "
                    + sender.attackers().size() + " ready seconds " + ready);
            catchUp(stand, sender);
            check(stand, sender, heads);
        }
    }

    /** A start that does not come to its end either. */
    private static void killWhileStarting(Stand stand, Random random) throws Exception {
        Program starting = stand.launch();
        long until = System.nanoTime() + random.nextInt(6_000) * 1_000_000L;
        await().atMost(CATCH_UP)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> System.nanoTime() > until || !starting.alive());
        stand.kill();
    }

    private static void catchUp(Stand stand, NumberedSender sender) throws Exception {
        await().atMost(CATCH_UP).until(() -> stand.archive().count() >= sender.sent());
        Set<String> loud = sender.attackers().entrySet().stream()
                .filter(attacker -> attacker.getValue() >= 20)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        await().atMost(CATCH_UP).until(() -> told(stand.responder().arrivals()).containsAll(loud));
        if (Seeds.full()) {
            // what is open becomes final when the clock has passed the last line by span and grace
            long settled = sender.lastLineMillis() + SETTLED_MILLIS;
            await().atMost(Duration.ofMinutes(15)).until(() -> System.currentTimeMillis() > settled);
        }
        for (int round = 0; round < 5; round++) {
            stand.stop();
            if (isQuiet(stand, sender)) {
                return;
            }
            stand.start();
            await().during(Duration.ofSeconds(5)).atMost(CATCH_UP).until(() -> stand.program()
                    .alive());
        }
    }

    private static Set<String> told(List<Arrival> arrivals) {
        return arrivals.stream().flatMap(arrival -> arrival.actors().stream()).collect(Collectors.toSet());
    }

    private static boolean isQuiet(Stand stand, NumberedSender sender) {
        try (Aftermath aftermath = stand.aftermath()) {
            Map<String, Long> counts = signals(aftermath.incidents()).stream()
                    .collect(Collectors.toMap(Incident.SignalRef::key, Incident.SignalRef::count, Long::sum));
            boolean counted = sender.attackers().entrySet().stream()
                    .filter(attacker -> attacker.getValue() >= 20)
                    .allMatch(attacker -> counts.getOrDefault("[\"" + attacker.getKey() + "\"]", 0L)
                            == attacker.getValue().longValue());
            return counted
                    && aftermath.messages().stream().allMatch(message -> message.state() == Message.State.DELIVERED);
        }
    }

    private static List<Incident.SignalRef> signals(List<Incident> incidents) {
        return incidents.stream()
                .flatMap(incident -> incident.signals().stream())
                .filter(signal -> signal.ruleId().equals(RULE))
                .filter(signal -> signal.status() != Signal.Status.RETRACTED)
                .toList();
    }

    private static void check(Stand stand, NumberedSender sender, List<String> heads) throws Exception {
        List<JsonLine> archived =
                stand.archive().lines().stream().map(JsonLine::parse).toList();
        assertThat(archived.stream().map(JsonLine::id)).doesNotHaveDuplicates();
        List<Integer> numbers = archived.stream().map(NumberedSender::number).toList();
        assertThat(numbers).as("every line is archived once").doesNotHaveDuplicates();
        assertThat(numbers).as("acknowledged ⊆ archived").containsAll(sender.acknowledgedNumbers());
        assertThat(numbers).as("archived ⊆ sent").allMatch(number -> number < sender.sent());

        List<Episode> expected = BuiltInPacks.episodes(archived);
        assertThat(expected).isNotEmpty();
        try (Aftermath aftermath = stand.aftermath()) {
            List<Incident> incidents = aftermath.incidents();
            assertThat(new TreeSet<>(
                            signals(incidents).stream().map(KillTest::brief).toList()))
                    .as("windows equal the oracle over the archived lines")
                    .isEqualTo(
                            new TreeSet<>(expected.stream().map(KillTest::brief).toList()));
            assertThat(new TreeSet<>(incidents.stream().map(Incident::storyKey).toList()))
                    .isEqualTo(BuiltInPacks.storyKeys(expected));
            if (Seeds.full()) {
                assertThat(signals(incidents)).allMatch(signal -> signal.status() == Signal.Status.SETTLED);
            }
            messages(stand, aftermath.messages(), incidents);
            assertThat(aftermath.ledgerCheck().problems()).isEmpty();
            for (String head : heads) {
                assertThat(
                                head.isEmpty()
                                        ? List.of()
                                        : aftermath.continues(head).problems())
                        .as("the ledger continues the head published before each kill")
                        .isEmpty();
            }
        }
    }

    private static String brief(Incident.SignalRef signal) {
        return signal.key() + " n=" + signal.count() + " "
                + signal.eventIds().stream().sorted().toList();
    }

    private static String brief(Episode episode) {
        return episode.key() + " n=" + episode.count() + " "
                + episode.evidence().stream().sorted().toList();
    }

    private static void messages(Stand stand, List<Message> owed, List<Incident> incidents) {
        List<Arrival> arrivals = stand.responder().arrivals();
        assertThat(arrivals).allMatch(Arrival::verified);
        Map<String, Set<String>> ids = arrivals.stream()
                .collect(Collectors.groupingBy(
                        arrival -> arrival.incident() + " " + arrival.reason(),
                        Collectors.mapping(Arrival::id, Collectors.toSet())));
        assertThat(ids.values())
                .as("one message for each incident and reason, however often it was sent")
                .allMatch(same -> same.size() == 1);
        assertThat(ids).hasSize(owed.size());
        assertThat(arrivals.stream().map(Arrival::incident).collect(Collectors.toSet()))
                .isEqualTo(incidents.stream().map(Incident::id).collect(Collectors.toSet()));
        System.out.println("KillTest messages " + ids.size() + " arrivals " + arrivals.size());
    }
}
