package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.text.YamlNode;

/** A rule between reading and compiling: what pipelines look at and change. Confined to its call. */
public final class RuleDraft {
    /** One condition of the rule. */
    public record Line(String text, int line) {}

    private final YamlNode document;
    private final Map<String, Draft> detections;
    private final List<Line> conditions;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final Map<String, String> state = new HashMap<>();
    private final Set<String> applied = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private LogSource logsource;
    private int added;

    /** @param document the rule's own document, for conditions over its attributes */
    public RuleDraft(YamlNode document, LogSource logsource, Map<String, Draft> detections, List<Line> conditions) {
        this.document = document;
        this.logsource = logsource;
        this.detections = new LinkedHashMap<>(detections);
        this.conditions = new ArrayList<>(conditions);
    }

    public LogSource logsource() {
        return logsource;
    }

    public Map<String, Draft> detections() {
        return detections;
    }

    public List<Line> conditions() {
        return conditions;
    }

    /** What a pipeline has to say about the rule, such as a placeholder without values. */
    public List<String> notes() {
        return notes;
    }

    public int line() {
        return document.line();
    }

    YamlNode document() {
        return document;
    }

    void logsource(LogSource other) {
        logsource = other;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    Map<String, String> state() {
        return state;
    }

    Set<String> applied() {
        return applied;
    }

    /** Adds a detection that has to hold, or must not, beside every condition. */
    void condition(Draft detection, boolean negated) {
        String name = "_added_" + ++added;
        detections.put(name, detection);
        conditions.replaceAll(
                line -> new Line((negated ? "not " : "") + name + " and (" + line.text() + ")", line.line()));
    }

    /** Puts what the function gives in each item's place; an empty list takes the item away. */
    void items(Function<Draft.Item, List<Draft>> change) {
        for (Map.Entry<String, Draft> entry : detections.entrySet()) {
            List<Draft> changed = changed(entry.getValue(), change);
            if (changed.size() == 1) {
                entry.setValue(changed.get(0));
            } else {
                entry.setValue(new Draft.All(entry.getKey(), changed));
            }
        }
    }

    private static List<Draft> changed(Draft draft, Function<Draft.Item, List<Draft>> change) {
        if (draft instanceof Draft.Item item) {
            return change.apply(item);
        }
        boolean all = draft instanceof Draft.All;
        List<Draft> old = draft instanceof Draft.All every ? every.parts() : ((Draft.Any) draft).parts();
        List<Draft> parts = new ArrayList<>();
        for (Draft part : old) {
            parts.addAll(changed(part, change));
        }
        if (parts.isEmpty() && !old.isEmpty()) {
            return List.of();
        }
        return List.of(all ? new Draft.All(draft.label(), parts) : new Draft.Any(draft.label(), parts));
    }

    /** Every item of every detection. */
    List<Draft.Item> items() {
        List<Draft.Item> items = new ArrayList<>();
        items(item -> {
            items.add(item);
            return List.of(item);
        });
        return items;
    }
}
