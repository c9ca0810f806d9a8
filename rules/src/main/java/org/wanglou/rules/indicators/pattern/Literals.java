package org.wanglou.rules.indicators.pattern;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns tokens into constants. Stateless. */
public final class Literals {
    private static final Pattern TIME = Pattern.compile("(\\d{4})-(0[1-9]|1[012])-(0[1-9]|[12]\\d|3[01])"
            + "T([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d|60)(?:\\.(\\d+))?Z");
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    private Literals() {}

    /**
     * A timestamp of STIX (RFC 3339 with T, Z and at most as many digits as one likes; nanoseconds count). A day the month
     * has not, such as 31 April, is the next month's: the grammar lets it pass.
     */
    public static Optional<Instant> time(String text) {
        Matcher parts = TIME.matcher(text);
        if (text.length() > 64 || !parts.matches()) {
            return Optional.empty();
        }
        long day =
                LocalDate.of(number(parts.group(1)), number(parts.group(2)), 1).toEpochDay()
                        + number(parts.group(3))
                        - 1;
        String fraction = parts.group(7) == null ? "" : parts.group(7);
        String nanos = (fraction + "000000000").substring(0, 9);
        return Optional.of(LocalDate.ofEpochDay(day)
                .atTime(number(parts.group(4)), number(parts.group(5)))
                .toInstant(ZoneOffset.UTC)
                .plusSeconds(number(parts.group(6)))
                .plusNanos(number(nanos)));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /** Octets in base64 with padding; empty when it is none. */
    public static Optional<byte[]> base64(String text) {
        return BASE64.matcher(text).matches() ? Optional.of(Base64.getDecoder().decode(text)) : Optional.empty();
    }

    /** Octets in hexadecimal; empty when it is none. */
    public static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The constant a token stands for; empty when the token is none. */
    static Optional<Literal> of(Token token, PatternLexer lexer) throws BadPattern {
        switch (token.kind()) {
            case STRING:
                return Optional.of(new Literal.Text(token.text()));
            case INTEGER, FRACTION:
                return Optional.of(new Literal.Number(new BigDecimal(token.text())));
            case TIME:
                return Optional.of(new Literal.Time(time(token.text())
                        .orElseThrow(() -> lexer.bad(
                                token.offset(), "no timestamp: write t'2024-01-15T12:30:45.123Z', in UTC with Z"))));
            case HEX:
                return Optional.of(new Literal.Binary(hex(token.text())
                        .orElseThrow(() -> lexer.bad(token.offset(), "no hexadecimal: digits come in pairs"))));
            case BASE64:
                return Optional.of(new Literal.Binary(
                        base64(token.text()).orElseThrow(() -> lexer.bad(token.offset(), "no base64 with padding"))));
            default:
                return token.is("true") || token.is("false")
                        ? Optional.of(new Literal.Truth(token.is("true")))
                        : Optional.empty();
        }
    }
}
