package org.wanglou.rules.indicators.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.pattern.Comparing;
import org.wanglou.rules.indicators.pattern.Literal;
import org.wanglou.rules.indicators.pattern.Literals;

/**
 * Comparison of one value with constants (STIX 2.1 §9.6.1). Values of different kinds are unequal and have no order;
 * characters and octets compare where every character is below 256. Regular expressions are RE2's and so linear.
 * Stateless.
 */
public final class Values {
    private Values() {}

    /**
     * The value of a property; octets where the name says that it is hexadecimal or base64.
     *
     * @return empty for what cannot be compared
     */
    public static Optional<Literal> of(String name, JsonNode node) {
        if (node.isTextual()) {
            String text = node.asText();
            if (name.endsWith("_hex")) {
                return Literals.hex(text).map(Literal.Binary::new);
            }
            if (name.endsWith("_bin")) {
                return Literals.base64(text).map(Literal.Binary::new);
            }
            return Optional.of(new Literal.Text(text));
        }
        if (node.isBoolean()) {
            return Optional.of(new Literal.Truth(node.asBoolean()));
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return Math.abs((long) number.scale()) > 10_000
                    ? Optional.empty()
                    : Optional.of(new Literal.Number(number));
        }
        return Optional.empty();
    }

    /** Whether the comparison, without its negation, holds for a value. {@code EXISTS} holds. */
    public static boolean holds(Comparing.Test test, Literal value) {
        return switch (test.operator()) {
            case EXISTS -> true;
            case EQUAL, IN -> test.values().stream().anyMatch(constant -> equal(value, constant));
            case GREATER -> order(value, test.values().get(0)).orElse(0) > 0;
            case LESS -> order(value, test.values().get(0)).orElse(0) < 0;
            case GREATER_OR_EQUAL -> order(value, test.values().get(0)).orElse(-1) >= 0;
            case LESS_OR_EQUAL -> order(value, test.values().get(0)).orElse(1) <= 0;
            case LIKE -> found(like(test.values().get(0).plain()), value);
            case MATCHES -> found(regex(test.values().get(0).plain()), value);
            case ISSUBSET -> within(characters(value), test.values().get(0).plain());
            case ISSUPERSET -> within(test.values().get(0).plain(), characters(value));
        };
    }

    private static boolean equal(Literal value, Literal constant) {
        OptionalInt order = order(value, constant);
        if (order.isPresent()) {
            return order.getAsInt() == 0;
        }
        return value instanceof Literal.Truth && value.equals(constant);
    }

    private static OptionalInt order(Literal value, Literal constant) {
        if (constant instanceof Literal.Time time) {
            Optional<Instant> read =
                    value instanceof Literal.Text text ? Literals.time(text.value()) : Optional.<Instant>empty();
            return read.map(instant -> OptionalInt.of(instant.compareTo(time.value())))
                    .orElse(OptionalInt.empty());
        }
        if (value instanceof Literal.Number one && constant instanceof Literal.Number other) {
            return OptionalInt.of(one.value().compareTo(other.value()));
        }
        if (value instanceof Literal.Text one && constant instanceof Literal.Text other) {
            return OptionalInt.of(codePoints(one.value(), other.value()));
        }
        Optional<byte[]> one = octets(value);
        Optional<byte[]> other = octets(constant);
        return one.isPresent() && other.isPresent()
                ? OptionalInt.of(Arrays.compareUnsigned(one.get(), other.get()))
                : OptionalInt.empty();
    }

    /** By code point, not by UTF-16 unit. */
    private static int codePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    private static Optional<byte[]> octets(Literal value) {
        if (value instanceof Literal.Binary binary) {
            return Optional.of(binary.value());
        }
        return value instanceof Literal.Text text && text.value().chars().allMatch(c -> c < 256)
                ? Optional.of(text.value().getBytes(StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    private static String characters(Literal value) {
        return value instanceof Literal.Binary binary
                ? new String(binary.value(), StandardCharsets.ISO_8859_1)
                : value.plain();
    }

    private static boolean found(Pattern pattern, Literal value) {
        if (value instanceof Literal.Binary) {
            return pattern.matcher(characters(value)).find();
        }
        return value instanceof Literal.Text text
                && pattern.matcher(Normalizer.normalize(text.value(), Normalizer.Form.NFC))
                        .find();
    }

    /**
     * A regular expression, found anywhere, the point matching a line end too.
     *
     * @throws com.google.re2j.PatternSyntaxException when RE2 does not know it (look-around, back references)
     */
    public static Pattern regex(String expression) {
        return Pattern.compile(Normalizer.normalize(expression, Normalizer.Form.NFC), Pattern.DOTALL);
    }

    /** {@code %} for any characters, {@code _} for one, over the whole text. */
    public static Pattern like(String mask) {
        StringBuilder regex = new StringBuilder("^(?:");
        Normalizer.normalize(mask, Normalizer.Form.NFC)
                .codePoints()
                .forEach(c -> regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(regex.append(")\\z").toString(), Pattern.DOTALL);
    }

    /** Whether an address or block lies in a block; false when either is none. */
    public static boolean within(String inner, String outer) {
        Optional<byte[]> in = Addresses.parse(before(inner));
        Optional<byte[]> out = Addresses.parse(before(outer));
        if (in.isEmpty() || out.isEmpty() || in.get().length != out.get().length) {
            return false;
        }
        int width = in.get().length * 8;
        int inBits = bits(inner, width);
        int outBits = bits(outer, width);
        if (outBits < 0 || inBits < outBits) {
            return false;
        }
        for (int i = 0; i < outBits; i++) {
            int mask = 0x80 >> (i & 7);
            if (((in.get()[i >> 3] ^ out.get()[i >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String before(String block) {
        int slash = block.indexOf('/');
        return slash < 0 ? block : block.substring(0, slash);
    }

    private static int bits(String block, int width) {
        int slash = block.indexOf('/');
        if (slash < 0) {
            return width;
        }
        String digits = block.substring(slash + 1);
        int bits = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        return bits > width ? -1 : bits;
    }
}
