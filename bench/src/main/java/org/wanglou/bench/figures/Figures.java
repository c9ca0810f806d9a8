package org.wanglou.bench.figures;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.wanglou.bench.detect.DetectRun;

/**
 * Runs measurements by name and writes their evidence: {@code ready}, {@code idle}, {@code latency}, {@code parse}, {@code ingest},
 * {@code detect},
 * {@code throughput-http}, {@code -tcp}, {@code -udp}.
 * Started by {@code bench/run}.
 */
public final class Figures {
    /** One measurement: gives its figures, in order, as JSON values. */
    public interface Run {
        Map<String, Object> measure(long seed) throws Exception;
    }

    private Figures() {}

    private static Map<String, Run> runs() {
        Map<String, Run> runs = new LinkedHashMap<>();
        runs.put("ready", new ReadyRun());
        runs.put("idle", new IdleRun());
        runs.put("latency", new LatencyRun());
        runs.put("parse", new ParseRun());
        runs.put("ingest", new IngestRun());
        runs.put("detect", new DetectRun());
        runs.put("throughput-http", new ThroughputRun(Load.Way.HTTP));
        runs.put("throughput-tcp", new ThroughputRun(Load.Way.TCP));
        runs.put("throughput-udp", new ThroughputRun(Load.Way.UDP));
        return runs;
    }

    /** Arguments: names of measurements; none means all. Evidence goes to the directory of system property {@code evidence}. */
    public static void main(String[] names) throws Exception {
        Map<String, Run> runs = runs();
        List<String> wanted = names.length == 0 ? List.copyOf(runs.keySet()) : List.of(names);
        for (String name : wanted) {
            Run run = runs.get(name);
            if (run == null) {
                throw new IllegalArgumentException("no measurement is named " + name + ", only " + runs.keySet());
            }
            long seed = Long.getLong("wanglou.seed", new SplittableRandom().nextLong(1_000_000_000));
            Evidence evidence = Evidence.begin(name, seed);
            Map<String, Object> figures = run.measure(seed);
            Path file = evidence.write(Path.of(System.getProperty("evidence", "evidence")), figures);
            System.out.println(file + "\n" + evidence.json(figures));
        }
        System.exit(0);
    }
}
