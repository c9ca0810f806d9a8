package org.wanglou.rules.sigma.read;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.pipeline.BadRule;
import org.wanglou.rules.sigma.pipeline.Draft;
import org.wanglou.rules.sigma.pipeline.RuleDraft;
import org.wanglou.rules.text.YamlNode;

/** Reads a {@code detection:} (or {@code filter:}) block into a draft. Stateless. */
final class DetectionReader {
    private static final Set<String> NO_DETECTION = Set.of("condition", "rules", "timeframe");

    private DetectionReader() {}

    /** @param zone for the time modifiers */
    static RuleDraft read(YamlNode document, YamlNode block, LogSource source, ZoneId zone) {
        if (!block.isMap()) {
            throw new BadRule(block.line(), "detection is no map", "write named detections and a condition");
        }
        YamlNode conditions = block.get("condition")
                .orElseThrow(() -> new BadRule(block.line(), "condition is missing", "add condition: selection"));
        Map<String, Draft> detections = new LinkedHashMap<>();
        block.map().forEach((name, node) -> {
            if (!NO_DETECTION.contains(name)) {
                detections.put(name, named(name, node, zone));
            }
        });
        if (detections.isEmpty()) {
            throw new BadRule(block.line(), "there is no detection beside the condition", "add selection:");
        }
        List<RuleDraft.Line> lines = new ArrayList<>();
        for (YamlNode condition : conditions.list()) {
            if (condition.isMap() || condition.isList() || condition.text().isBlank()) {
                throw new BadRule(condition.line(), "condition is no text", "write condition: selection");
            }
            lines.add(new RuleDraft.Line(condition.text(), condition.line()));
        }
        if (lines.isEmpty()) {
            throw new BadRule(conditions.line(), "condition is empty", "write condition: selection");
        }
        return new RuleDraft(document, source, detections, lines);
    }

    private static Draft named(String name, YamlNode node, ZoneId zone) {
        if (node.isMap()) {
            return map(name, node, zone);
        }
        if (node.isNull() || node.isList() && node.list().isEmpty()) {
            throw empty(name, node);
        }
        List<Draft> parts = new ArrayList<>();
        for (YamlNode element : node.list()) {
            parts.add(element.isMap() ? map(name, element, zone) : ItemReader.read("", element, zone));
        }
        return new Draft.Any(name, parts);
    }

    private static Draft map(String name, YamlNode node, ZoneId zone) {
        if (node.map().isEmpty()) {
            throw empty(name, node);
        }
        List<Draft> parts = new ArrayList<>();
        node.map().forEach((key, value) -> parts.add(ItemReader.read(key, value, zone)));
        return new Draft.All(name, parts);
    }

    private static BadRule empty(String name, YamlNode node) {
        return new BadRule(node.line(), "detection " + name + " is empty", "give it fields or keywords");
    }
}
