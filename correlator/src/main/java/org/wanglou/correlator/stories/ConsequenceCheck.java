package org.wanglou.correlator.stories;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses DRL that does more than judge: a consequence may only say {@code story.emit}, {@code extend} or {@code suppress}
 * (the shipped grading: {@code judge}), because a loop or a call out of a consequence cannot be stopped. Pure.
 */
final class ConsequenceCheck {
    private static final Pattern CONSEQUENCE =
            Pattern.compile("(?ms)^\\s*then\\b(?<body>.*?)^\\s*end\\b|\\bthen\\b(?<inline>.*?)\\bend\\b");
    // In one pass, because a string may hold what looks like a comment and the other way round.
    private static final Pattern STRING_OR_COMMENT =
            Pattern.compile("(?s)\"(?:\\\\.|[^\"\\\\])*\"|/\\*.*?\\*/|//[^\\n]*");
    private static final Pattern FORBIDDEN =
            Pattern.compile("\\b(?:function|eval|dialect\\s+\"java\"|System|Runtime|Thread|Class|ProcessBuilder)\\b");
    private static final Pattern IMPORT = Pattern.compile("(?m)^\\s*import\\s+(?<name>[\\w.* ]+);?");

    private ConsequenceCheck() {}

    static void story(String file, String drl) {
        check(file, drl, "emit|extend|suppress");
    }

    static void grading(String file, String drl) {
        check(file, drl, "judge");
    }

    private static void check(String file, String drl, String verbs) {
        String text = blank(drl);
        Matcher imports = IMPORT.matcher(text);
        while (imports.find()) {
            String name = imports.group("name").replaceFirst("^(static|function)\\s+", "");
            if (!name.startsWith("org.wanglou.model.") && !name.startsWith("java.util.")) {
                throw refused(file, text, imports.start(), "imports " + name, "import only org.wanglou.model");
            }
        }
        Matcher forbidden = FORBIDDEN.matcher(text);
        if (forbidden.find()) {
            throw refused(
                    file, text, forbidden.start(), "uses " + forbidden.group(), "conditions and story verbs only");
        }
        Pattern statement = Pattern.compile("\\s*story\\s*\\.\\s*(?:" + verbs + ")\\s*\\((?<inside>.*)\\)\\s*");
        Matcher consequence = CONSEQUENCE.matcher(text);
        while (consequence.find()) {
            boolean block = consequence.group("body") != null;
            String body = block ? consequence.group("body") : consequence.group("inline");
            int start = block ? consequence.start("body") : consequence.start("inline");
            for (String part : body.split(";", -1)) {
                Matcher one = statement.matcher(part.replace('\n', ' ').replace('\r', ' '));
                if (!part.isBlank() && (!one.matches() || !balanced(one.group("inside")))) {
                    throw refused(
                            file,
                            text,
                            start,
                            "a consequence says something else than story." + verbs.replace("|", ", story."),
                            "leave arithmetic to windows and conditions");
                }
            }
        }
    }

    /** True if no parenthesis closes before it opens: then the verb's own is the outermost, and nothing follows it. */
    private static boolean balanced(String inside) {
        int depth = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || c == '{' || c == '=') {
                return false;
            }
        }
        return depth == 0;
    }

    private static String blank(String text) {
        return STRING_OR_COMMENT
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("\"") ? "\"\"" : found.group().replaceAll("[^\\n]", " ")));
    }

    private static IllegalArgumentException refused(String file, String text, int at, String what, String remedy) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        return new IllegalArgumentException(file + ":" + line + ": " + what + "; " + remedy);
    }
}
