package org.wanglou.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.wanglou.rules.text.YamlNode;

/**
 * One map of the file, read by the keys of {@link Keys}. What is wrong is told to a consumer with line and remedy, and
 * the value that holds when the key is absent is returned in its place. Confined to its reader.
 */
final class Section {
    private final String file;
    private final YamlNode node;
    private final String tablePath;
    private final String shownPath;
    private final Consumer<ConfigProblem> problems;

    Section(String file, YamlNode node, Consumer<ConfigProblem> problems) {
        this(file, node, "", "", problems);
        refuseUnknown();
    }

    private Section(String file, YamlNode node, String tablePath, String shownPath, Consumer<ConfigProblem> problems) {
        this.file = file;
        this.node = node;
        this.tablePath = tablePath;
        this.shownPath = shownPath;
        this.problems = problems;
    }

    private void refuseUnknown() {
        if (!node.isMap()) {
            problems.accept(new ConfigProblem(
                    file, node.line(), shownPath, "is not a map of keys", "write " + Keys.wordsIn(tablePath)));
            return;
        }
        List<String> known = Keys.wordsIn(tablePath);
        node.map().forEach((word, value) -> {
            if (!known.contains(word)) {
                problems.accept(new ConfigProblem(
                        file, value.line(), under(shownPath, word), "there is no such key", remedy(word, known)));
            }
        });
    }

    private static String remedy(String word, List<String> known) {
        return known.stream()
                .filter(one -> one.equalsIgnoreCase(word.replaceAll("[-_]", "")) || distance(one, word) <= 2)
                .findFirst()
                .map(one -> "did you mean " + one + "?")
                .orElse("the keys here are " + known);
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String under(String path, String word) {
        return path.isEmpty() ? word : path + "." + word;
    }

    void problem(String word, String message, String remedy) {
        int line = word.isEmpty()
                ? node.line()
                : node.get(word).map(YamlNode::line).orElse(node.line());
        problems.accept(
                new ConfigProblem(file, line, word.isEmpty() ? shownPath : under(shownPath, word), message, remedy));
    }

    boolean has(String word) {
        return node.get(word).filter(value -> !value.isNull()).isPresent();
    }

    /** The value as it is written; a required key that is absent is a problem. */
    String text(String word) {
        String text = raw(word);
        if (text.contains("${")) {
            problem(word, "${…} stands in a value that is no secret", "write the value itself");
        }
        return text;
    }

    /** As {@link #text}, for a key whose value may be a reference. */
    String raw(String word) {
        Key key = Keys.at(under(tablePath, word));
        Optional<YamlNode> value = node.get(word);
        if (value.isEmpty() || value.get().isNull()) {
            if (key.required()) {
                problem(word, "is missing", key.meaning());
                return "";
            }
            return key.absent();
        }
        if (value.get().isMap() || value.get().isList()) {
            problem(word, "is not one value", "write " + word + ": value");
            return key.required() ? "" : key.absent();
        }
        return value.get().text();
    }

    int number(String word) {
        String text = text(word);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            problem(word, "\"" + text + "\" is not a whole number", "write digits only");
            return Integer.parseInt(Keys.at(under(tablePath, word)).absent());
        }
    }

    boolean flag(String word) {
        String text = text(word);
        if (!text.equals("true") && !text.equals("false")) {
            problem(word, "\"" + text + "\" is neither true nor false", "write true or false");
        }
        return text.equals("true");
    }

    List<String> texts(String word) {
        Keys.at(under(tablePath, word));
        List<String> texts = new ArrayList<>();
        for (YamlNode element : list(word)) {
            if (element.isMap() || element.isList() || element.isNull()) {
                problem(word, "holds something that is not one value", "write " + word + ": [a, b]");
            } else {
                texts.add(element.text());
            }
        }
        return texts;
    }

    private List<YamlNode> list(String word) {
        Optional<YamlNode> value = node.get(word);
        if (value.isPresent() && !value.get().isList() && !value.get().isNull()) {
            problem(word, "is not a list", "begin each entry with '- '");
            return List.of();
        }
        return value.map(YamlNode::list).orElse(List.of());
    }

    /** The map at that key; an empty one when it is absent. */
    Section section(String word) {
        String shown = under(shownPath, word);
        Section section = new Section(
                file,
                node.get(word).filter(value -> !value.isNull()).orElse(YamlNode.missing(node.line())),
                under(tablePath, word),
                shown,
                problems);
        section.refuseUnknown();
        return section;
    }

    /** The maps of the list at that key. */
    List<Section> sections(String word) {
        List<Section> sections = new ArrayList<>();
        int at = 0;
        for (YamlNode element : list(word)) {
            Section section = new Section(
                    file, element, under(tablePath, word) + "[]", under(shownPath, word) + "[" + at++ + "]", problems);
            section.refuseUnknown();
            sections.add(section);
        }
        return sections;
    }
}
