package org.wanglou.bench.intel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.indicators.IndicatorSet.Part;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.table.Segment;
import org.wanglou.rules.indicators.table.SegmentBuilder;
import org.wanglou.rules.indicators.warning.Warninglists;

/** The measuring process. Times are CPU times of its one thread; rounds of both tables alternate. */
public final class IntelMain {
    private static final int LOOKUPS = 200_000;
    private static final int ROUNDS = 5;

    private IntelMain() {}

    /** Arguments: number of indicators, seed. Prints the figures as one JSON object. */
    public static void main(String[] arguments) throws Exception {
        int total = Integer.parseInt(arguments[0]);
        Values values = new Values(Long.parseLong(arguments[1]), total);
        long empty = used();
        long began = cpu();
        SegmentBuilder builder = new SegmentBuilder(values.seed());
        for (int i = 0; i < total; i++) {
            builder.add(values.indicator(i), -1);
        }
        Segment segment = builder.build();
        builder = null;
        long made = cpu() - began;
        long generated = generating(values, total);
        long heap = used() - empty;

        began = cpu();
        Map<String, Indicator> map = new HashMap<>();
        for (int i = 0; i < total; i++) {
            Indicator one = values.indicator(i);
            map.put(one.value(), one);
        }
        long mapMade = cpu() - began;
        long mapHeap = used() - empty - heap;

        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("indicators", total);
        figures.put("distinctValues", segment.values());
        figures.put("heapMib", heap >> 20);
        figures.put("bytesPerIndicator", heap / total);
        figures.put("tableBytesMib", segment.bytes() >> 20);
        figures.put("buildCpuSeconds", round((made - generated) / 1e9));
        figures.put("hashMapHeapMib", mapHeap >> 20);
        figures.put("hashMapBuildCpuSeconds", round((mapMade - generated) / 1e9));
        IndicatorSet set = IndicatorSet.of(List.of(new Part(segment, List.of(), List.of())), Warninglists.NONE);
        for (IndicatorType type :
                List.of(IndicatorType.IP, IndicatorType.DOMAIN, IndicatorType.HASH, IndicatorType.URL)) {
            for (boolean hit : List.of(true, false)) {
                figures.put(type.word() + (hit ? "Hit" : "Miss"), lookups(values, type, hit, set, map));
            }
        }
        figures.put("eventOfSixFields", events(values, set));
        System.out.println(new ObjectMapper().writeValueAsString(figures));
    }

    private static long generating(Values values, int total) {
        long began = cpu();
        long sum = 0;
        for (int i = 0; i < total; i++) {
            sum += values.indicator(i).value().length();
        }
        if (sum == 42) {
            System.err.println(sum);
        }
        return cpu() - began;
    }

    private static Map<String, Object> lookups(
            Values values, IndicatorType type, boolean hit, IndicatorSet set, Map<String, Indicator> map) {
        Event[] events = new Event[LOOKUPS];
        String[] texts = new String[LOOKUPS];
        SplittableRandom random = new SplittableRandom(values.seed());
        for (int i = 0; i < LOOKUPS; ) {
            int wanted = random.nextInt(values.total()) + (hit ? 0 : values.total());
            if (Values.type(wanted) == type) {
                texts[i] = values.value(wanted);
                events[i] = Event.builder()
                        .set(Ecs.TIMESTAMP, 1_790_000_000_000L)
                        .set(field(type), texts[i])
                        .build();
                i++;
            }
        }
        Event none = Event.builder().set(Ecs.TIMESTAMP, 1_790_000_000_000L).build();
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double idle = perCall(i -> set.match(none).size());
            ours[round] = perCall(i -> set.match(events[i]).size()) - idle;
            theirs[round] = perCall(i -> map.get(texts[i]) == null ? 0 : 1);
        }
        for (Event event : events) {
            found += set.match(event).isEmpty() ? 0 : 1;
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("nanosMedian", median(ours));
        figures.put("hashMapNanosMedian", median(theirs));
        figures.put("found", found);
        figures.put("of", LOOKUPS);
        return figures;
    }

    private static String field(IndicatorType type) {
        return switch (type) {
            case IP -> "destination.ip";
            case DOMAIN -> "dns.question.name";
            case HASH -> "file.hash.sha256";
            default -> "url.full";
        };
    }

    /** Whole events as of a proxy: two addresses, two names, an address of the web and a hash; nothing is on a list. */
    private static Map<String, Object> events(Values values, IndicatorSet set) {
        Event[] events = new Event[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            int from = values.total() + i * 20;
            events[i] = Event.builder()
                    .set(Ecs.TIMESTAMP, 1_790_000_000_000L)
                    .set("source.ip", values.value(from + 8))
                    .set("destination.ip", values.value(from + 9))
                    .set("url.domain", values.value(from))
                    .set("dns.question.name", values.value(from + 1))
                    .set("url.full", values.value(from + 19))
                    .set("file.hash.sha256", values.value(from + 14))
                    .build();
        }
        double[] ours = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = perCall(i -> set.match(events[i]).size());
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("nanosMedian", median(ours));
        figures.put("nanosPerField", median(ours) / 6);
        return figures;
    }

    private static double perCall(IntUnaryOperator call) {
        long began = cpu();
        long sum = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            sum += call.applyAsInt(i);
        }
        if (sum == Long.MIN_VALUE) {
            System.err.println(sum);
        }
        return (cpu() - began) / (double) LOOKUPS;
    }

    private static long median(double[] rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return Math.round(sorted[sorted.length / 2]);
    }

    private static double round(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
