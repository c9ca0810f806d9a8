package org.wanglou.rules.sigma.reach;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.pipeline.Pipelines;

/**
 * The fields that the formats write, by data set: what their samples hold ({@code pipelines/fields.tsv}), and the places
 * where a format keeps whatever the sender has. Immutable.
 */
public final class ProducedFields {
    /** Under these a format keeps every field of the sender by its own name. */
    private static final List<String> OPEN = List.of(
            "winlog.event_data.", "winlog.user_data.", "auditd.log.", "zeek.", "suricata.eve.", "fortinet.firewall.");

    private static final ProducedFields BUILT_IN = read(Pipelines.resource("fields.tsv"));

    private final Map<String, Set<String>> fields;

    private ProducedFields(Map<String, Set<String>> fields) {
        this.fields = fields;
    }

    public static ProducedFields builtIn() {
        return BUILT_IN;
    }

    private static ProducedFields read(String text) {
        Map<String, Set<String>> fields = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 2 && !line.startsWith("#")) {
                fields.put(cells[0], Set.of(cells[1].split(" ", -1)));
            }
        }
        return new ProducedFields(fields);
    }

    /** The table that these events give, as the file has it. */
    public static String table(List<Event> samples) {
        Map<String, Set<String>> fields = new TreeMap<>();
        for (Event sample : samples) {
            Object dataset = sample.get("event.dataset");
            if (dataset instanceof String name) {
                Set<String> known = fields.computeIfAbsent(name, missing -> new TreeSet<>());
                known.addAll(sample.extra().keySet());
                for (int slot = 0; slot < org.wanglou.model.Ecs.slots(); slot++) {
                    if (sample.get(org.wanglou.model.Ecs.at(slot)) != null) {
                        known.add(org.wanglou.model.Ecs.at(slot).name());
                    }
                }
            }
        }
        StringBuilder table = new StringBuilder(
                "# Data set and the fields its format's samples hold. Made from the samples; a test holds it to them.\n");
        fields.forEach((name, known) ->
                table.append(name).append('\t').append(String.join(" ", known)).append('\n'));
        return table.toString();
    }

    public Set<String> datasets() {
        return fields.keySet();
    }

    /**
     * The data sets that a rule's log source can mean, as far as their names tell; empty when they tell nothing, an empty
     * set when no format has such a name.
     */
    public Optional<Set<String>> datasets(SigmaRule rule) {
        Optional<Set<String>> found = named(rule.scope());
        String product = rule.logsource().product();
        if (found.isPresent() || product.isEmpty()) {
            return found;
        }
        Set<String> own = new TreeSet<>();
        fields.keySet().stream().filter(name -> name.startsWith(product + ".")).forEach(own::add);
        return own.isEmpty() ? found : Optional.of(own);
    }

    // All narrows, any widens; what says nothing of data sets does neither.
    private Optional<Set<String>> named(Condition condition) {
        boolean all = condition instanceof Condition.All;
        List<Condition> parts = condition instanceof Condition.All every
                ? every.parts()
                : condition instanceof Condition.Any any ? any.parts() : List.of();
        if (condition instanceof Condition.Item item && item.test() instanceof ValueTest.Text text) {
            return named(item.field(), text.glob());
        }
        Optional<Set<String>> joined = Optional.empty();
        for (Condition part : parts) {
            Optional<Set<String>> one = named(part);
            if (one.isPresent()) {
                Set<String> names = new TreeSet<>(joined.orElse(one.get()));
                if (all) {
                    names.retainAll(one.get());
                } else {
                    names.addAll(one.get());
                }
                joined = Optional.of(names);
            }
        }
        return joined;
    }

    private Optional<Set<String>> named(String field, Glob glob) {
        boolean windows = field.equals("winlog.channel") || field.equals("event.provider");
        if (!windows && !field.equals("event.dataset") && !field.equals("event.module")) {
            return Optional.empty();
        }
        Set<String> found = new TreeSet<>();
        for (String name : fields.keySet()) {
            String module = name.substring(0, Math.max(0, name.indexOf('.')));
            boolean sysmon = glob.text().endsWith("-sysmon");
            boolean meant = windows
                    ? sysmon ? name.equals("windows.sysmon") : module.equals("windows")
                    : glob.matches(Fold.fold(field.equals("event.module") ? module : name));
            if (meant) {
                found.add(name);
            }
        }
        return Optional.of(found);
    }

    /** Whether one of the data sets holds the field; without data sets whether any does. */
    public boolean holds(Set<String> datasets, String field) {
        return OPEN.stream().anyMatch(field::startsWith)
                || fields.entrySet().stream()
                        .filter(entry -> datasets.isEmpty() || datasets.contains(entry.getKey()))
                        .anyMatch(entry -> entry.getValue().contains(field));
    }

    /** Data sets in order with the fields of each. */
    public Map<String, Set<String>> byDataset() {
        return new LinkedHashMap<>(fields);
    }
}
