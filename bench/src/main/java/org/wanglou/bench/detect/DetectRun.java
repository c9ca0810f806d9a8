package org.wanglou.bench.detect;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.wanglou.bench.figures.Figures;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.match.Matcher;
import org.wanglou.rules.sigma.match.Matching;
import org.wanglou.rules.sigma.match.RuleCost;

/**
 * Detection on one thread, by its CPU time: JSON records in, matching rules out, over all rules of a folder, with log sources and
 * without, by kind of event; and how it grows with the number of rules. Rounds are interleaved, after one for warming up, so that
 * what disturbs the machine disturbs all. Folders come from the environment: {@code WANGLOU_SIGMA} of rules, {@code
 * WANGLOU_CORPORA} of events.
 */
public final class DetectRun implements Figures.Run {
    private static final int ROUNDS = 3;
    private static final long ROUND_NANOS = Long.getLong("wanglou.round.millis", 1_000) * 1_000_000L;
    private static final int[] SIZES = {100, 500, 1_000, 3_000, 10_000};

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Course(String name, Matching matching, byte[][] records, double[] micros, int[] next) {
        Course(String name, Matching matching, byte[][] records) {
            this(name, matching, records, new double[ROUNDS], new int[1]);
        }
    }

    private long sink;

    @Override
    public Map<String, Object> measure(long seed) throws IOException {
        String rules = System.getenv("WANGLOU_SIGMA");
        if (rules == null) {
            return Map.of("skipped", "WANGLOU_SIGMA names no folder of Sigma rules");
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        long before = used();
        long began = System.nanoTime();
        long cpu = cpu();
        RuleFolder folder = RuleFolder.read(Path.of(rules), seed);
        figures.put("rules", folder.all().size());
        figures.put("problems", folder.problems());
        figures.put("readWallMillis", (System.nanoTime() - began) / 1_000_000);
        figures.put("readCpuMillis", (cpu() - cpu) / 1_000_000);
        began = System.nanoTime();
        cpu = cpu();
        Matcher routed = new Matcher(folder.all(), true, Set.of());
        figures.put("compileWallMillis", (System.nanoTime() - began) / 1_000_000);
        figures.put("compileCpuMillis", (cpu() - cpu) / 1_000_000);
        Matching opened = routed.open();
        figures.put("memoryMibOfRulesAndTables", (used() - before) >> 20);
        figures.put("tableKib", routed.tableBytes() >> 10);
        Matcher unrouted = new Matcher(folder.all(), false, Set.of());
        Map<String, byte[][]> kinds =
                Corpora.read(Path.of(System.getenv().getOrDefault("WANGLOU_CORPORA", "none")), seed);
        List<Course> courses = new ArrayList<>();
        kinds.forEach((kind, records) -> {
            courses.add(new Course(kind + " / no routing", unrouted.open(), records));
            courses.add(new Course(kind + " / routing", opened, records));
        });
        byte[][] all = kinds.values().stream().flatMap(Arrays::stream).toArray(byte[][]::new);
        Collections.shuffle(Arrays.asList(all), new Random(seed));
        courses.add(new Course("all kinds / no routing", unrouted.open(), all));
        courses.add(new Course("all kinds / routing", opened, all));
        run(courses);
        figures.put("distinctEvents", all.length);
        courses.forEach(course -> figures.put(course.name, row(course)));
        figures.put("costliestRules", costliest(unrouted));
        figures.put("growth", growth(folder, kinds));
        figures.put("resultsRead", sink);
        return figures;
    }

    private Map<String, Object> growth(RuleFolder folder, Map<String, byte[][]> kinds) {
        byte[][] mixed = kinds.values().stream()
                .flatMap(records -> Arrays.stream(records).limit(4_000))
                .toArray(byte[][]::new);
        List<Course> courses = new ArrayList<>();
        for (int size : SIZES) {
            List<SigmaRule> rules = folder.count(size);
            courses.add(new Course(size + " rules / no routing", new Matcher(rules, false, Set.of()).open(), mixed));
            courses.add(new Course(size + " rules / routing", new Matcher(rules, true, Set.of()).open(), mixed));
        }
        run(courses);
        Map<String, Object> rows = new LinkedHashMap<>();
        courses.forEach(course -> rows.put(course.name, Math.round(1e6 / median(course))));
        return rows;
    }

    private void run(List<Course> courses) {
        for (int round = -1; round < ROUNDS; round++) {
            for (Course course : courses) {
                double micros = pass(course);
                if (round >= 0) {
                    course.micros[round] = micros;
                }
            }
        }
    }

    /** CPU microseconds for each event; a round goes on where the one before left off. */
    private double pass(Course course) {
        long from = cpu();
        long count = 0;
        int next = course.next[0];
        do {
            for (int i = 0; i < 500; i++) {
                match(course.matching, course.records[next]);
                next = next + 1 == course.records.length ? 0 : next + 1;
            }
            count += 500;
        } while (cpu() - from < ROUND_NANOS);
        course.next[0] = next;
        return (cpu() - from) / 1e3 / count;
    }

    private void match(Matching matching, byte[] record) {
        if (!matching.match(record, 0, record.length, rule -> sink++)) {
            matching.match(decoded(record), rule -> sink++);
        }
    }

    private static Event decoded(byte[] record) {
        try {
            return EventCodec.decode(record);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Object> row(Course course) {
        Set<String> rules = new HashSet<>();
        long[] counts = new long[3];
        for (byte[] record : course.records) {
            long before = counts[0];
            boolean stood = course.matching.match(record, 0, record.length, rule -> {
                rules.add(rule.id());
                counts[0]++;
            });
            counts[1] += counts[0] > before ? 1 : 0;
            counts[2] += stood ? 0 : 1;
        }
        double[] sorted = course.micros.clone();
        Arrays.sort(sorted);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("eventsPerCpuSecondMedian", Math.round(1e6 / sorted[ROUNDS / 2]));
        row.put("lowest", Math.round(1e6 / sorted[ROUNDS - 1]));
        row.put("highest", Math.round(1e6 / sorted[0]));
        row.put("events", course.records.length);
        row.put(
                "bytesPerEvent",
                Arrays.stream(course.records).mapToInt(r -> r.length).sum() / course.records.length);
        row.put("eventsWithMatch", counts[1]);
        row.put("matches", counts[0]);
        row.put("rulesThatMatch", rules.size());
        row.put("decodedFirst", counts[2]);
        return row;
    }

    private static List<String> costliest(Matcher matcher) {
        long events = Math.max(1, matcher.events());
        return matcher.costs().stream()
                .sorted((a, b) -> Long.compare(b.evaluated(), a.evaluated()))
                .limit(8)
                .map(cost -> line(cost, events))
                .toList();
    }

    private static String line(RuleCost cost, long events) {
        return String.format(
                java.util.Locale.ROOT,
                "%s: looked at for %.2f of events, %.1f steps of expressions each%s",
                cost.ruleId(),
                (double) cost.evaluated() / events,
                (double) cost.steps() / events,
                cost.textless() ? ", has no indexable text" : "");
    }

    private static double median(Course course) {
        double[] sorted = course.micros.clone();
        Arrays.sort(sorted);
        return sorted[ROUNDS / 2];
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
