package org.wanglou.bench.detect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.read.SigmaReader;

/** A folder of Sigma rules, read once; smaller sets are drawn from it, greater ones made by renaming. Immutable. */
final class RuleFolder {
    private final List<SigmaRule> rules;
    private final int problems;

    private RuleFolder(List<SigmaRule> rules, int problems) {
        this.rules = rules;
        this.problems = problems;
    }

    static RuleFolder read(Path folder, long seed) throws IOException {
        Map<String, String> files = files(folder);
        SigmaReader.Result result = SigmaReader.read("bench", files);
        List<SigmaRule> shuffled = new ArrayList<>(result.rules());
        Collections.shuffle(shuffled, new Random(seed));
        return new RuleFolder(List.copyOf(shuffled), result.problems().size());
    }

    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file :
                    walk.filter(path -> path.toString().endsWith(".yml")).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    List<SigmaRule> all() {
        return rules;
    }

    int problems() {
        return problems;
    }

    /** So many: the first of the shuffled rules, and beyond all of them renamed copies. */
    List<SigmaRule> count(int wanted) {
        List<SigmaRule> list = new ArrayList<>(wanted);
        for (int copy = 0; list.size() < wanted; copy++) {
            for (SigmaRule rule : rules) {
                if (list.size() < wanted) {
                    list.add(copy == 0 ? rule : Renamed.of(rule, copy));
                }
            }
        }
        return list;
    }
}
