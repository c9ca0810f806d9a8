package org.wanglou.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.wanglou.bench.ingest.Contestant;
import org.wanglou.bench.ingest.Lines;
import org.wanglou.bench.ingest.Sender;
import org.wanglou.bench.ingest.Shelf;

/**
 * The sensors stage beside rsyslog and syslog-ng, all at once on one broker, in turn: all lines of a round over one TCP
 * connection, parsed, written to Kafka as JSON with {@code acks=all} and lz4. CPU of a contestant is that of its process
 * from the first byte sent until its topic has grown by all lines; then every record is read back, those of warming up too.
 *
 * <p>A collector runs for months and its JVM compiles for a minute: Wanglou has more rounds to warm up than the others. What
 * its compiler and its collector take in the counted rounds is in its CPU all the same, and said beside it.
 */
final class IngestRun implements Figures.Run {
    private static final int LINES = Integer.getInteger("wanglou.ingest.lines", 400_000);
    private static final int WARM_UP = Integer.getInteger("wanglou.ingest.warm", 8);
    /** Of them, those of all contestants. */
    private static final int WARM_UP_OF_ALL = 1;

    private static final int ROUNDS = Integer.getInteger("wanglou.ingest.rounds", 5);
    private static final long LIMIT_NANOS = 120_000_000_000L;

    private interface Starter {
        Contestant start(Path folder, String broker) throws Exception;
    }

    private final Map<String, Object> leftOut = new LinkedHashMap<>();

    @Override
    public Map<String, Object> measure(long seed) throws Exception {
        Path stands = Files.createDirectories(Path.of("target", "stands"));
        Path folder = Files.createTempDirectory(stands, "ingest-").toAbsolutePath();
        List<Contestant> field = new ArrayList<>();
        Map<String, List<Map<String, Object>>> rounds = new LinkedHashMap<>();
        try (Contestant broker = Contestant.broker(folder)) {
            String server = "127.0.0.1:" + broker.port();
            try {
                String recording = System.getProperty("wanglou.ingest.jfr", "");
                List<String> flags = recording.isEmpty()
                        ? List.of()
                        : List.of(
                                "-XX:+UnlockDiagnosticVMOptions",
                                "-XX:+DebugNonSafepoints",
                                "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
                enter(field, "wanglou", folder, server, (at, to) -> Contestant.wanglou(at, to, flags));
                enter(field, "rsyslog", folder, server, Contestant::rsyslog);
                enter(field, "syslog-ng", folder, server, Contestant::syslogNg);
                Lines lines = Lines.of(LINES, seed);
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    if (round >= 0) {
                        lines = Lines.of(LINES, seed + 1 + round);
                    }
                    for (Contestant contestant : field) {
                        if (round < -WARM_UP_OF_ALL && !contestant.name().equals("wanglou")) {
                            continue;
                        }
                        Map<String, Object> row = round(contestant, broker, server, lines);
                        System.out.println(contestant.name() + " round " + round + " " + row);
                        if (round >= 0) {
                            rounds.computeIfAbsent(contestant.name(), name -> new ArrayList<>())
                                    .add(row);
                        }
                    }
                }
                return figures(field, rounds);
            } finally {
                for (Contestant contestant : field) {
                    contestant.close();
                }
            }
        }
    }

    private void enter(List<Contestant> field, String name, Path folder, String server, Starter starter) {
        try {
            if (!name.equals("wanglou")) {
                Shelf.create(server, name);
            }
            Contestant contestant = starter.start(folder.resolve(name), server);
            field.add(contestant);
            contestant.ready();
        } catch (Exception e) {
            field.removeIf(contestant -> contestant.name().equals(name));
            System.out.println(name + " is left out: " + e);
            leftOut.put(name, e.toString());
        }
    }

    private static Map<String, Object> round(Contestant contestant, Contestant broker, String server, Lines lines)
            throws Exception {
        try (Shelf shelf = new Shelf(server, contestant.topic());
                Sender sender = new Sender(contestant.port())) {
            Map<TopicPartition, Long> from = shelf.ends();
            double brokerBefore = broker.cpuSeconds();
            Map<String, Double> threadsBefore = contestant.cpuByThread();
            double before = contestant.cpuSeconds();
            long began = System.nanoTime();
            CompletableFuture<Double> sent = sender.send(lines.bytes());
            while (shelf.since(from) < LINES) {
                if (System.nanoTime() - began > LIMIT_NANOS
                        || !contestant.process().isAlive()) {
                    throw new IllegalStateException(
                            contestant.name() + " has written " + shelf.since(from) + ":\n" + contestant.tail());
                }
                Thread.sleep(10);
            }
            double cpu = contestant.cpuSeconds() - before;
            // the connection is open still, so that its thread is there to be counted
            Map<String, Double> threads = ThreadGroups.between(threadsBefore, contestant.cpuByThread());
            double wall = (System.nanoTime() - began) / 1e9;
            double brokerCpu = broker.cpuSeconds() - brokerBefore;
            Shelf.Found found = shelf.read(from, lines);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("linesPerCpuSecond", Math.round(LINES / cpu));
            row.put("cpuSeconds", Samples.round(cpu));
            row.put("cpuSecondsByThread", named(threads));
            row.put("wallSeconds", Samples.round(wall));
            row.put("senderCpuSeconds", Samples.round(sent.get()));
            row.put("brokerCpuSeconds", Samples.round(brokerCpu));
            row.put("recordsReadBackOnceEach", found.records());
            row.put("ticksAmongThem", found.others());
            row.put("bytesPerRecord", found.meanBytes());
            row.put("bytesOfRecordsPerCpuSecond", Math.round(found.meanBytes() * LINES / cpu));
            row.put("fieldsOfSamples", found.fields());
            return row;
        }
    }

    /** The threads that took most, the numbers at the ends of their names left out. */
    private static Map<String, Object> named(Map<String, Double> threads) {
        Map<String, Double> sums = new TreeMap<>();
        threads.forEach((name, seconds) -> sums.merge(name.replaceFirst("[-#:]?\\d+$", ""), seconds, Double::sum));
        Map<String, Object> named = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(entry -> entry.getValue() >= 0.01)
                .limit(8)
                .forEach(entry -> named.put(entry.getKey(), Samples.round(entry.getValue())));
        return named;
    }

    private Map<String, Object> figures(List<Contestant> field, Map<String, List<Map<String, Object>>> rounds)
            throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("lines", LINES);
        figures.put("leftOut", leftOut);
        Map<String, double[]> rates = new LinkedHashMap<>();
        Map<String, double[]> volumes = new LinkedHashMap<>();
        for (Contestant contestant : field) {
            List<Map<String, Object>> rows = Objects.requireNonNull(rounds.get(contestant.name()));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("peakMib", contestant.peakMib());
            fields.put("fieldsOfSamples", rows.get(0).get("fieldsOfSamples"));
            double[] rate = column(rows, "linesPerCpuSecond");
            rates.put(contestant.name(), rate);
            volumes.put(contestant.name(), column(rows, "bytesOfRecordsPerCpuSecond"));
            rows.forEach(row -> row.remove("fieldsOfSamples"));
            fields.put("linesPerCpuSecondMedian", Math.round(median(rate)));
            fields.put("rounds", rows);
            figures.put(contestant.name(), fields);
        }
        compare(figures, "linesWanglouTo-", rates);
        compare(figures, "bytesOfRecordsWanglouTo-", volumes);
        return figures;
    }

    private static double[] column(List<Map<String, Object>> rows, String name) {
        return rows.stream()
                .mapToDouble(row -> ((Number) Objects.requireNonNull(row.get(name))).doubleValue())
                .toArray();
    }

    /** Ours to each of theirs, round by round. */
    private static void compare(Map<String, Object> figures, String name, Map<String, double[]> all) {
        double[] ours = all.remove("wanglou");
        if (ours != null) {
            all.forEach((rival, theirs) -> figures.put(name + rival, ratios(ours, theirs)));
        }
    }

    private static double[] ratios(double[] ours, double[] theirs) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ours.length; i++) {
            ratios[i] = Math.round(100 * ours[i] / theirs[i]) / 100.0;
        }
        return ratios;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
