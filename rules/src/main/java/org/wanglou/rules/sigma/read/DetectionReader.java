package org.wanglou.rules.sigma.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.text.YamlNode;

/** Reads a {@code detection:} (or {@code filter:}) block into one condition. */
final class DetectionReader {
    private DetectionReader() {}

    static Condition read(LogSource source, YamlNode block) {
        if (!block.isMap()) {
            throw new BadRule(block.line(), "detection is no map", "write named detections and a condition");
        }
        YamlNode conditions = block.get("condition")
                .orElseThrow(() -> new BadRule(block.line(), "condition is missing", "add condition: selection"));
        Map<String, Condition> detections = new LinkedHashMap<>();
        block.map().forEach((name, node) -> {
            if (!name.equals("condition") && !name.equals("rules") && !name.equals("timeframe")) {
                detections.put(name, named(source, name, node));
            }
        });
        List<Condition> parts = new ArrayList<>();
        for (YamlNode condition : conditions.list()) {
            parts.add(ConditionParser.parse(condition.text(), condition.line(), detections));
        }
        if (parts.isEmpty()) {
            throw new BadRule(conditions.line(), "condition is empty", "write condition: selection");
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.Any("condition", parts);
    }

    private static Condition named(LogSource source, String name, YamlNode node) {
        if (node.isMap()) {
            return map(source, name, node);
        }
        if (node.isList()) {
            List<Condition> parts = new ArrayList<>();
            for (YamlNode element : node.list()) {
                parts.add(element.isMap() ? map(source, name, element) : ItemReader.read(source, "", element));
            }
            if (parts.isEmpty()) {
                throw new BadRule(node.line(), "detection " + name + " is empty", "give it fields or keywords");
            }
            return parts.size() == 1 ? parts.get(0) : new Condition.Any(name, parts);
        }
        if (node.isNull()) {
            throw new BadRule(node.line(), "detection " + name + " is empty", "give it fields or keywords");
        }
        return ItemReader.read(source, "", node);
    }

    private static Condition map(LogSource source, String name, YamlNode node) {
        List<Condition> parts = new ArrayList<>();
        node.map().forEach((key, value) -> parts.add(ItemReader.read(source, key, value)));
        if (parts.isEmpty()) {
            throw new BadRule(node.line(), "detection " + name + " is empty", "give it fields or keywords");
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.All(name, parts);
    }
}
