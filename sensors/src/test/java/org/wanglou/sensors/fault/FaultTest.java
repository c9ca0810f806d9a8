package org.wanglou.sensors.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.sensors.SourceCounts;

/** Every transport of {@link Way} at once through each fault; with {@code -Dwanglou.full} for a minute and longer. */
class FaultTest {
    private static final boolean FULL = Boolean.getBoolean("wanglou.full");
    private static final long SPOOL = 64L << 20;

    @TempDir
    static Path folder;

    private static Kafka kafka;

    @BeforeAll
    static void broker() throws Exception {
        kafka = new Kafka(folder.resolve("kafka"));
    }

    @AfterAll
    static void noBroker() {
        if (kafka != null) {
            kafka.close();
        }
    }

    /** Kafka ends suddenly, and is away until what comes lies in the spool. */
    private static void away(Run run) throws Exception {
        kafka.kill();
        long back = System.nanoTime() + (FULL ? 60_000_000_000L : 0);
        run.sendMore(200, run.spooling());
        Run.until(() -> run.collector.report().spooled() > 0 && System.nanoTime() > back);
    }

    @Test
    void kafka_ends_and_comes_back_and_every_line_that_was_taken_is_there() throws Exception {
        try (Run run = new Run(kafka, folder, "away", SPOOL, "", !FULL)) {
            run.sendMore(100);
            away(run);
            kafka.start();
            run.sendMore(100);
            run.finish();
            Map<Way, Run.Found> found = run.identities();
            for (Sender sender : run.spooling()) {
                long kernel = run.kernelDrops(sender.way());
                SourceCounts counts = run.counts(sender.way());
                assertThat(sender.refusals()).isZero();
                assertThat(counts.received())
                        .as("received is what was sent less what the kernel threw away, " + sender.way())
                        .isEqualTo(sender.sent() - kernel);
                assertThat(counts.dropped()).isEmpty();
                assertThat(Run.missing(sender, found.get(sender.way())))
                        .as("lost is what the kernel counted, " + sender.way())
                        .hasSize((int) kernel);
            }
        }
    }

    @Test
    void a_full_spool_gives_up_what_it_counts_and_what_is_kept_elsewhere_comes_later() throws Exception {
        try (Run run = new Run(kafka, folder, "full", 128 << 10, "", true)) {
            givesUp(run, "spool_full");
        }
    }

    @Test
    void a_disk_that_takes_no_more_gives_up_what_it_counts_and_the_spool_stays_readable() throws Exception {
        // no file may grow beyond 64 KiB: the last record of the spool goes in by half, as on a full disk
        try (Run run = new Run(kafka, folder, "disk", SPOOL, "ulimit -f 128", true)) {
            givesUp(run, "spool_failed");
        }
    }

    private static void givesUp(Run run, String reason) throws Exception {
        run.sendMore(50);
        List<Sender> all = List.copyOf(run.senders.values());
        List<Sender> spooling = run.spooling();
        run.rest(all); // else what was under way might be in Kafka and given up as well
        run.arrived(all);
        run.quiet(all);
        Map<Sender, Integer> refusals = new HashMap<>();
        all.forEach(sender -> refusals.put(sender, sender.refusals()));
        kafka.kill();
        run.goOn(all);
        Run.until(() -> {
            for (Sender sender : all) {
                boolean felt = sender.way().spools()
                        ? run.counts(sender.way()).dropped().containsKey(reason)
                        : sender.way().kept != Way.Kept.ANSWERED || sender.refusals() > refusals.get(sender);
                if (!felt) {
                    return false;
                }
            }
            return true;
        });
        run.rest(spooling); // for the same reason
        run.arrived(spooling);
        run.spooled(spooling);
        kafka.start();
        run.quiet(spooling);
        run.goOn(spooling);
        run.sendMore(50);
        run.finish();
        Map<Way, Run.Found> found = run.identities();
        for (Sender sender : run.spooling()) {
            long kernel = run.kernelDrops(sender.way());
            Map<String, Long> dropped = run.counts(sender.way()).dropped();
            assertThat(dropped.keySet()).isEqualTo(Set.of(reason));
            assertThat(found.get(sender.way()).ids().size() + dropped.get(reason) + kernel)
                    .as("in Kafka + given up + kernel = sent, " + sender.way())
                    .isEqualTo(sender.sent());
        }
    }

    @Test
    void a_killed_collector_goes_on_where_it_was() throws Exception {
        try (Run run = new Run(kafka, folder, "kill", SPOOL, "", true)) {
            List<Sender> spooling = run.spooling();
            run.sendMore(100);
            run.rest(spooling);
            run.arrived(spooling);
            run.quiet(spooling);
            Map<Sender, Integer> safe = numbers(spooling);
            run.goOn(spooling);
            for (int kill = 0; kill < (FULL ? 20 : 1); kill++) {
                run.sendMore(60);
                run.restart();
                run.sendMore(60);
            }
            run.rest(spooling);
            run.reached(spooling);
            Map<Sender, Integer> from = numbers(spooling);
            Map<Sender, Long> before = new HashMap<>();
            for (Sender sender : spooling) {
                before.put(sender, received(run, sender));
            }
            kafka.kill();
            run.goOn(spooling);
            run.sendMore(150, spooling);
            run.rest(spooling);
            Map<Sender, Integer> spooled = numbers(spooling);
            Run.until(() -> {
                for (Sender sender : spooling) {
                    if (received(run, sender) - before.get(sender) < spooled.get(sender) - from.get(sender)) {
                        return false;
                    }
                }
                return true;
            });
            run.spooled(spooling);
            run.collector.kill();
            kafka.start();
            run.restart();
            run.goOn(spooling);
            run.sendMore(60);
            run.finishSending();
            Run.until(() -> run.found().get(Way.FILE).ids().size()
                    >= run.senders.get(Way.FILE).sent());
            run.quiet(List.copyOf(run.senders.values()));
            Map<Way, Run.Found> found = run.identities();
            for (Sender sender : spooling) {
                assertThat(Run.missing(sender, found.get(sender.way())))
                        .as("lost is at most what was under way at the kill, " + sender.way())
                        .noneMatch(number -> number < safe.get(sender))
                        .as("what lay in the spool is not lost, " + sender.way())
                        .noneMatch(number -> number >= from.get(sender) && number < spooled.get(sender));
            }
        }
    }

    @Test
    void a_topic_of_another_cluster_is_read_whole_through_outages_of_either_and_a_kill() throws Exception {
        try (Foreign foreign = new Foreign(folder.resolve("foreign"), kafka.port())) {
            foreign.send(200);
            Run.until(() -> foreign.found(kafka).size() == foreign.sent());
            kafka.kill();
            foreign.send(100);
            Run.until(() -> foreign.counts().pending() > 0);
            kafka.start();
            foreign.kill(); // what lies in our Kafka by now and is not committed there is read again
            foreign.cluster.kill();
            foreign.start();
            foreign.cluster.start();
            foreign.send(100);
            Run.until(() -> foreign.found(kafka).size() == foreign.sent());
            Run.until(() -> foreign.counts().pending() == 0);
            Map<Integer, Set<String>> found = foreign.found(kafka);
            assertThat(found.keySet()).allMatch(number -> number >= 0 && number < foreign.sent());
            assertThat(found.values())
                    .as("a record has one id, however often it was read")
                    .allMatch(ids -> ids.size() == 1);
            assertThat(found.values().stream().flatMap(Set::stream).distinct()).hasSize(foreign.sent());
            assertThat(foreign.counts().closes()).isTrue();
        }
    }

    /** What came in, and what the kernel threw away before it could. */
    private static long received(Run run, Sender sender) throws Exception {
        return run.counts(sender.way()).received() + run.kernelDrops(sender.way());
    }

    private static Map<Sender, Integer> numbers(List<Sender> senders) {
        Map<Sender, Integer> numbers = new HashMap<>();
        senders.forEach(sender -> numbers.put(sender, sender.sent()));
        return numbers;
    }
}
