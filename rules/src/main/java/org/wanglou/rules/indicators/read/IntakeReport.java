package org.wanglou.rules.indicators.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.IndicatorType;

/**
 * What became of one file: what was taken by type, what was not and why. Lists are bounded, counts are not. Confined to
 * the reading thread, then read only.
 */
public final class IntakeReport {
    private static final int KEPT = 1_000;

    private final String file;
    private String form = "";
    private final Map<IndicatorType, Integer> counts = new EnumMap<>(IndicatorType.class);
    private final Map<String, Integer> skipped = new TreeMap<>();
    private final Map<String, Integer> warned = new TreeMap<>();
    private final List<String> warnedValues = new ArrayList<>();
    private final List<String> windowed = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private int problemCount;
    private int windowedCount;
    private int combined;
    private int everywhere;
    private int expired;
    private int repeated;

    IntakeReport(String file) {
        this.file = file;
    }

    void form(String name) {
        form = name;
    }

    void taken(IndicatorType type) {
        counts.merge(type, 1, Integer::sum);
    }

    void skipped(String reason) {
        String known = skipped.containsKey(reason) || skipped.size() < KEPT ? reason : "(other)";
        skipped.merge(known, 1, Integer::sum);
    }

    void warned(String list, String value) {
        warned.merge(list, 1, Integer::sum);
        if (warnedValues.size() < KEPT) {
            warnedValues.add(value + " (" + list + ")");
        }
    }

    void windowed(String what) {
        windowedCount++;
        if (windowed.size() < KEPT) {
            windowed.add(what);
        }
    }

    void problem(RuleProblem problem) {
        problemCount++;
        if (problems.size() < KEPT) {
            problems.add(problem);
        }
    }

    void combined(boolean anchored) {
        combined += anchored ? 1 : 0;
        everywhere += anchored ? 0 : 1;
    }

    void expired() {
        expired++;
    }

    void repeated(int count) {
        repeated = count;
    }

    public String file() {
        return file;
    }

    /** Such as {@code stix}, {@code misp}, {@code csv}, {@code list}. */
    public String form() {
        return form;
    }

    /** Indicators taken, by type. */
    public Map<IndicatorType, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    public int taken() {
        return counts.values().stream().mapToInt(Integer::intValue).sum() + everywhere;
    }

    /** What was left out on purpose, by reason. */
    public Map<String, Integer> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /** What stands on a warning list, by the list's name. */
    public Map<String, Integer> warned() {
        return Collections.unmodifiableMap(warned);
    }

    /** The first of these with the list's name. */
    public List<String> warnedValues() {
        return Collections.unmodifiableList(warnedValues);
    }

    /** Patterns that need several observations. */
    public List<String> windowed() {
        return Collections.unmodifiableList(windowed);
    }

    public int windowedCount() {
        return windowedCount;
    }

    /** Patterns whose whole is evaluated once one of their values is met. */
    public int combinedCount() {
        return combined;
    }

    /** Patterns that are asked of every event. */
    public int everywhereCount() {
        return everywhere;
    }

    /** Indicators that had ended already; they still count for events of their time. */
    public int expiredCount() {
        return expired;
    }

    /** Indicators that said what another of the same file said already. */
    public int repeatedCount() {
        return repeated;
    }

    /** The first problems. */
    public List<RuleProblem> problems() {
        return Collections.unmodifiableList(problems);
    }

    public int problemCount() {
        return problemCount;
    }
}
