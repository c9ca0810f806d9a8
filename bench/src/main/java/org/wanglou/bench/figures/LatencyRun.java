package org.wanglou.bench.figures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.wanglou.bench.Stand;
import org.wanglou.bench.receive.Arrival;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.SyslogSender;
import org.wanglou.bench.send.Targets;

/**
 * From the datagram that completes an attack to the verified webhook that names the attacker. Two distinct attackers a
 * second, at drawn moments, each with twenty failures over UDP; a hundred other lines a second run beside them.
 */
final class LatencyRun implements Figures.Run {
    private static final int SECONDS = 180;
    private static final int PER_SECOND = 2;
    private static final int WARM_UP_SECONDS = 30;
    private static final int FIRST_SECONDS = 60;
    private static final long SETTLE_MILLIS = 30_000;

    private record Deed(String address, double atSecond, long nanos) {}

    @Override
    public Map<String, Object> measure(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Stand stand = Stand.fresh("latency")) {
            double ready = stand.start();
            List<Deed> deeds = new ArrayList<>();
            try (Load background = new Load(stand.instance(), Load.Way.TCP, random.nextLong());
                    SyslogSender sender = new SyslogSender(stand.instance())) {
                background.rate(100);
                long began = System.nanoTime();
                for (int slot = 0; slot < SECONDS * PER_SECOND; slot++) {
                    long due = began + (long) ((slot + random.nextDouble()) / PER_SECOND * 1e9);
                    while (System.nanoTime() < due) {
                        Thread.sleep(1);
                    }
                    deeds.add(attack(sender, slot, began));
                }
            }
            long until = System.nanoTime() + SETTLE_MILLIS * 1_000_000;
            while (stand.responder().arrivals().size() < deeds.size() && System.nanoTime() < until) {
                Thread.sleep(20);
            }
            return figures(stand, deeds, ready);
        }
    }

    private static Deed attack(SyslogSender sender, int number, long began) throws Exception {
        String address = Targets.address(number);
        for (int i = 0; i < 19; i++) {
            sender.datagram(Lines.sshFailure(Instant.now(), Targets.host(number), "root", address));
        }
        long now = System.nanoTime();
        sender.datagram(Lines.sshFailure(Instant.now(), Targets.host(number), "root", address));
        return new Deed(address, (now - began) / 1e9, now);
    }

    private static Map<String, Object> figures(Stand stand, List<Deed> deeds, double ready) throws Exception {
        Map<String, Long> arrived = new LinkedHashMap<>();
        for (Arrival arrival : stand.responder().arrivals()) {
            if (arrival.verified()) {
                arrival.actors().forEach(actor -> arrived.putIfAbsent(actor, arrival.nanos()));
            }
        }
        List<Double> first = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        int missing = 0;
        for (Deed deed : deeds) {
            Long at = arrived.get(deed.address());
            if (at == null) {
                missing++;
                continue;
            }
            double millis = (at - deed.nanos()) / 1e6;
            if (deed.atSecond() < FIRST_SECONDS) {
                first.add(millis);
            }
            if (deed.atSecond() >= WARM_UP_SECONDS) {
                warm.add(millis);
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("unit", "milliseconds from the 20th datagram to the verified webhook");
        figures.put("attackersPerSecond", PER_SECOND);
        figures.put("backgroundEventsPerSecond", 100);
        figures.put("firstMinuteAfterReady", Samples.of(first).summary());
        figures.put("after30sWarmUp", Samples.of(warm).summary());
        figures.put("missing", missing);
        figures.put("readySeconds", Samples.round(ready));
        figures.put("cpuSecondsByStage", ThreadGroups.of(stand.program().proc().cpuByThread()));
        figures.put("peakMib", stand.program().proc().peakMib());
        return figures;
    }
}
