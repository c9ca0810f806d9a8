package org.wanglou.bench.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.bench.Stand;
import org.wanglou.bench.process.ProcFs;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.SyslogSender;
import org.wanglou.bench.send.Targets;

/**
 * The most events a second that the whole embedded path carries for {@value #HOLD_SECONDS} seconds: offered rates rise by
 * steps until the sender is held back, the archive lags by more than two seconds' worth, or a probe (an attack of twenty
 * datagrams, from packet to webhook) takes more than five seconds. Sender and receiver run on the same cores.
 */
final class ThroughputRun implements Figures.Run {
    private static final int HOLD_SECONDS = 20;
    private static final int SETTLE_SECONDS = 5;
    private static final int PROBE_EVERY_SECONDS = 5;
    private static final double HELD = 0.95;
    private static final double WORST_PROBE_MILLIS = 5_000;
    private static final double[] STEPS = {
        1_000, 2_000, 4_000, 6_000, 8_000, 10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000
    };

    private final Load.Way way;
    private int probes;

    ThroughputRun(Load.Way way) {
        this.way = way;
    }

    @Override
    public Map<String, Object> measure(long seed) throws Exception {
        List<Map<String, Object>> steps = new ArrayList<>();
        Map<String, Object> best = Map.of();
        try (Stand stand = Stand.fresh("throughput")) {
            stand.start();
            try (Load load = new Load(stand.instance(), way, seed);
                    SyslogSender probe = new SyslogSender(stand.instance())) {
                load.rate(500);
                Thread.sleep(30_000);
                for (double rate : STEPS) {
                    Map<String, Object> step = step(stand, load, probe, rate);
                    steps.add(step);
                    System.out.println(step);
                    if (Boolean.TRUE.equals(step.get("held"))) {
                        best = step;
                    } else {
                        break;
                    }
                }
                load.rate(0);
            }
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("way", way.name());
            figures.put("sustainedEventsPerSecond", best.getOrDefault("archivedPerSecond", 0));
            figures.put("drainSecondsAfterLastStep", drain(stand, steps));
            figures.put("peakMib", stand.program().proc().peakMib());
            figures.put("steps", steps);
            return figures;
        }
    }

    private Map<String, Object> step(Stand stand, Load load, SyslogSender probe, double rate) throws Exception {
        load.rate(rate);
        Thread.sleep(SETTLE_SECONDS * 1_000L);
        ProcFs proc = stand.program().proc();
        Map<String, Double> before = proc.cpuByThread();
        double cpuBefore = proc.cpuSeconds();
        long sentBefore = load.sent();
        long refusedBefore = load.refused();
        long archivedBefore = stand.archive().count();
        long began = System.nanoTime();
        List<Double> latencies = new ArrayList<>();
        for (int at = 0; at < HOLD_SECONDS; at += PROBE_EVERY_SECONDS) {
            long slot = System.nanoTime();
            latencies.add(probe(stand, probe));
            long left = PROBE_EVERY_SECONDS * 1_000L - (System.nanoTime() - slot) / 1_000_000;
            if (left > 0) {
                Thread.sleep(left);
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long sent = load.sent();
        long archived = stand.archive().count();
        double cpu = proc.cpuSeconds() - cpuBefore;
        Map<String, Double> used = ThreadGroups.between(before, proc.cpuByThread());
        double sentRate = (sent - sentBefore) / seconds;
        double archivedRate = (archived - archivedBefore) / seconds;
        // probes add 20 lines each to the archive
        long behind = sent + 20L * probes - archived;
        boolean held = sentRate >= HELD * rate
                && load.refused() == refusedBefore
                && behind <= 2 * rate
                && latencies.stream().allMatch(millis -> millis <= WORST_PROBE_MILLIS);
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("offeredPerSecond", rate);
        step.put("sentPerSecond", Samples.round(sentRate));
        step.put("archivedPerSecond", Samples.round(archivedRate));
        step.put("refused", load.refused() - refusedBefore);
        step.put("archiveBehindEvents", behind);
        step.put("probeMillis", latencies.stream().map(Samples::round).toList());
        step.put("held", held);
        step.put("cpuCores", Samples.round(cpu / seconds));
        step.put("cpuMicrosPerEvent", Samples.round(cpu / Math.max(1, archived - archivedBefore) * 1e6));
        step.put("cpuSecondsByStage", ThreadGroups.of(used));
        return step;
    }

    /** One attack from packet to webhook, in milliseconds; one that takes longer than a minute counts as a minute. */
    private double probe(Stand stand, SyslogSender sender) throws Exception {
        int number = probes++;
        String address = Targets.address(number);
        for (int i = 0; i < 19; i++) {
            sender.datagram(Lines.sshFailure(Instant.now(), Targets.host(number), "root", address));
        }
        long now = System.nanoTime();
        sender.datagram(Lines.sshFailure(Instant.now(), Targets.host(number), "root", address));
        while (System.nanoTime() - now < 60_000_000_000L) {
            var arrivals = stand.responder().about(address);
            if (!arrivals.isEmpty()) {
                return (arrivals.get(0).nanos() - now) / 1e6;
            }
            Thread.sleep(2);
        }
        return 60_000;
    }

    /** Seconds until the archive has not grown for three seconds. */
    private static double drain(Stand stand, List<Map<String, Object>> steps) throws Exception {
        long began = System.nanoTime();
        long grown = began;
        long count = stand.archive().count();
        while (System.nanoTime() - grown < 3_000_000_000L && System.nanoTime() - began < 120_000_000_000L) {
            Thread.sleep(200);
            long now = stand.archive().count();
            if (now != count) {
                count = now;
                grown = System.nanoTime();
            }
        }
        return steps.isEmpty() ? 0 : Samples.round((grown - began) / 1e9);
    }
}
