package org.wanglou.rules.sigma.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.text.YamlNode;

/** Puts values, or a wildcard, where {@code expand} has marked placeholders. Stateless. */
final class Placeholders {
    private static final int FORMS = 4096;

    private Placeholders() {}

    /** Each value of the variable makes a form; a variable that the pipeline does not have is an error. */
    static Step.Transformation values(YamlNode node) {
        List<String> include = node.texts("include");
        List<String> exclude = node.texts("exclude");
        return (rule, step, vars) -> replace(rule, step, name -> {
            if (!meant(name, include, exclude)) {
                return List.of();
            }
            List<String> values = vars.get(name);
            if (values == null || values.isEmpty()) {
                throw new BadRule(
                        rule.line(),
                        "placeholder %" + name + "% has no values",
                        "give the pipeline vars: {" + name + ": […]}");
            }
            return values.stream().map(Glob::of).toList();
        });
    }

    static Step.Transformation wildcards(YamlNode node) {
        List<String> include = node.texts("include");
        List<String> exclude = node.texts("exclude");
        return (rule, step, vars) ->
                replace(rule, step, name -> meant(name, include, exclude) ? List.of(new Glob("*", "*")) : List.of());
    }

    private static boolean meant(String name, List<String> include, List<String> exclude) {
        return (include.isEmpty() || include.contains(name)) && !exclude.contains(name);
    }

    /** @param values of a name; none: it stays for a later step */
    static void replace(RuleDraft rule, Step step, Function<String, List<Glob>> values) {
        ValueTransformations.forms(form -> {
                    if (!(form instanceof ValueTest.Text text) || !text.glob().waiting()) {
                        return List.of(form);
                    }
                    List<ValueTest> forms = new ArrayList<>();
                    expand(text.glob(), 0, values, rule)
                            .forEach(glob -> forms.add(new ValueTest.Text(glob, text.cased())));
                    return forms;
                })
                .on(rule, step, Map.of());
    }

    private static List<Glob> expand(Glob glob, int from, Function<String, List<Glob>> values, RuleDraft rule) {
        int start = glob.kinds().indexOf('P', from);
        if (start < 0) {
            return List.of(glob);
        }
        int end = glob.text().indexOf('%', start + 1) + 1;
        List<Glob> replacements = values.apply(glob.text().substring(start + 1, end - 1));
        if (replacements.isEmpty()) {
            return expand(glob, end, values, rule);
        }
        List<Glob> expanded = new ArrayList<>();
        for (Glob replacement : replacements) {
            Glob head = glob.slice(0, start).plus(replacement);
            Glob whole = head.plus(glob.slice(end, glob.text().length()));
            expanded.addAll(expand(whole, head.text().length(), values, rule));
            if (expanded.size() > FORMS) {
                throw new BadRule(rule.line(), "placeholders give more than " + FORMS + " values", "use fewer");
            }
        }
        return expanded;
    }
}
