package org.wanglou.rules.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.wanglou.rules.RuleProblem;

/**
 * Reads YAML files of one or many documents, within bounds: 1 MiB, 40 levels, 100,000 values after aliases.
 *
 * <p>What is wrong becomes a {@link RuleProblem}; documents before the fault are kept. Thread-safe.
 */
public final class YamlReader {
    private static final int BYTES = 1 << 20;
    private static final int DEPTH = 40;
    private static final int VALUES = 100_000;
    private static final String REMEDY = "mend the YAML at this line";

    private YamlReader() {}

    public static List<YamlNode> read(String file, String text, Consumer<RuleProblem> problems) {
        List<YamlNode> documents = new ArrayList<>();
        if (text.length() > BYTES || text.getBytes(StandardCharsets.UTF_8).length > BYTES) {
            problems.accept(new RuleProblem(file, 0, "file is larger than 1 MiB", "split the file"));
            return documents;
        }
        int deep = tooDeep(text);
        if (deep > 0) {
            problems.accept(new RuleProblem(file, deep, "nested deeper than " + DEPTH, "flatten the structure"));
            return documents;
        }
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(BYTES)
                .setMaxAliasesForCollections(50)
                .setAllowDuplicateKeys(false)
                .build();
        int[] budget = {VALUES};
        try {
            Iterator<Node> nodes =
                    new Compose(settings).composeAllFromString(text).iterator();
            while (nodes.hasNext()) {
                YamlNode document = convert(nodes.next(), 0, budget);
                if (!document.isNull()) {
                    documents.add(document);
                }
            }
        } catch (Refused e) {
            problems.accept(new RuleProblem(file, e.line, String.valueOf(e.getMessage()), REMEDY));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.accept(new RuleProblem(file, line, "no valid YAML: " + e.getProblem(), REMEDY));
        } catch (YamlEngineException e) {
            problems.accept(new RuleProblem(file, 0, "no valid YAML: " + e.getMessage(), REMEDY));
        } catch (StackOverflowError e) {
            problems.accept(new RuleProblem(file, 0, "nested too deeply", "flatten the structure"));
        }
        return documents;
    }

    // Brackets and "- - -" nest inside the parser itself, before any node can be counted.
    private static int tooDeep(String text) {
        int open = 0;
        int line = 1;
        int dashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                dashes = 0;
            } else if (c == '-' && dashes >= 0 && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                if (++dashes > DEPTH) {
                    return line;
                }
            } else if (c != ' ') {
                dashes = -1;
            }
            if (c == '[' || c == '{') {
                open++;
            } else if (c == ']' || c == '}') {
                open = Math.max(0, open - 1);
            }
            // A text may hold brackets without meaning structure, so the limit is generous.
            if (open > 400) {
                return line;
            }
        }
        return 0;
    }

    private static YamlNode convert(Node node, int depth, int[] budget) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (depth > DEPTH) {
            throw new Refused(line, "nested deeper than " + DEPTH);
        }
        if (--budget[0] < 0) {
            throw new Refused(line, "more than " + VALUES + " values (aliases included)");
        }
        if (node instanceof MappingNode mapping) {
            Map<String, YamlNode> map = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new Refused(line, "a key is not a plain value");
                }
                if (map.put(key.getValue(), convert(tuple.getValueNode(), depth + 1, budget)) != null) {
                    int at = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
                    throw new Refused(at, "duplicate key " + key.getValue());
                }
            }
            return new YamlNode(line, map);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                list.add(convert(element, depth + 1, budget));
            }
            return new YamlNode(line, list);
        }
        return scalar((ScalarNode) node, line);
    }

    private static YamlNode scalar(ScalarNode node, int line) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return new YamlNode(line, null);
        }
        if (tag.equals(Tag.BOOL)) {
            return new YamlNode(line, Boolean.valueOf(text));
        }
        try {
            if (tag.equals(Tag.INT)) {
                return new YamlNode(
                        line, Long.decode(text.startsWith("0o") ? "0" + text.substring(2) : plainInt(text)));
            }
            if (tag.equals(Tag.FLOAT)) {
                return new YamlNode(line, Double.valueOf(text));
            }
        } catch (NumberFormatException e) {
            return new YamlNode(line, text);
        }
        return new YamlNode(line, text);
    }

    // Long.decode reads a leading zero as octal; YAML 1.2 does not.
    private static String plainInt(String text) {
        return text.startsWith("0x") ? text : String.valueOf(Long.parseLong(text));
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int line;

        Refused(int line, String message) {
            super(message, null, false, false);
            this.line = line;
        }
    }
}
