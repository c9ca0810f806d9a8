package org.wanglou.sensors.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.SourceCounts;

/** One collector with a sender for every transport, and what they must agree on at the end. */
final class Run implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(180);

    final Collector collector;
    final Map<Way, Sender> senders = new EnumMap<>(Way.class);
    private final Kafka kafka;
    private final String tag;
    private boolean killed;

    /** What the topics hold of a source: each number's ids, and how many records. */
    record Found(Map<Integer, Set<String>> ids, long records) {}

    Run(Kafka kafka, Path folder, String tag, long spoolBytes, String limit, boolean hurried) throws Exception {
        this.kafka = kafka;
        this.tag = tag;
        Path own = folder.resolve(tag);
        Files.createDirectories(own.resolve("state"));
        Keys.make(own);
        this.collector = new Collector(own, tag, kafka.port(), spoolBytes, limit, hurried);
        for (Way way : Way.values()) {
            String source = way.source(tag);
            senders.put(way, new Sender(way, way.shipper(source, () -> collector.port(source), own)));
        }
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).until(condition);
    }

    List<Sender> spooling() {
        return senders.values().stream().filter(one -> one.way().spools()).toList();
    }

    SourceCounts counts(Way way) throws IOException {
        return collector.report().of(way.source(tag));
    }

    /** Each sender, or where there are answers each that is answered, has gone on by so many lines. */
    void sendMore(int lines, List<Sender> of) {
        Map<Sender, Integer> goal = new HashMap<>();
        of.forEach(one -> goal.put(one, one.given().size() + lines));
        until(() ->
                goal.entrySet().stream().allMatch(one -> one.getKey().given().size() >= one.getValue()));
    }

    void sendMore(int lines) {
        sendMore(lines, List.copyOf(senders.values()));
    }

    /** Nobody sends. */
    void rest(List<Sender> of) {
        of.forEach(one -> one.rest(true));
        until(() -> of.stream().allMatch(Sender::rests));
    }

    void goOn(List<Sender> of) {
        of.forEach(one -> one.rest(false));
    }

    /** All that came in by these has been decided on. Only who rests comes to that. */
    void quiet(List<Sender> of) {
        until(() -> {
            Collector.Report report = collector.report();
            return of.stream().allMatch(one -> report.of(one.way().source(tag)).pending() == 0);
        });
    }

    /** All that came in by these, which rest, lies in the spool or is given up. */
    void spooled(List<Sender> of) {
        until(() -> {
            Collector.Report report = collector.report();
            return report.spooled()
                    == of.stream()
                            .mapToLong(one -> report.of(one.way().source(tag)).pending())
                            .sum();
        });
    }

    /** The last that each of these, which rest, has sent is in Kafka, or the kernel threw some away and none is under way. */
    void reached(List<Sender> of) {
        until(() -> {
            Map<Way, Found> found = found();
            for (Sender one : of) {
                boolean there =
                        found.get(one.way()).ids().containsKey(one.given().last());
                if (!there && kernelDrops(one.way()) == 0) {
                    return false;
                }
            }
            return true;
        });
        quiet(of);
    }

    /** Kills the collector and starts it on what it left, with what Kafka held by then. */
    void restart() throws Exception {
        killed = true;
        collector.kill();
        Map<String, Long> inKafka = inKafka();
        for (Map<String, Long> again = inKafka(); !again.equals(inKafka); again = inKafka()) {
            inKafka = again; // Kafka was still at work on what it had been sent
        }
        collector.start();
        collector.settle(inKafka);
    }

    /** All that was sent by these, as far as the kernel took it, has come in. */
    void arrived(List<Sender> of) {
        until(() -> {
            for (Sender one : of) {
                if (counts(one.way()).received() < one.given().size() - kernelDrops(one.way())) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Nobody sends any more, and who waits for an answer has it. */
    void finishSending() {
        senders.values().forEach(Sender::finish);
        until(() -> senders.values().stream().allMatch(Sender::finished));
    }

    void finish() {
        finishSending();
        arrived(spooling());
        quiet(List.copyOf(senders.values()));
        until(() -> counts(Way.FILE).published() >= senders.get(Way.FILE).sent());
    }

    /** The kernel's own word for what it threw away at the socket of a source (last column of /proc/net/udp and udp6). */
    long kernelDrops(Way way) throws IOException {
        if (way.kept != Way.Kept.DATAGRAM) {
            return 0;
        }
        String port = String.format(Locale.ROOT, ":%04X", collector.port(way.source(tag)));
        long drops = 0;
        for (String table : List.of("/proc/net/udp", "/proc/net/udp6")) {
            if (Files.exists(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table), StandardCharsets.US_ASCII)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length > 2 && columns[1].endsWith(port)) {
                        drops += Long.parseLong(columns[columns.length - 1]);
                    }
                }
            }
        }
        return drops * (way == Way.NETFLOW ? 5 : 1);
    }

    Map<Way, Found> found() throws Exception {
        Map<Way, Found> found = new EnumMap<>(Way.class);
        Map<String, List<Event>> bySource = new HashMap<>();
        for (Event event : kafka.events()) {
            bySource.computeIfAbsent(event.text(Ecs.WL_SOURCE).orElse(""), source -> new ArrayList<>())
                    .add(event);
        }
        for (Way way : Way.values()) {
            Map<Integer, Set<String>> ids = new HashMap<>();
            List<Event> events = bySource.getOrDefault(way.source(tag), List.of());
            events.forEach(event -> ids.computeIfAbsent(way.number(event), number -> new HashSet<>())
                    .add(event.id()));
            found.put(way, new Found(ids, events.size()));
        }
        return found;
    }

    /** What Kafka holds, by source, as the archive tells it to sensors that start. */
    Map<String, Long> inKafka() throws Exception {
        Map<String, Long> inKafka = new HashMap<>();
        found().forEach((way, found) -> inKafka.put(way.source(tag), found.records()));
        return inKafka;
    }

    /** What holds after every fault, whatever it was. */
    Map<Way, Found> identities() throws Exception {
        Map<Way, Found> all = found();
        for (Sender sender : senders.values()) {
            Way way = sender.way();
            Found found = all.get(way);
            SourceCounts counts = counts(way);
            String what = way + " sent " + sender.sent() + " taken "
                    + sender.given().size() + " in Kafka " + found.ids().size() + " records " + found.records()
                    + " kernel " + kernelDrops(way) + " " + counts;
            System.out.println("fault " + tag + ": " + what);
            assertThat(counts.closes())
                    .as("received = published + dropped + pending: " + what)
                    .isTrue();
            assertThat(counts.pending()).as(what).isZero();
            assertThat(found.ids().keySet())
                    .as("nothing is there that was not sent: " + what)
                    .allMatch(number -> number >= 0 && number < sender.sent());
            assertThat(found.ids().values())
                    .as("a line has one id, however often it came: " + what)
                    .allMatch(ids -> ids.size() == 1 || killed && !way.keepsIdsOverKills());
            assertThat(found.ids().values().stream()
                            .flatMap(Set::stream)
                            .distinct()
                            .count())
                    .as("an id has one line: " + what)
                    .isEqualTo(
                            found.ids().values().stream().mapToLong(Set::size).sum());
            assertThat(counts.published())
                    .as("published is what Kafka holds: " + what)
                    .isBetween((long) found.ids().size(), found.records());
            if (!way.spools()) {
                assertThat(missing(sender, found))
                        .as("nothing acknowledged is lost: " + what)
                        .isEmpty();
                assertThat(Map.copyOf(counts.dropped()).keySet())
                        .as("what is kept elsewhere is given up by nobody: " + what)
                        .isSubsetOf("handed_back");
            }
        }
        return all;
    }

    /** Numbers that were taken and are not there. */
    static Set<Integer> missing(Sender sender, Found found) {
        Set<Integer> missing = new TreeSet<>(sender.given());
        missing.removeAll(found.ids().keySet());
        return missing;
    }

    @Override
    public void close() {
        collector.close();
    }
}
