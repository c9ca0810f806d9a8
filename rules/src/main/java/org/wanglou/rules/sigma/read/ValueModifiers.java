package org.wanglou.rules.sigma.read;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.wanglou.model.Addresses;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.Op;
import org.wanglou.rules.sigma.TimeParts;
import org.wanglou.rules.sigma.ValueTest;
import org.wanglou.rules.sigma.pipeline.BadRule;
import org.wanglou.rules.sigma.regex.SearchPattern;
import org.wanglou.rules.text.YamlNode;

/**
 * One value of an item and the modifiers applied to it so far. A modifier that does not fit what the value has become by
 * then is refused, so that no combination is silently read as something else. Confined to its call.
 */
final class ValueModifiers {
    private static final String SPEC = "use the modifiers of the Sigma specification 2.1, in an order that fits";
    private static final int PATTERN_LENGTH = 4096;
    private static final int FORMS = 4096;

    private final String key;
    private final String field;
    private final YamlNode node;
    private final ZoneId zone;
    private final List<ValueTest> forms = new ArrayList<>();
    private String last = "";
    private boolean bytes;
    private boolean encoded;
    private String shape = "";

    ValueModifiers(String key, String field, YamlNode node, ZoneId zone) {
        this.key = key;
        this.field = field;
        this.node = node;
        this.zone = zone;
        if (node.isNull()) {
            forms.add(new ValueTest.Null());
        } else if (node.value() instanceof Number number) {
            forms.add(new ValueTest.Number(number.doubleValue() + 0.0));
        } else {
            forms.add(new ValueTest.Text(Glob.of(node.text()), false));
        }
    }

    List<ValueTest> forms() {
        if (field.isEmpty()) {
            return keywords();
        }
        return List.copyOf(forms);
    }

    private List<ValueTest> keywords() {
        List<ValueTest> keywords = new ArrayList<>();
        for (ValueTest form : forms) {
            if (form instanceof ValueTest.Text text) {
                if (text.glob().text().isEmpty()) {
                    throw bad("an empty keyword is in every event", "write the word that is looked for");
                }
                keywords.add(new ValueTest.Text(text.glob().contains(), text.cased()));
            } else if (form instanceof ValueTest.Number) {
                keywords.add(new ValueTest.Text(Glob.literal(node.text()).contains(), false));
            } else if (form instanceof ValueTest.Regex) {
                keywords.add(form);
            } else {
                throw bad("keywords take texts and expressions only", "name a field");
            }
        }
        return keywords;
    }

    void apply(String modifier) {
        switch (modifier) {
            case "all" -> {}
            case "neq" -> {}
            case "contains" -> shape(modifier, Glob::contains);
            case "startswith" -> shape(modifier, Glob::startsWith);
            case "endswith" -> shape(modifier, Glob::endsWith);
            case "cased" -> cased();
            case "windash" -> texts(modifier, glob -> Encodings.dashes(glob));
            case "base64", "base64offset", "wide", "utf16", "utf16le", "utf16be" -> encode(modifier);
            case "expand" -> texts(modifier, glob -> List.of(Encodings.placeholders(glob)));
            case "re" -> one(modifier, new ValueTest.Regex(node.text(), false, false, false));
            case "i", "ignorecase", "m", "multiline", "s", "dotall" -> flag(modifier);
            case "cidr" -> one(modifier, cidr());
            case "exists" -> {
                if (!(node.value() instanceof Boolean wanted)) {
                    throw bad("exists takes true or false", SPEC);
                }
                one(modifier, new ValueTest.Exists(wanted));
            }
            case "fieldref" -> reference(modifier);
            case "gt", "gte", "lt", "lte" -> compare(modifier);
            case "minute", "hour", "day", "week", "month", "year" ->
                one(
                        modifier,
                        new ValueTest.TimePart(
                                TimeParts.Unit.valueOf(modifier.toUpperCase(Locale.ROOT)),
                                Op.EQ,
                                whole(modifier),
                                zone));
            default -> throw bad("unknown modifier " + modifier, SPEC);
        }
        if (!modifier.equals("all") && !modifier.equals("neq")) {
            last = modifier;
        }
        if (forms.size() == 1 && forms.get(0) instanceof ValueTest.Regex regex && !last.isEmpty()) {
            compiles(regex);
        }
    }

    // Null has no text to change and no number to compare with.
    private void one(String modifier, ValueTest test) {
        if (!last.isEmpty() || forms.size() != 1 || node.isNull()) {
            throw clash(modifier);
        }
        forms.set(0, test);
    }

    private void shape(String modifier, UnaryOperator<Glob> change) {
        if (!shape.isEmpty()) {
            throw clash(modifier);
        }
        shape = modifier;
        if (forms.size() == 1 && forms.get(0) instanceof ValueTest.FieldRef ref) {
            ValueTest.FieldRef.How how = ValueTest.FieldRef.How.valueOf(modifier.toUpperCase(Locale.ROOT));
            forms.set(0, new ValueTest.FieldRef(ref.field(), how, ref.cased()));
            return;
        }
        texts(modifier, glob -> List.of(change.apply(glob)));
    }

    private void texts(String modifier, java.util.function.Function<Glob, List<Glob>> change) {
        List<ValueTest> changed = new ArrayList<>();
        for (ValueTest form : forms) {
            ValueTest.Text text;
            if (form instanceof ValueTest.Text written) {
                text = written;
            } else if (form instanceof ValueTest.Number && last.isEmpty()) {
                text = new ValueTest.Text(Glob.literal(node.text()), false);
            } else {
                throw clash(modifier);
            }
            change.apply(text.glob()).forEach(glob -> changed.add(new ValueTest.Text(glob, text.cased())));
        }
        if (changed.size() > FORMS) {
            throw bad("more than " + FORMS + " forms of one value", "split the value");
        }
        forms.clear();
        forms.addAll(changed);
    }

    private void encode(String modifier) {
        boolean base64 = modifier.startsWith("base64");
        if (encoded && !bytes || !shape.isEmpty()) {
            throw clash(modifier);
        }
        boolean wide = bytes;
        texts(modifier, glob -> {
            if (!glob.plain() || glob.waiting()) {
                throw bad(modifier + " cannot take wildcards or placeholders", "write the plain text");
            }
            List<String> texts = base64
                    ? modifier.equals("base64")
                            ? List.of(Encodings.base64(glob.text(), wide))
                            : Encodings.offsets(glob.text(), wide)
                    : List.of(Encodings.wide(glob.text(), modifier));
            return texts.stream().map(Glob::literal).toList();
        });
        if (!base64 && bytes) {
            throw clash(modifier);
        }
        encoded = true;
        bytes = !base64;
    }

    private void cased() {
        for (int i = 0; i < forms.size(); i++) {
            if (forms.get(i) instanceof ValueTest.Text text) {
                forms.set(i, new ValueTest.Text(text.glob(), true));
            } else if (forms.get(i) instanceof ValueTest.FieldRef ref) {
                forms.set(i, new ValueTest.FieldRef(ref.field(), ref.how(), true));
            } else {
                throw clash("cased");
            }
        }
    }

    private void flag(String modifier) {
        if (forms.size() != 1 || !(forms.get(0) instanceof ValueTest.Regex regex)) {
            throw bad(modifier + " belongs after re", SPEC);
        }
        char flag = modifier.equals("dotall") ? 's' : modifier.charAt(0);
        forms.set(
                0,
                new ValueTest.Regex(
                        regex.pattern(),
                        regex.ignoreCase() || flag == 'i',
                        regex.multiline() || flag == 'm',
                        regex.dotAll() || flag == 's'));
    }

    private void compiles(ValueTest.Regex regex) {
        if (regex.pattern().length() > PATTERN_LENGTH) {
            throw bad("regular expression longer than " + PATTERN_LENGTH, "shorten it");
        }
        try {
            SearchPattern.compile(regex.pattern(), regex.ignoreCase(), regex.multiline(), regex.dotAll());
        } catch (SearchPattern.Refused e) {
            throw bad(String.valueOf(e.getMessage()), "write it without what is named here");
        }
    }

    private void reference(String modifier) {
        if (!shape.isEmpty() && forms.size() == 1 && forms.get(0) instanceof ValueTest.Text && last.equals(shape)) {
            forms.set(
                    0,
                    new ValueTest.FieldRef(
                            node.text(), ValueTest.FieldRef.How.valueOf(shape.toUpperCase(Locale.ROOT)), false));
            return;
        }
        one(modifier, new ValueTest.FieldRef(node.text(), ValueTest.FieldRef.How.WHOLE, false));
    }

    private void compare(String modifier) {
        Op op = Op.valueOf(modifier.toUpperCase(Locale.ROOT));
        if (forms.size() == 1 && forms.get(0) instanceof ValueTest.TimePart part && part.op() == Op.EQ) {
            forms.set(0, new ValueTest.TimePart(part.unit(), op, part.value(), part.zone()));
            return;
        }
        one(modifier, new ValueTest.Compare(op, number(modifier)));
    }

    private double number(String modifier) {
        try {
            if (node.value() instanceof Number number) {
                return number.doubleValue();
            }
            if (node.text().length() <= 40) {
                return new java.math.BigDecimal(node.text()).doubleValue();
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad(modifier + " takes a number, not '" + node.text() + "'", SPEC);
    }

    private long whole(String modifier) {
        double number = number(modifier);
        if (number != Math.rint(number) || Math.abs(number) > 9999) {
            throw bad(modifier + " takes a whole number, not '" + node.text() + "'", SPEC);
        }
        return (long) number;
    }

    private ValueTest cidr() {
        String text = node.text();
        int slash = text.indexOf('/');
        byte[] network = Addresses.parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> bad("no address block: " + text, "write 192.0.2.0/24"));
        String length = slash < 0 ? Integer.toString(network.length * 8) : text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > network.length * 8) {
            throw bad("no prefix length: " + text, "write 192.0.2.0/24");
        }
        return new ValueTest.Cidr(text, network, Integer.parseInt(length));
    }

    private BadRule clash(String modifier) {
        String before = last.isEmpty() ? node.isNull() ? "null" : "this value" : last;
        return bad(modifier + " cannot be combined with " + before, SPEC);
    }

    private BadRule bad(String message, String remedy) {
        return new BadRule(node.line(), (key.isEmpty() ? "keywords" : key) + ": " + message, remedy);
    }
}
