package org.wanglou.bench.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.wanglou.bench.Stand;

/**
 * Seconds from the start of the process until it says it is ready: with a new data directory, after an orderly stop, and
 * after SIGKILL in the middle of a load of 500 events a second.
 */
final class ReadyRun implements Figures.Run {
    private static final int ROUNDS = Integer.getInteger("wanglou.rounds", 3);
    private static final int LOAD_SECONDS = 15;

    @Override
    public Map<String, Object> measure(long seed) throws Exception {
        List<Double> cold = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> killed = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            try (Stand stand = Stand.fresh("ready")) {
                cold.add(stand.start());
                try (Load load = new Load(stand.instance(), Load.Way.HTTP, random.nextLong())) {
                    load.rate(500);
                    Thread.sleep(LOAD_SECONDS * 1_000L + random.nextInt(1_000));
                    stand.kill();
                }
                killed.add(stand.start());
                stand.stop();
                again.add(stand.start());
                stand.stop();
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("unit", "seconds");
        figures.put("cold", summary(cold));
        figures.put("afterKill9", summary(killed));
        figures.put("afterOrderlyStop", summary(again));
        return figures;
    }

    private static Map<String, Object> summary(List<Double> values) {
        Samples samples = Samples.of(values);
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("all", values.stream().map(Samples::round).toList());
        summary.put("median", Samples.round(samples.percentile(0.5)));
        summary.put("max", Samples.round(samples.percentile(1)));
        return summary;
    }
}
