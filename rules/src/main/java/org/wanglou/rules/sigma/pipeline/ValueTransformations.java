package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/** Transformations that change the values of items. Stateless. */
final class ValueTransformations {
    private ValueTransformations() {}

    static Map<String, Function<YamlNode, Step.Transformation>> table() {
        return Map.of(
                "replace_string", ValueTransformations::replace,
                "map_string", ValueTransformations::map,
                "set_value", ValueTransformations::set,
                "convert_type", ValueTransformations::convert,
                "case", ValueTransformations::letters,
                "regex", ValueTransformations::regex,
                "value_placeholders", node -> Placeholders.values(node),
                "wildcard_placeholders", node -> Placeholders.wildcards(node));
    }

    /** One form in, the forms that stand in its place out. */
    static Step.Transformation forms(Function<ValueTest, List<ValueTest>> change) {
        return (rule, step, vars) -> step.each(rule, item -> {
            List<Draft.Value> values = new ArrayList<>();
            for (Draft.Value value : item.values()) {
                List<ValueTest> forms = new ArrayList<>();
                value.forms().forEach(form -> forms.addAll(change.apply(form)));
                values.add(new Draft.Value(value.label(), forms));
            }
            return List.of(item.values(values));
        });
    }

    private static Step.Transformation texts(Function<ValueTest.Text, List<Glob>> change) {
        return forms(form -> {
            if (!(form instanceof ValueTest.Text text)) {
                return List.of(form);
            }
            List<ValueTest> forms = new ArrayList<>();
            change.apply(text).forEach(glob -> forms.add(new ValueTest.Text(glob, text.cased())));
            return forms;
        });
    }

    private static Step.Transformation replace(YamlNode node) {
        Pattern pattern = ItemChecks.pattern(node, node.text("regex", ""));
        // Groups are written as \1 there and as $1 here.
        String replacement = node.text("replacement", "")
                .replace("$", "\\$")
                .replaceAll("\\\\g<([A-Za-z0-9_]+)>", "\\${$1}")
                .replaceAll("\\\\([0-9])", "\\$$1")
                .replaceAll("\\$\\{([0-9]+)\\}", "\\$$1");
        boolean skip = node.text("skip_special", "false").equals("true");
        return texts(text -> {
            Glob glob = text.glob();
            try {
                if (!skip) {
                    return List.of(Glob.of(pattern.matcher(glob.sigma()).replaceAll(replacement)));
                }
                Glob result = Glob.literal("");
                int start = 0;
                for (int i = 0; i <= glob.text().length(); i++) {
                    boolean special = i < glob.text().length() && glob.kinds().charAt(i) != 'L';
                    if (special || i == glob.text().length()) {
                        String part = glob.text().substring(start, i);
                        result = result.plus(Glob.literal(pattern.matcher(part).replaceAll(replacement)));
                        result = special ? result.plus(glob.slice(i, i + 1)) : result;
                        start = i + 1;
                    }
                }
                return List.of(result);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new BadRule(node.line(), "replacement refers to a group that is not there", "mend it");
            }
        });
    }

    private static Step.Transformation map(YamlNode node) {
        Map<String, List<String>> mapping = new LinkedHashMap<>();
        node.get("mapping").ifPresent(block -> block.map().forEach((from, to) -> mapping.put(from, block.texts(from))));
        return texts(text -> {
            List<String> to = mapping.get(text.glob().sigma());
            return to == null ? List.of(text.glob()) : to.stream().map(Glob::of).toList();
        });
    }

    private static Step.Transformation set(YamlNode node) {
        YamlNode value = node.get("value").orElse(new YamlNode(node.line(), null));
        String force = node.text("force_type", "");
        ValueTest test = value.isNull()
                ? new ValueTest.Null()
                : value.value() instanceof Number number && !force.equals("str")
                        ? new ValueTest.Number(number.doubleValue())
                        : force.equals("num")
                                ? new ValueTest.Number(number(node, value.text()))
                                : new ValueTest.Text(Glob.of(value.text()), false);
        return (rule, step, vars) -> step.each(
                rule,
                item -> List.of(
                        item.values(List.of(new Draft.Value(item.label() + ": " + value.text(), List.of(test))))));
    }

    private static Step.Transformation convert(YamlNode node) {
        String type = node.text("target_type", "");
        if (!type.equals("str") && !type.equals("num")) {
            throw new BadRule(node.line(), "unknown target_type '" + type + "'", "use str or num");
        }
        return forms(form -> {
            if (type.equals("str") && form instanceof ValueTest.Number number) {
                double value = number.value();
                String text = value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
                return List.of(new ValueTest.Text(Glob.literal(text), false));
            }
            if (type.equals("num") && form instanceof ValueTest.Text text) {
                return List.of(new ValueTest.Number(number(node, text.glob().text())));
            }
            return List.of(form);
        });
    }

    private static double number(YamlNode node, String text) {
        if (!text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            throw new BadRule(node.line(), "'" + text + "' is no number", "convert only values that are");
        }
        return Double.parseDouble(text);
    }

    private static Step.Transformation letters(YamlNode node) {
        String method = node.text("method", "lower");
        if (!List.of("lower", "upper", "snake_case").contains(method)) {
            throw new BadRule(node.line(), "unknown method '" + method + "'", "use lower, upper or snake_case");
        }
        return texts(text -> {
            String sigma = text.glob().sigma();
            return List.of(Glob.of(
                    method.equals("lower")
                            ? sigma.toLowerCase(Locale.ROOT)
                            : method.equals("upper")
                                    ? sigma.toUpperCase(Locale.ROOT)
                                    : FieldTransformations.snake(sigma)));
        });
    }

    /** Texts as whole-value expressions; {@code plain} compares with case. */
    private static Step.Transformation regex(YamlNode node) {
        String method = node.text("method", "ignore_case_brackets");
        boolean ignoreCase = !method.equals("plain");
        return forms(form -> {
            if (!(form instanceof ValueTest.Text text) || text.glob().waiting()) {
                return List.of(form);
            }
            StringBuilder pattern = new StringBuilder("^");
            for (int i = 0; i < text.glob().text().length(); i++) {
                char c = text.glob().text().charAt(i);
                char kind = text.glob().kinds().charAt(i);
                pattern.append(kind == '*' ? ".*" : kind == '?' ? "." : quoted(c));
            }
            return List.of(
                    new ValueTest.Regex(pattern.append('$').toString(), ignoreCase && !text.cased(), false, true));
        });
    }

    private static String quoted(char c) {
        return "\\^$.|?*+()[]{}".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
    }
}
