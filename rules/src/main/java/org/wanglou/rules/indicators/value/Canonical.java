package org.wanglou.rules.indicators.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.IndicatorType;

/**
 * The octets by which values of a type are compared, and back. What is refused names its reason in the exception: a reader
 * tells it with file and line. Stateless.
 */
public final class Canonical {
    private static final int TEXT_MAX = 1024;
    private static final int PATH_MIN = 5;
    private static final HexFormat HEX = HexFormat.of();

    private Canonical() {}

    /**
     * The canonical text of an indicator's value as a list has it, disguise undone.
     *
     * @throws IllegalArgumentException naming what is wrong, in words for the operator
     */
    public static String text(IndicatorType type, String written, PublicSuffixes suffixes) {
        String value = Defanged.undo(written);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value is empty");
        }
        return switch (type) {
            case IP -> block(value);
            case DOMAIN -> domain(value, suffixes);
            case URL ->
                Urls.parse(value)
                        .map(Urls.Parts::text)
                        .orElseThrow(() -> new IllegalArgumentException("no URL: " + shown(value)));
            case URL_PREFIX ->
                Urls.parse(value)
                        .map(Urls.Parts::bare)
                        .orElseThrow(() -> new IllegalArgumentException("no URL: " + shown(value)));
            default ->
                octetsText(
                        type,
                        octets(type, value)
                                .orElseThrow(
                                        () -> new IllegalArgumentException("no " + type.word() + ": " + shown(value))));
        };
    }

    private static String domain(String value, PublicSuffixes suffixes) {
        String name = value.startsWith("*.") ? value.substring(2) : value.startsWith(".") ? value.substring(1) : value;
        String canonical = Domains.canonical(name)
                .orElseThrow(() -> new IllegalArgumentException("no domain name: " + shown(value)));
        if (suffixes.holds(canonical)) {
            throw new IllegalArgumentException(
                    canonical + " is a public suffix: an indicator on it would mean everybody below it");
        }
        return canonical;
    }

    private static String block(String value) {
        int slash = value.indexOf('/');
        String head = slash < 0 ? value : value.substring(0, slash);
        String bare = head.startsWith("[") && head.endsWith("]") ? head.substring(1, head.length() - 1) : head;
        byte[] bytes = Addresses.parse(bare)
                .orElseThrow(() -> new IllegalArgumentException("no address or block: " + shown(value)));
        int width = bytes.length * 8;
        String digits = slash < 0 ? "" : value.substring(slash + 1);
        int bits = slash < 0 ? width : digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        if (bits < 1 || bits > width) {
            throw new IllegalArgumentException("prefix length must be 1 to " + width + ": " + shown(value));
        }
        mask(bytes, bits);
        return Addresses.format(bytes) + (bits == width ? "" : "/" + bits);
    }

    /** Clears all bits behind the first so many. */
    public static void mask(byte[] bytes, int bits) {
        for (int i = bits; i < bytes.length * 8; i = (i | 7) + 1) {
            bytes[i >> 3] &= (byte) ~(0xff >> (i & 7));
        }
    }

    /** The octets by which a value, of an event or canonical, is found; empty when it can be none. Not for {@code IP}. */
    public static Optional<byte[]> octets(IndicatorType type, String value) {
        return switch (type) {
            case HASH, CERTIFICATE -> hex(value).filter(bytes -> isHash(bytes.length));
            case JA3, JA3S -> hex(value).filter(bytes -> bytes.length == 16);
            case CERTIFICATE_SERIAL ->
                hex(value.length() % 2 == 0 || value.indexOf(':') >= 0 ? value : "0" + value)
                        .filter(bytes -> bytes.length <= 32)
                        .map(Canonical::withoutZeroes);
            case EMAIL -> {
                int at = value.lastIndexOf('@');
                yield at < 1 || value.length() > 320
                        ? Optional.empty()
                        : Domains.canonical(value.substring(at + 1))
                                .map(host -> bytes(value.substring(0, at).toLowerCase(Locale.ROOT) + "@" + host));
            }
            case JA4, FILE_NAME -> text(value.toLowerCase(Locale.ROOT));
            case USER_AGENT -> text(value);
            case DOMAIN -> Domains.octets(value);
            case URL -> Urls.parse(value).map(parts -> bytes(parts.text()));
            case URL_PREFIX -> Urls.parse(value).map(parts -> bytes(parts.bare()));
            case URL_PATH -> {
                int question = value.indexOf('?');
                String path = Urls.rest(question < 0 ? value : value.substring(0, question));
                boolean telling = path.startsWith("/") && path.length() >= PATH_MIN && path.length() <= TEXT_MAX;
                yield telling ? Optional.of(bytes(path)) : Optional.empty();
            }
            case IP -> throw new IllegalArgumentException("addresses are compared as blocks");
        };
    }

    private static boolean isHash(int octets) {
        return octets == 16 || octets == 20 || octets == 28 || octets == 32 || octets == 48 || octets == 64;
    }

    private static byte[] withoutZeroes(byte[] bytes) {
        int from = 0;
        while (from < bytes.length - 1 && bytes[from] == 0) {
            from++;
        }
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /** The text of octets. */
    public static String octetsText(IndicatorType type, byte[] octets) {
        return switch (type) {
            case HASH, CERTIFICATE, CERTIFICATE_SERIAL, JA3, JA3S -> HEX.formatHex(octets);
            default -> new String(octets, StandardCharsets.UTF_8);
        };
    }

    private static Optional<byte[]> text(String value) {
        String stripped = value.strip();
        return stripped.isEmpty() || stripped.length() > TEXT_MAX ? Optional.empty() : Optional.of(bytes(stripped));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<byte[]> hex(String value) {
        int length = value.length();
        if (length == 0 || length > 200) {
            return Optional.empty();
        }
        byte[] made = new byte[(length + 1) / 2];
        int digits = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit >= 0 && (c <= '9' ? digit < 10 : digit > 9 && digit < 16)) {
                made[digits >> 1] |= (byte) (digit << ((~digits & 1) << 2));
                digits++;
            } else if (c != ':' && c != ' ') {
                return Optional.empty();
            }
        }
        return digits % 2 != 0
                ? Optional.empty()
                : Optional.of(digits == length ? made : Arrays.copyOf(made, digits / 2));
    }

    private static String shown(String value) {
        return value.length() > 120 ? value.substring(0, 120) + "…" : value;
    }
}
