package org.wanglou.bench.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The shipped packs as a second reader understands them: which events each counting rule counts, how many in which span,
 * and which stories must stand. A test compares thresholds, spans and group-bys with the packs' own files. Indicators are
 * not counted here: they are a look-up, not arithmetic.
 */
public final class BuiltInPacks {
    private static final Set<String> WEB = Set.of("nginx.access", "apache.access", "iis.access");
    private static final List<String> EXPORTS = List.of("/export", "/download", "/dump", "/batch");
    private static final List<String> SOURCE = List.of("source.ip");

    private BuiltInPacks() {}

    /** The three counting rules. */
    public static List<CountingRule> countingRules() {
        return List.of(
                CountingRule.atLeast("wl-ssh-brute-force", BuiltInPacks::sshFailure, SOURCE, 5 * 60_000L, 20),
                CountingRule.atLeast("wl-portal-scan", BuiltInPacks::notFound, SOURCE, 2 * 60_000L, 30),
                CountingRule.atLeast("wl-bulk-download", BuiltInPacks::largeExport, SOURCE, 10 * 60_000L, 50));
    }

    /** All episodes of all counting rules. */
    public static List<Episode> episodes(List<JsonLine> events) {
        List<Episode> all = new ArrayList<>();
        countingRules().forEach(rule -> all.addAll(WindowOracle.episodes(rule, events)));
        return all;
    }

    /**
     * Keys of the stories that must stand because of counting alone: canonical JSON arrays [story, unit, address]. A story
     * begins with its first episode and holds all of the same address and unit.
     */
    public static Set<String> storyKeys(List<Episode> episodes) {
        Set<String> keys = new TreeSet<>();
        for (Episode episode : episodes) {
            String address = episode.key().substring(2, episode.key().length() - 2);
            keys.add(WindowOracle.array(List.of(story(episode.rule()), episode.organization(), address)));
        }
        return keys;
    }

    private static String story(String rule) {
        return switch (rule) {
            case "wl-ssh-brute-force" -> "ssh-brute-force";
            case "wl-portal-scan" -> "portal-webshell";
            case "wl-bulk-download" -> "bulk-download";
            default -> throw new IllegalArgumentException("no story is known for rule " + rule);
        };
    }

    private static boolean sshFailure(JsonLine event) {
        String dataset = event.text("event.dataset");
        boolean sshd = dataset.equals("openssh")
                || dataset.equals("sshd")
                || dataset.endsWith(".sshd")
                || event.is("process.name", "sshd");
        return sshd && event.is("event.category", "authentication") && event.is("event.outcome", "failure");
    }

    private static boolean notFound(JsonLine event) {
        return WEB.contains(event.text("event.dataset")) && event.number("http.response.status_code", 0) == 404;
    }

    private static boolean largeExport(JsonLine event) {
        String path = event.text("url.path").toLowerCase(Locale.ROOT);
        return WEB.contains(event.text("event.dataset"))
                && EXPORTS.stream().anyMatch(path::contains)
                && event.number("http.response.status_code", 0) == 200
                && event.number("http.response.body.bytes", 0) >= 102_400;
    }
}
