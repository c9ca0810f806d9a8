package org.wanglou.bench.figures;

import java.util.LinkedHashMap;
import java.util.Map;
import org.wanglou.bench.Stand;

/** Resident memory and CPU of a fresh instance that is left alone for a minute after it is ready. */
final class IdleRun implements Figures.Run {
    @Override
    public Map<String, Object> measure(long seed) throws Exception {
        try (Stand stand = Stand.fresh("idle")) {
            stand.start();
            double atReady = stand.program().proc().cpuSeconds();
            long readyMib = stand.program().proc().residentMib();
            Thread.sleep(30_000);
            double halfway = stand.program().proc().cpuSeconds();
            Thread.sleep(30_000);
            double after = stand.program().proc().cpuSeconds();
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("residentMibAtReady", readyMib);
            figures.put("residentMibAfter60s", stand.program().proc().residentMib());
            figures.put("peakMib", stand.program().proc().peakMib());
            figures.put("cpuSecondsUntilReady", Samples.round(atReady));
            figures.put("idleCpuPercentOfOneCoreSeconds30to60", Samples.round((after - halfway) / 30 * 100));
            stand.stop();
            return figures;
        }
    }
}
