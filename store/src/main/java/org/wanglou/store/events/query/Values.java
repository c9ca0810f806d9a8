package org.wanglou.store.events.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Addresses;
import org.wanglou.store.events.EventIndex.BadQuery;
import org.wanglou.store.events.query.HotField.Kind;

/** Values after a field's name, by the field's kind. */
final class Values {
    /** Times without a zone are the operator's. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final Map<String, String> CHINESE_OUTCOMES =
            Map.of("成功", "success", "失败", "failure", "未知", "unknown");

    private Values() {}

    /** A value without a field: words of the event's text. */
    static QueryNode text(Token token) {
        if (token.is(Token.Kind.PATTERN)) {
            return token.text().chars().allMatch(c -> c == '*')
                    ? new QueryNode.All()
                    : new QueryNode.WordPattern(token.text());
        }
        return new QueryNode.Words(token.text());
    }

    static QueryNode of(HotField field, Token token) {
        boolean pattern = token.is(Token.Kind.PATTERN);
        if (pattern && token.text().chars().allMatch(c -> c == '*')) {
            return new QueryNode.Exists(field);
        }
        switch (field.kind()) {
            case TEXT:
                return text(token);
            case ADDRESS:
                return address(field, token);
            case NUMBER:
                return pattern ? statusClass(field, token) : exactly(field, number(token));
            case TIME:
                return time(field, token);
            case KEYWORD:
        }
        if (pattern) {
            return new QueryNode.Pattern(field, token.text());
        }
        String value =
                field == HotField.OUTCOME ? CHINESE_OUTCOMES.getOrDefault(token.text(), token.text()) : token.text();
        return new QueryNode.Term(field, value);
    }

    static QueryNode compared(HotField field, Token operator, Token value) {
        if (field.kind() == Kind.ADDRESS) {
            byte[] bytes = literal(value);
            boolean up = operator.is(Token.Kind.GREATER) || operator.is(Token.Kind.GREATER_EQUAL);
            boolean strict = operator.is(Token.Kind.GREATER) || operator.is(Token.Kind.LESS);
            byte[] end = filled(bytes.length, up ? 0xff : 0);
            if (strict && java.util.Arrays.equals(bytes, end)) {
                throw new BadQuery("no address lies beyond " + value.text(), value.at());
            }
            String bound = Addresses.format(strict ? beside(bytes, up) : bytes);
            return up
                    ? new QueryNode.AddressRange(field, bound, Addresses.format(end))
                    : new QueryNode.AddressRange(field, Addresses.format(end), bound);
        }
        if (field.kind() != Kind.NUMBER && field.kind() != Kind.TIME) {
            throw new BadQuery(
                    field.field().name() + " cannot be compared with " + operator.text() + ": use : or a pattern",
                    operator.at());
        }
        long bound = field.kind() == Kind.TIME ? instant(value) : number(value);
        switch (operator.kind()) {
            case GREATER:
                return new QueryNode.NumberRange(field, saturated(bound, 1), Long.MAX_VALUE);
            case GREATER_EQUAL:
                return new QueryNode.NumberRange(field, bound, Long.MAX_VALUE);
            case LESS:
                return new QueryNode.NumberRange(field, Long.MIN_VALUE, saturated(bound, -1));
            default:
                return new QueryNode.NumberRange(field, Long.MIN_VALUE, bound);
        }
    }

    private static long saturated(long value, int step) {
        return value == Long.MAX_VALUE || value == Long.MIN_VALUE ? value : value + step;
    }

    private static QueryNode exactly(HotField field, long value) {
        return new QueryNode.NumberRange(field, value, value);
    }

    private static long number(Token token) {
        if (!token.text().matches("-?\\d{1,18}")) {
            throw new BadQuery("a whole number is expected, not " + token.text(), token.at());
        }
        return Long.parseLong(token.text());
    }

    /** {@code 4*}, {@code 40*} or {@code 4??}: numbers of that many digits. */
    private static QueryNode statusClass(HotField field, Token token) {
        String text = token.text();
        if (!text.matches("[1-9]\\d{0,2}(\\*|\\?{1,2})")
                || text.replace("*", "").length() > 3) {
            throw new BadQuery("a number or a class such as 4* is expected, not " + text, token.at());
        }
        String head = text.replaceAll("[*?]", "");
        return new QueryNode.NumberRange(
                field, Long.parseLong((head + "00").substring(0, 3)), Long.parseLong((head + "99").substring(0, 3)));
    }

    // --- addresses ---

    private static QueryNode address(HotField field, Token token) {
        String text = token.text();
        int slash = text.indexOf('/');
        if (slash >= 0) {
            byte[] bytes = literal(new Token(token.kind(), text.substring(0, slash), token.at()));
            String bits = text.substring(slash + 1);
            if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > bytes.length * 8) {
                throw new BadQuery(
                        "prefix length must be 0 to " + bytes.length * 8 + ", is " + bits, token.at() + slash + 1);
            }
            return range(field, bytes, Integer.parseInt(bits));
        }
        if (token.is(Token.Kind.PATTERN)) {
            String head = text.replaceAll("(\\.\\*)+$", "");
            if (!head.matches("\\d{1,3}(\\.\\d{1,3}){0,2}")) {
                throw new BadQuery("write an address pattern as a prefix such as 10.1.0.0/16 or as 10.1.*", token.at());
            }
            int octets = head.split("\\.", -1).length;
            return range(
                    field, literal(new Token(token.kind(), head + ".0".repeat(4 - octets), token.at())), octets * 8);
        }
        return new QueryNode.Term(field, Addresses.format(literal(token)));
    }

    private static byte[] literal(Token token) {
        return Addresses.parse(token.text())
                .orElseThrow(() -> new BadQuery(
                        "an address or prefix such as 10.0.0.0/8 or 2001:db8::/32 is expected, not " + token.text(),
                        token.at()));
    }

    private static QueryNode range(HotField field, byte[] address, int bits) {
        byte[] from = address.clone();
        byte[] to = address.clone();
        for (int bit = bits; bit < address.length * 8; bit++) {
            from[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            to[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new QueryNode.AddressRange(field, Addresses.format(from), Addresses.format(to));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] beside(byte[] address, boolean up) {
        byte[] next = address.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            next[i] += (byte) (up ? 1 : -1);
            if (next[i] != (up ? 0 : (byte) 0xff)) {
                break;
            }
        }
        return next;
    }

    // --- times ---

    /** A day, or an instant to the second or millisecond. */
    private static QueryNode time(HotField field, Token token) {
        try {
            LocalDate day = LocalDate.parse(token.text());
            return new QueryNode.NumberRange(field, millis(day), millis(day.plusDays(1)) - 1);
        } catch (DateTimeException e) {
            long from = instant(token);
            return new QueryNode.NumberRange(field, from, token.text().contains(".") ? from : from + 999);
        }
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private static long instant(Token token) {
        String text = token.text().strip().replace(' ', 'T').toUpperCase(Locale.ROOT);
        try {
            if (text.matches("\\d{12,15}")) {
                return Long.parseLong(text);
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return millis(LocalDate.parse(text));
            }
            if (text.endsWith("Z")) {
                return Instant.parse(text).toEpochMilli();
            }
            return text.matches(".*[+-]\\d\\d:\\d\\d")
                    ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
                    : LocalDateTime.parse(text).atZone(ZONE).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            throw new BadQuery(
                    "a time such as 2026-11-24 or \"2026-11-24 08:30:00\" is expected, not " + token.text(),
                    token.at());
        }
    }
}
