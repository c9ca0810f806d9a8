package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/** Transformations that change field names. Stateless. */
final class FieldTransformations {
    private FieldTransformations() {}

    static Map<String, Function<YamlNode, Step.Transformation>> table() {
        return Map.of(
                "field_name_mapping",
                        node -> {
                            Map<String, List<String>> mapping = mapping(node);
                            return renaming(name -> mapping.getOrDefault(name, List.of(name)));
                        },
                "field_name_prefix_mapping",
                        node -> {
                            Map<String, List<String>> mapping = mapping(node);
                            return renaming(name -> prefixed(mapping, name));
                        },
                "field_name_prefix",
                        node -> {
                            String prefix = node.text("prefix", "");
                            return renaming(name -> List.of(prefix + name));
                        },
                "field_name_suffix",
                        node -> {
                            String suffix = node.text("suffix", "");
                            return renaming(name -> List.of(name + suffix));
                        },
                "field_name_transform", FieldTransformations::transform,
                "drop_detection_item", node -> (rule, step, vars) -> step.each(rule, item -> List.of()),
                "strict_field_mapping_failure", FieldTransformations::strict,
                "hashes_fields", FieldTransformations::hashes,
                // The list of fields to show has no part in what matches.
                "add_field", node -> (rule, step, vars) -> {},
                "remove_field", node -> (rule, step, vars) -> {});
    }

    private static Map<String, List<String>> mapping(YamlNode node) {
        Map<String, List<String>> mapping = new LinkedHashMap<>();
        YamlNode block = node.get("mapping")
                .filter(YamlNode::isMap)
                .orElseThrow(() -> new BadRule(node.line(), "mapping is missing", "write mapping: {from: to}"));
        block.map().forEach((from, to) -> mapping.put(from, block.texts(from)));
        return mapping;
    }

    private static List<String> prefixed(Map<String, List<String>> mapping, String name) {
        for (Map.Entry<String, List<String>> entry : mapping.entrySet()) {
            if (name.startsWith(entry.getKey())) {
                String rest = name.substring(entry.getKey().length());
                return entry.getValue().stream().map(to -> to + rest).toList();
            }
        }
        return List.of(name);
    }

    /** Renames the fields of items and of the references in their values; keywords have none. */
    private static Step.Transformation renaming(Function<String, List<String>> names) {
        return (rule, step, vars) -> rule.items(item -> {
            if (item.field().isEmpty() || !step.items().on(rule, item)) {
                return List.of(item);
            }
            Draft.Item changed = item.values(item.values().stream()
                    .map(value -> new Draft.Value(
                            value.label(),
                            value.forms().stream()
                                    .map(form -> reference(rule, step, item, form, names))
                                    .toList()))
                    .toList());
            List<String> targets =
                    step.fields().on(rule, item, item.field()) ? names.apply(item.field()) : List.of(item.field());
            if (targets.equals(List.of(item.field()))) {
                return List.of(changed.equals(item) ? item : changed.marked(step.id()));
            }
            List<Draft> renamed = new ArrayList<>();
            targets.forEach(target -> renamed.add(changed.field(target).marked(step.id())));
            return List.of(renamed.size() == 1 ? renamed.get(0) : several(item, renamed));
        });
    }

    // One meaning in several fields: any of them has it, and it is missing when all of them are.
    private static Draft several(Draft.Item item, List<Draft> renamed) {
        boolean absence = item.values().stream()
                .flatMap(value -> value.forms().stream())
                .anyMatch(form ->
                        form instanceof ValueTest.Null || form instanceof ValueTest.Exists exists && !exists.wanted());
        return item.negated() != absence ? new Draft.All(item.label(), renamed) : new Draft.Any(item.label(), renamed);
    }

    private static ValueTest reference(
            RuleDraft rule, Step step, Draft.Item item, ValueTest form, Function<String, List<String>> names) {
        if (form instanceof ValueTest.FieldRef ref && step.fields().on(rule, item, ref.field())) {
            return new ValueTest.FieldRef(names.apply(ref.field()).get(0), ref.how(), ref.cased());
        }
        return form;
    }

    private static Step.Transformation transform(YamlNode node) {
        String function = node.text("transform_func", node.text("method", ""));
        Map<String, List<String>> mapping = node.get("mapping").isPresent() ? mapping(node) : Map.of();
        Function<String, String> change =
                switch (function) {
                    case "lower" -> name -> name.toLowerCase(Locale.ROOT);
                    case "upper" -> name -> name.toUpperCase(Locale.ROOT);
                    case "title" ->
                        name -> name.isEmpty()
                                ? name
                                : name.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + name.substring(1).toLowerCase(Locale.ROOT);
                    case "snake_case" -> FieldTransformations::snake;
                    default ->
                        throw new BadRule(
                                node.line(),
                                "unknown transform_func '" + function + "'",
                                "use lower, upper, title or snake_case");
                };
        return renaming(name -> mapping.getOrDefault(name, List.of(change.apply(name))));
    }

    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    private static Step.Transformation strict(YamlNode node) {
        return (rule, step, vars) -> {
            Set<String> unmapped = new LinkedHashSet<>();
            step.each(rule, item -> {
                if (!item.field().isEmpty() && item.applied().isEmpty()) {
                    unmapped.add(item.field());
                }
                return List.of(item);
            });
            if (!unmapped.isEmpty()) {
                throw new BadRule(rule.line(), "the pipeline maps no field " + unmapped, "add them to a mapping");
            }
        };
    }

    /** {@code Hashes: SHA1=…} as {@code SHA1: …}, with the prefix and without the algorithm as asked. */
    private static Step.Transformation hashes(YamlNode node) {
        List<String> algorithms = node.texts("valid_hash_algos").isEmpty()
                ? List.of("MD5", "SHA1", "SHA256", "SHA512", "IMPHASH")
                : node.texts("valid_hash_algos");
        String prefix = node.text("field_prefix", "");
        boolean drop = node.text("drop_algo_prefix", "false").equals("true");
        boolean lower = node.text("lowercase", "false").equals("true");
        Map<String, String> names = new LinkedHashMap<>();
        for (String algorithm : algorithms) {
            String name = lower ? algorithm.toLowerCase(Locale.ROOT) : algorithm;
            names.put(algorithm.toUpperCase(Locale.ROOT), drop ? prefix : prefix + name);
        }
        node.get("mapping").ifPresent(mapping -> mapping.map()
                .forEach((algorithm, to) -> names.put(algorithm.toUpperCase(Locale.ROOT), to.text())));
        return (rule, step, vars) -> step.each(rule, item -> HashItems.split(item, names));
    }
}
