package org.wanglou.bench.detect;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.*;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.match.*;
import org.wanglou.bus.codec.EventCodec;

final class Quick {
    static long cpu() { return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
    public static void main(String[] a) throws Exception {
        long t = System.nanoTime();
        RuleFolder folder = RuleFolder.read(Path.of(a[0]), 7);
        System.out.printf("rules %d problems %d in %d ms%n", folder.all().size(), folder.problems(), (System.nanoTime()-t)/1_000_000);
        t = System.nanoTime();
        Map<String, byte[][]> kinds;
        java.io.File cache = new java.io.File("/tmp/match/records.bin");
        if (!cache.exists()) {
            kinds = Corpora.read(Path.of(a[1]), 7);
            try (var out = new java.io.ObjectOutputStream(new java.io.BufferedOutputStream(new java.io.FileOutputStream(cache)))) { out.writeObject(kinds); }
        } else {
            try (var in = new java.io.ObjectInputStream(new java.io.BufferedInputStream(new java.io.FileInputStream(cache)))) { kinds = (Map<String, byte[][]>) in.readObject(); }
        }
        System.out.printf("events in %d ms%n", (System.nanoTime()-t)/1_000_000);
        if (a.length > 2) kinds.keySet().removeIf(k -> !k.startsWith(a[2]));
        for (boolean routed : (Boolean.getBoolean("routedonly") ? new boolean[] {true} : new boolean[] {false, true})) {
            t = System.nanoTime();
            Matcher matcher = new Matcher(folder.all(), routed, Set.of());
            System.out.printf("compile %d ms tables %d KB always %d%n", (System.nanoTime()-t)/1_000_000, matcher.tableBytes()>>10, matcher.alwaysCount());
            Matching m = matcher.open();
            for (var kind : kinds.entrySet()) {
                byte[][] records = kind.getValue();
                long bytes = 0; for (byte[] r : records) bytes += r.length;
                int[] hits = {0}; int bail = 0;
                Set<String> which = new HashSet<>();
                double best = 1e9;
                long until = System.nanoTime() + Long.getLong("ms", 3000) * 1_000_000L;
                int rounds = 0;
                while (System.nanoTime() < until || rounds < 2) {
                    long from = cpu(); hits[0] = 0; bail = 0;
                    for (byte[] r : records) {
                        if (!m.match(r, 0, r.length, rule -> hits[0]++)) { bail++; m.match(EventCodec.decode(r), rule -> hits[0]++); }
                    }
                    best = Math.min(best, (cpu() - from) / 1e3 / records.length);
                    rounds++;
                }
                for (byte[] r : records) if (!m.match(r, 0, r.length, rule -> which.add(rule.id()))) m.match(EventCodec.decode(r), rule -> which.add(rule.id()));
                System.out.printf("%-36s n=%d %d B bail=%d matches/ev=%.3f rules=%d  %.2f us/ev  %.0f k/s%n", kind.getKey(), records.length, bytes/records.length, bail, hits[0]/(double)records.length, which.size(), best, 1e3/best);
            }
            List<RuleCost> costs = new ArrayList<>(matcher.costs());
            long ev = matcher.events(); long sum = costs.stream().mapToLong(RuleCost::evaluated).sum();
            System.out.printf("candidates/ev %.2f%n", sum/(double)ev);
            costs.sort(Comparator.comparingLong(c -> -c.evaluated()));
            for (RuleCost c : costs.subList(0, 25)) System.out.printf("   %.3f ev  %.4f match %.0f steps  textless=%s %s %s%n", c.evaluated()/(double)ev, c.matched()/(double)ev, c.steps()/(double)ev, c.textless(), c.ruleId(), folder.all().stream().filter(r->r.id().equals(c.ruleId())).findFirst().map(r->r.file()).orElse(""));
            costs.sort(Comparator.comparingLong(c -> -c.steps()));
            for (RuleCost c : costs.subList(0, 10)) System.out.printf("   %.0f steps/ev %s %s%n", c.steps()/(double)ev, c.ruleId(), folder.all().stream().filter(r->r.id().equals(c.ruleId())).findFirst().map(r->r.file()).orElse(""));
        }
    }
}
