package org.wanglou.rules.behaviour;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Level;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * Reads {@code *.behaviour.yml}: documents with {@code title, id, level, tags} as Sigma has them and a {@code behaviour:}
 * block. A document that cannot be read becomes a {@link RuleProblem}; the rest goes on. Stateless.
 */
public final class BehaviourReader {
    /** How file names end. */
    public static final String ENDING = ".behaviour.yml";

    private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})([smhdw])");
    private static final Set<String> KEYS = Set.of(
            "type",
            "rules",
            "group-by",
            "field",
            "learning",
            "memory",
            "interval",
            "values",
            "least",
            "share",
            "factor",
            "distance",
            "zone",
            "terms",
            "enabled");
    private static final int VALUES_MAX = 10_000;

    private BehaviourReader() {}

    private static final class Bad extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;
        private final String remedy;

        Bad(int line, String message, String remedy) {
            super(message, null, false, false);
            this.line = line;
            this.remedy = remedy;
        }
    }

    /**
     * @param files all files of the pack: name → text
     * @param names names and ids of the pack's Sigma rules → id
     */
    public static List<BehaviourRule> read(
            String packId, Map<String, String> files, Map<String, String> names, Consumer<RuleProblem> problems) {
        List<BehaviourRule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        files.forEach((file, text) -> {
            if (!file.endsWith(ENDING)) {
                return;
            }
            for (YamlNode document : YamlReader.read(file, text, problems)) {
                try {
                    BehaviourRule rule = rule(packId, file, document, files, names, problems);
                    if (!ids.add(rule.id())) {
                        throw new Bad(document.line(), "rule id " + rule.id() + " is taken", "give it its own id");
                    }
                    rules.add(rule);
                } catch (Bad e) {
                    problems.accept(new RuleProblem(
                            file,
                            e.line,
                            document.text("title", document.text("id", "behaviour")) + ": " + e.getMessage(),
                            e.remedy));
                }
            }
        });
        return rules;
    }

    private static BehaviourRule rule(
            String packId,
            String file,
            YamlNode document,
            Map<String, String> files,
            Map<String, String> names,
            Consumer<RuleProblem> problems) {
        YamlNode block = document.get("behaviour")
                .filter(YamlNode::isMap)
                .orElseThrow(() -> new Bad(document.line(), "behaviour is missing", "add behaviour: with a type"));
        block.map().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new Bad(block.get(key).orElse(block).line(), "unknown key " + key, "keys are " + sorted());
                });
        String id = required(document, "id");
        String level = document.text("level", "medium");
        BehaviourRule.Type type = type(block);
        List<String> fields = block.texts("field");
        fields(type, fields, block);
        List<String> groupBy = block.texts("group-by");
        if (groupBy.isEmpty()) {
            throw new Bad(block.line(), "group-by is missing", "name the entity, such as group-by: [host.name]");
        }
        String calendar = block.text("terms", "");
        boolean known = files.containsKey(calendar);
        if (type == BehaviourRule.Type.OUT_OF_TERM && !known) {
            throw new Bad(block.line(), "terms '" + calendar + "' is no file of the pack", "add terms: terms.csv");
        }
        return new BehaviourRule(
                id,
                required(document, "title"),
                Sm3.hex(String.valueOf(document.plain()).getBytes(StandardCharsets.UTF_8))
                        .substring(0, 16),
                Level.of(level)
                        .orElseThrow(() -> new Bad(
                                document.line(),
                                "unknown level " + level,
                                "use informational, low, medium, high or critical")),
                document.texts("tags"),
                type,
                referred(block, names),
                groupBy,
                fields,
                bounds(type, block),
                known ? Terms.read(calendar, files.getOrDefault(calendar, ""), problems) : Terms.NONE,
                !block.text("enabled", "true").equals("false"),
                packId,
                file,
                document.line());
    }

    private static List<String> referred(YamlNode block, Map<String, String> names) {
        List<String> ids = new ArrayList<>();
        for (YamlNode node : block.get("rules").map(YamlNode::list).orElse(List.of())) {
            ids.add(Optional.ofNullable(names.get(node.text()))
                    .orElseThrow(() -> new Bad(
                            node.line(),
                            "no rule of this pack is named " + node.text(),
                            "name a Sigma rule of the same pack")));
        }
        if (ids.isEmpty()) {
            throw new Bad(block.line(), "rules is missing", "name the Sigma rules whose events are looked at");
        }
        return ids.stream().distinct().toList();
    }

    private static BehaviourRule.Type type(YamlNode block) {
        String word = block.text("type", "").toLowerCase(Locale.ROOT);
        for (BehaviourRule.Type type : BehaviourRule.Type.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new Bad(
                block.get("type").orElse(block).line(),
                "unknown type '" + word + "'",
                "use first_seen, rare, volume, travel or out_of_term");
    }

    private static void fields(BehaviourRule.Type type, List<String> fields, YamlNode block) {
        int line = block.get("field").orElse(block).line();
        boolean wanted = type == BehaviourRule.Type.FIRST_SEEN
                || type == BehaviourRule.Type.RARE
                || type == BehaviourRule.Type.TRAVEL;
        if (wanted && fields.isEmpty()) {
            throw new Bad(line, "field is missing", "name the field that is looked at");
        }
        if (type == BehaviourRule.Type.OUT_OF_TERM && !fields.isEmpty()
                || fields.size() > (type == BehaviourRule.Type.VOLUME || type == BehaviourRule.Type.TRAVEL ? 1 : 4)) {
            throw new Bad(line, fields.size() + " fields are too many for " + type.word(), "name fewer");
        }
    }

    private static BehaviourRule.Bounds bounds(BehaviourRule.Type type, YamlNode block) {
        boolean volume = type == BehaviourRule.Type.VOLUME;
        Duration interval = span(block, "interval", "1h");
        if (volume && !Set.of(3_600L, 86_400L).contains(interval.toSeconds())) {
            throw new Bad(block.line(), "interval is neither 1h nor 1d", "an interval is an hour or a day of the week");
        }
        Duration learning = span(block, "learning", type == BehaviourRule.Type.TRAVEL ? "0s" : "14d");
        Duration memory = span(block, "memory", "90d");
        if (memory.compareTo(learning) < 0) {
            throw new Bad(block.line(), "memory is shorter than learning", "make it at least as long");
        }
        double share = number(block, "share", 0.01);
        if (share <= 0 || share >= 1) {
            throw new Bad(block.line(), "share " + share + " is not between 0 and 1", "write such as 0.01");
        }
        return new BehaviourRule.Bounds(
                learning,
                memory,
                interval,
                (int) Math.min(VALUES_MAX, Math.max(16, number(block, "values", 1_000))),
                (long) number(block, "least", type == BehaviourRule.Type.RARE ? 200 : volume ? 100 : 10),
                share,
                number(block, "factor", volume ? 3 : 900),
                number(block, "distance", 300),
                zone(block));
    }

    private static ZoneId zone(YamlNode block) {
        try {
            return ZoneId.of(block.text("zone", "Asia/Shanghai"));
        } catch (DateTimeException e) {
            throw new Bad(block.line(), "unknown zone " + block.text("zone", ""), "write such as Asia/Shanghai");
        }
    }

    private static double number(YamlNode block, String key, double absent) {
        YamlNode node = block.get(key).orElse(null);
        if (node == null) {
            return absent;
        }
        if (node.value() instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() < 1e15) {
            return number.doubleValue();
        }
        throw new Bad(node.line(), key + " '" + node.text() + "' is no number", "write a number");
    }

    private static Duration span(YamlNode block, String key, String absent) {
        String text = block.text(key, absent);
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw new Bad(
                    block.get(key).orElse(block).line(),
                    key + " '" + text + "' is none",
                    "write a number and s, m, h, d or w, such as 14d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
    }

    private static String required(YamlNode document, String key) {
        String text = document.text(key, "");
        if (text.isEmpty()) {
            throw new Bad(document.line(), key + " is missing", "add " + key + ":");
        }
        return text;
    }

    private static String sorted() {
        return String.join(", ", KEYS.stream().sorted().toList());
    }
}
