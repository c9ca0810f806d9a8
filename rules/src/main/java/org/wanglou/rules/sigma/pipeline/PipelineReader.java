package org.wanglou.rules.sigma.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * Reads pipelines in pySigma's YAML format. A step that cannot work here makes the whole pipeline a problem: without it
 * rules would mean something else. Post-processing and finalizers shape queries, which are not made here, and are left out.
 */
public final class PipelineReader {
    private static final Map<String, Function<YamlNode, Step.Transformation>> KNOWN = new HashMap<>();
    private static final Set<String> QUERIES =
            Set.of("query_expression_placeholders", "field_function", "include", "drop_rule");

    static {
        KNOWN.putAll(FieldTransformations.table());
        KNOWN.putAll(ValueTransformations.table());
        KNOWN.putAll(RuleTransformations.table());
    }

    private PipelineReader() {}

    /** Empty, with its problems reported, when the pipeline cannot be used. */
    public static Optional<Pipeline> read(String file, String text, Consumer<RuleProblem> problems) {
        int[] found = {0};
        List<YamlNode> documents = YamlReader.read(file, text, problem -> {
            found[0]++;
            problems.accept(problem);
        });
        if (found[0] > 0) {
            return Optional.empty();
        }
        if (documents.size() != 1 || !documents.get(0).isMap()) {
            problems.accept(
                    new RuleProblem(file, 1, "no pipeline", "write one document with name, priority, transformations"));
            return Optional.empty();
        }
        YamlNode document = documents.get(0);
        try {
            return Optional.of(read(file, text, document));
        } catch (BadRule e) {
            problems.accept(new RuleProblem(file, e.line(), e.words(), e.remedy()));
            return Optional.empty();
        }
    }

    private static Pipeline read(String file, String text, YamlNode document) {
        Map<String, List<String>> vars = new LinkedHashMap<>();
        YamlNode block = document.get("vars").orElse(YamlNode.missing(document.line()));
        block.map().forEach((name, node) -> vars.put(name, block.texts(name)));
        String priority = document.text("priority", "0");
        if (!priority.matches("-?[0-9]{1,6}")) {
            throw new BadRule(document.line(), "priority is no number: " + priority, "write priority: 20");
        }
        return new Pipeline(
                document.text("name", file),
                Integer.parseInt(priority),
                document.texts("allowed_backends"),
                vars,
                steps(document.get("transformations").orElse(YamlNode.missing(document.line()))),
                Sm3.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
    }

    static List<Step> steps(YamlNode list) {
        List<Step> steps = new ArrayList<>();
        for (YamlNode node : list.isList() ? list.list() : List.<YamlNode>of()) {
            String type = node.text("type", "");
            if (QUERIES.contains(type)) {
                throw new BadRule(
                        node.line(),
                        type + " writes queries, and none are written here",
                        type.equals("query_expression_placeholders")
                                ? "use value_placeholders with vars"
                                : "leave the step out of the pipeline");
            }
            Function<YamlNode, Step.Transformation> transformation = KNOWN.get(type);
            if (transformation == null) {
                throw new BadRule(
                        node.line(),
                        "unknown transformation '" + type + "'",
                        "see docs/operators/rules.md for those that work");
            }
            steps.add(new Step(
                    node.text("id", ""),
                    Checks.rules(node),
                    Checks.items(node),
                    Checks.fields(node),
                    transformation.apply(node)));
        }
        return List.copyOf(steps);
    }

    /** What a pipeline asks for that has no meaning here; for the operator to read. */
    public static List<String> leftOut(String text) {
        List<String> left = new ArrayList<>();
        for (YamlNode document : YamlReader.read("", text, problem -> {})) {
            for (String part : List.of("postprocessing", "finalizers")) {
                if (document.get(part).filter(node -> !node.isNull()).isPresent()) {
                    left.add(part + " is left out: no queries are written");
                }
            }
        }
        return left;
    }
}
