package org.wanglou.rules.sigma.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.wanglou.model.Addresses;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.Op;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.regex.SearchPattern;
import org.wanglou.rules.text.YamlNode;

/** Reads one {@code field|modifier…: values} of a detection. Confined to its call. */
final class ItemReader {
    private static final Set<String> SHAPES = Set.of("contains", "startswith", "endswith");
    private static final Set<String> COMPARES = Set.of("gt", "gte", "lt", "lte");
    private static final Set<String> WIDE = Set.of("wide", "utf16", "utf16le", "utf16be");
    private static final Set<String> TIMES = Set.of("minute", "hour", "day", "week", "month", "year");
    private static final String SPEC = "use the modifiers of the Sigma specification 2.1";
    private static final int PATTERN_LENGTH = 4096;

    private final LogSource source;
    private final String field;
    private final List<String> modifiers;
    private final YamlNode values;
    private String shape = "";
    private String kind = "";
    private String flags = "";
    private boolean cased;
    private boolean all;
    private boolean negated;
    private final List<String> encodings = new ArrayList<>();

    private ItemReader(LogSource source, String key, YamlNode values) {
        this.source = source;
        List<String> parts = Arrays.asList(key.split("\\|", -1));
        this.field = parts.get(0);
        this.modifiers = parts.subList(1, parts.size());
        this.values = values;
    }

    static Condition read(LogSource source, String key, YamlNode values) {
        return new ItemReader(source, key, values).read();
    }

    private Condition read() {
        modifiers.forEach(this::modifier);
        if (!shape.isEmpty() && !kind.isEmpty() && !kind.equals("fieldref")) {
            throw bad(shape + " cannot be combined with " + kind, SPEC);
        }
        if (kind.equals("re") && !encodings.isEmpty() || kind.equals("cidr") && cased) {
            throw bad(kind + " cannot be combined with " + encodings + (cased ? " cased" : ""), SPEC);
        }
        List<Condition> parts = new ArrayList<>();
        boolean list = values.isList();
        if (list && values.list().isEmpty()) {
            throw bad("empty list of values", "give at least one value");
        }
        List<YamlNode> nodes = values.isNull() ? List.of(values) : values.list();
        for (YamlNode node : nodes) {
            if (list && node.isNull()) {
                throw new BadRule(node.line(), "null inside a list", "write a detection of its own for null");
            }
            for (ValueTest test : tests(node)) {
                parts.add(leaf(label(node), test));
            }
        }
        String label =
                field + String.join("", modifiers.stream().map(m -> "|" + m).toList());
        Condition condition = parts.size() == 1
                ? parts.get(0)
                : all && encodings.isEmpty() ? new Condition.All(label, parts) : anyOrAll(label, nodes);
        return negated ? new Condition.Not(label + " (neq)", condition) : condition;
    }

    // With |all each value must match, but one value may have several encodings, of which any will do.
    private Condition anyOrAll(String label, List<YamlNode> nodes) {
        List<Condition> groups = new ArrayList<>();
        for (YamlNode node : nodes) {
            List<Condition> forms = new ArrayList<>();
            tests(node).forEach(test -> forms.add(leaf(label(node), test)));
            groups.add(forms.size() == 1 ? forms.get(0) : new Condition.Any(label(node), forms));
        }
        return all ? new Condition.All(label, groups) : new Condition.Any(label, groups);
    }

    private String label(YamlNode node) {
        return (field.isEmpty() ? "keyword" : field)
                + String.join("", modifiers.stream().map(m -> "|" + m).toList())
                + ": "
                + (node.isNull() ? "null" : node.text());
    }

    private Condition leaf(String label, ValueTest test) {
        if (!field.isEmpty()) {
            return new Condition.Item(label, FieldMapping.toEcs(source, field), test);
        }
        if (test instanceof ValueTest.Text text) {
            return new Condition.Keyword(label, new ValueTest.Text(text.glob().contains(), text.cased()));
        }
        if (test instanceof ValueTest.Number number) {
            Glob glob = Glob.literal(values.text()).contains();
            return new Condition.Keyword(label, values.isList() ? number : new ValueTest.Text(glob, false));
        }
        if (test instanceof ValueTest.Regex) {
            return new Condition.Keyword(label, test);
        }
        throw bad("keywords take text only", "name a field");
    }

    private void modifier(String modifier) {
        if (SHAPES.contains(modifier)) {
            shape = modifier;
        } else if (WIDE.contains(modifier) || modifier.equals("base64") || modifier.equals("base64offset")) {
            encodings.add(modifier);
        } else if (modifier.equals("windash")) {
            encodings.add(modifier);
        } else if (modifier.equals("cased")) {
            cased = true;
        } else if (modifier.equals("all")) {
            all = true;
        } else if (modifier.equals("neq")) {
            negated = true;
        } else if (kind.equals("re")
                && Set.of("i", "m", "s", "ignorecase", "multiline", "dotall").contains(modifier)) {
            flags += modifier.equals("ignorecase") ? "i" : modifier.equals("dotall") ? "s" : modifier.substring(0, 1);
        } else if (COMPARES.contains(modifier)
                || Set.of("re", "cidr", "exists", "fieldref").contains(modifier)) {
            if (!kind.isEmpty()) {
                throw bad(kind + " cannot be combined with " + modifier, SPEC);
            }
            kind = modifier;
        } else if (modifier.equals("expand")) {
            throw bad("expand needs a pipeline with placeholder values, which is not supported", "write the values");
        } else if (TIMES.contains(modifier)) {
            throw bad("time modifier " + modifier + " is not supported yet", "leave it out");
        } else {
            throw bad("unknown modifier " + modifier, SPEC);
        }
    }

    private List<ValueTest> tests(YamlNode node) {
        if (node.isMap() || node.isList()) {
            throw new BadRule(node.line(), "a value of " + field + " is a " + (node.isMap() ? "map" : "list"), SPEC);
        }
        return switch (kind) {
            case "exists" -> {
                if (!(node.value() instanceof Boolean wanted)) {
                    throw bad("exists takes true or false", SPEC);
                }
                yield List.of(new ValueTest.Exists(wanted));
            }
            case "re" -> List.of(regex(node));
            case "cidr" -> List.of(cidr(node));
            case "gt", "gte", "lt", "lte" -> {
                double bound = org.wanglou.rules.sigma.match.Values.number(node.text());
                if (Double.isNaN(bound)) {
                    throw new BadRule(node.line(), kind + " takes a number, not '" + node.text() + "'", SPEC);
                }
                yield List.of(new ValueTest.Compare(Op.valueOf(kind.toUpperCase(java.util.Locale.ROOT)), bound));
            }
            case "fieldref" ->
                List.of(new ValueTest.FieldRef(
                        FieldMapping.toEcs(source, node.text()),
                        shape.isEmpty()
                                ? ValueTest.FieldRef.How.WHOLE
                                : ValueTest.FieldRef.How.valueOf(shape.toUpperCase(java.util.Locale.ROOT)),
                        cased));
            default -> plain(node);
        };
    }

    private List<ValueTest> plain(YamlNode node) {
        if (node.isNull()) {
            if (!shape.isEmpty() || !encodings.isEmpty()) {
                throw bad("null takes no modifier", SPEC);
            }
            return List.of(new ValueTest.Null());
        }
        if (node.value() instanceof java.lang.Number number && shape.isEmpty() && encodings.isEmpty()) {
            return List.of(new ValueTest.Number(number.doubleValue() + 0.0));
        }
        List<ValueTest> tests = new ArrayList<>();
        for (Glob glob : globs(node)) {
            Glob shaped =
                    switch (shape) {
                        case "contains" -> glob.contains();
                        case "startswith" -> glob.startsWith();
                        case "endswith" -> glob.endsWith();
                        default -> glob;
                    };
            // Folding a Glob keeps its length, so the kinds stay in step.
            tests.add(new ValueTest.Text(cased ? shaped : new Glob(Fold.fold(shaped.text()), shaped.kinds()), cased));
        }
        return tests;
    }

    private List<Glob> globs(YamlNode node) {
        List<String> texts = List.of(node.text());
        if (encodings.isEmpty()) {
            return List.of(Glob.of(node.text()));
        }
        boolean bytes = false;
        boolean literal = false;
        for (String encoding : encodings) {
            if (!encoding.equals("windash") && !literal) {
                Glob glob = Glob.of(texts.get(0));
                if (!glob.plain()) {
                    throw new BadRule(node.line(), encoding + " cannot take wildcards", "write the plain text");
                }
                texts = texts.stream().map(text -> Glob.of(text).text()).toList();
                literal = true;
            }
            List<String> next = new ArrayList<>();
            for (String text : texts) {
                switch (encoding) {
                    case "windash" -> next.addAll(Encodings.dashes(text));
                    case "base64" -> next.add(Encodings.base64(text, bytes));
                    case "base64offset" -> next.addAll(Encodings.offsets(text, bytes));
                    default -> next.add(Encodings.wide(text, encoding));
                }
            }
            bytes = WIDE.contains(encoding);
            texts = next;
        }
        boolean plain = literal;
        return texts.stream()
                .map(text -> plain ? Glob.literal(text) : Glob.of(text))
                .toList();
    }

    private ValueTest regex(YamlNode node) {
        if (node.text().length() > PATTERN_LENGTH) {
            throw new BadRule(node.line(), "regular expression longer than " + PATTERN_LENGTH, "shorten it");
        }
        ValueTest.Regex regex =
                new ValueTest.Regex(node.text(), flags.contains("i"), flags.contains("m"), flags.contains("s"));
        try {
            SearchPattern.compile(regex.pattern(), regex.ignoreCase(), regex.multiline(), regex.dotAll());
            return regex;
        } catch (SearchPattern.Refused e) {
            throw new BadRule(
                    node.line(),
                    String.valueOf(e.getMessage()),
                    "look-around and back references are not available; rewrite without");
        }
    }

    private static ValueTest cidr(YamlNode node) {
        String text = node.text();
        int slash = text.indexOf('/');
        byte[] network = Addresses.parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new BadRule(node.line(), "no address block: " + text, "write 192.0.2.0/24"));
        double bits =
                slash < 0 ? network.length * 8 : org.wanglou.rules.sigma.match.Values.number(text.substring(slash + 1));
        if (!(bits >= 0 && bits <= network.length * 8 && bits == Math.rint(bits))) {
            throw new BadRule(node.line(), "no prefix length: " + text, "write 192.0.2.0/24");
        }
        return new ValueTest.Cidr(text, network, (int) bits);
    }

    private BadRule bad(String message, String remedy) {
        return new BadRule(values.line(), (field.isEmpty() ? "keywords" : field) + ": " + message, remedy);
    }
}
