package org.wanglou.rules.sigma.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.pipeline.BadRule;

/** Sigma's condition language: names, {@code and or not ( )}, {@code 1|any|all of them|name*}. Confined to its call. */
final class ConditionParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|[^\\s()]+)");
    private static final int DEPTH = 60;

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Condition> detections;
    private final int line;
    private int next;
    private int depth;

    private ConditionParser(String text, int line, Map<String, Condition> detections) {
        this.detections = detections;
        this.line = line;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group(1));
        }
    }

    static Condition parse(String text, int line, Map<String, Condition> detections) {
        if (text.indexOf('|') >= 0) {
            throw new BadRule(
                    line,
                    "aggregation after | ("
                            + text.substring(text.indexOf('|') + 1).strip() + ") is not Sigma 2",
                    "keep the part before | here and count with a correlation rule that names this one");
        }
        ConditionParser parser = new ConditionParser(text, line, detections);
        Condition condition = parser.or();
        if (parser.next < parser.tokens.size()) {
            throw parser.bad("unexpected '" + parser.tokens.get(parser.next) + "'");
        }
        return condition;
    }

    private Condition or() {
        if (++depth > DEPTH) {
            throw bad("nested deeper than " + DEPTH);
        }
        List<Condition> parts = new ArrayList<>(List.of(and()));
        while (word("or")) {
            parts.add(and());
        }
        depth--;
        return parts.size() == 1 ? parts.get(0) : new Condition.Any("or", parts);
    }

    private Condition and() {
        List<Condition> parts = new ArrayList<>(List.of(not()));
        while (word("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Condition.All("and", parts);
    }

    private Condition not() {
        if (word("not")) {
            if (++depth > DEPTH) {
                throw bad("nested deeper than " + DEPTH);
            }
            Condition part = not();
            depth--;
            boolean selector = part instanceof Condition.Any any && any.label().contains(" of ");
            return new Condition.Not(selector ? "not " + part.label() + ": none of them" : "not", part);
        }
        return primary();
    }

    private Condition primary() {
        if (next >= tokens.size()) {
            throw bad("condition ends too early");
        }
        String token = tokens.get(next++);
        if (token.equals("(")) {
            Condition inner = or();
            if (next >= tokens.size() || !tokens.get(next).equals(")")) {
                throw bad("missing )");
            }
            next++;
            return inner;
        }
        String lower = token.toLowerCase(Locale.ROOT);
        boolean all = lower.equals("all");
        if (next < tokens.size() && tokens.get(next).equalsIgnoreCase("of") && !detections.containsKey(token)) {
            if (!all && !lower.equals("1") && !lower.equals("any")) {
                throw bad("'" + token + " of' is none of 1 of, any of, all of");
            }
            next++;
            return of(all, token);
        }
        Condition detection = detections.get(token);
        if (detection == null) {
            throw bad("no detection is named '" + token + "'");
        }
        return detection;
    }

    private Condition of(boolean all, String quantifier) {
        if (next >= tokens.size()) {
            throw bad("'of' needs a name");
        }
        String pattern = tokens.get(next++);
        boolean them = pattern.equalsIgnoreCase("them");
        Glob glob = Glob.of(them ? "*" : pattern);
        List<Condition> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        detections.forEach((name, condition) -> {
            if (glob.matches(name) && !(name.startsWith("_") && !pattern.startsWith("_"))) {
                parts.add(condition);
                names.add(name);
            }
        });
        if (parts.isEmpty()) {
            throw bad("'" + pattern + "' names no detection");
        }
        // "not 1 of" is often read as "not all of", so the names are said.
        String label = quantifier + " of " + pattern + " (" + String.join(all ? " and " : " or ", names) + ")";
        return all ? new Condition.All(label, parts) : new Condition.Any(label, parts);
    }

    private boolean word(String wanted) {
        if (next < tokens.size() && tokens.get(next).equalsIgnoreCase(wanted)) {
            next++;
            return true;
        }
        return false;
    }

    private BadRule bad(String message) {
        return new BadRule(line, "condition: " + message, "mend the condition of this rule");
    }
}
