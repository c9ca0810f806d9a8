package org.wanglou.sensors.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.crypto.sm.Sm3;

/**
 * Replaces validated personal identifiers in a text by a token and a mask: {@code ⟦t1:…⟧110***}.
 *
 * <p>Identity numbers count only when date and check character fit (GB 11643-1999), school numbers are {@code G} or
 * {@code L} before one, mobile numbers are eleven digits of an assigned range that stand alone. Digits may be ASCII or
 * full-width. The token is HMAC-SM3 under the instance's key, cut to 16 bytes, so equal identifiers stay equal and
 * nothing can be computed back without the key. Thread-safe.
 */
public final class Masking {
    // ASCII, full-width and percent-encoded digits; possessive, so the time is linear in the text.
    private static final String DIGIT = "(?:[0-9]|[\\uff10-\\uff19]|%3[0-9])";
    private static final Pattern IDENTITY = Pattern.compile(
            "(?<![0-9\\uff10-\\uff19])([GLgl])?(" + DIGIT + "{17}(?:" + DIGIT + "|[Xx]))(?![0-9\\uff10-\\uff19Xx])");
    private static final Pattern MOBILE =
            Pattern.compile("(?<![0-9\\uff10-\\uff19.])(" + DIGIT + "{11})(?![0-9\\uff10-\\uff19])");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    private final byte[] key;

    /** @param key the instance's token key, at least 16 bytes */
    public Masking(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a token key must have at least 16 bytes, has " + key.length);
        }
        this.key = key.clone();
    }

    /** The text without identifiers; adds the classes found to {@code found}. */
    public String mask(String text, Set<String> found) {
        if (!mayHold(text)) {
            return text;
        }
        String once = identities(text, found);
        return mobiles(once, found);
    }

    /** Cheap look: eleven digits of any kind must be there at all. */
    private static boolean mayHold(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c >= '\uff10' && c <= '\uff19') {
                if (++digits >= 11) {
                    return true;
                }
            } else if (c != '%') {
                digits = 0;
            }
        }
        return false;
    }

    private String identities(String text, Set<String> found) {
        Matcher m = IDENTITY.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            String number = plain(m.group(2));
            if (identity(number)) {
                boolean school = m.group(1) != null;
                found.add(school ? "school-number" : "identity-number");
                String whole = (school ? m.group(1).toUpperCase(java.util.Locale.ROOT) : "") + number;
                m.appendReplacement(out, Matcher.quoteReplacement(token(whole) + whole.substring(0, 3) + "***"));
            } else {
                m.appendReplacement(out, Matcher.quoteReplacement(m.group()));
            }
        }
        return m.appendTail(out).toString();
    }

    private String mobiles(String text, Set<String> found) {
        Matcher m = MOBILE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            String number = plain(m.group(1));
            if (number.charAt(0) == '1' && number.charAt(1) >= '3') {
                found.add("mobile-number");
                m.appendReplacement(out, Matcher.quoteReplacement(token(number) + number.substring(0, 3) + "***"));
            } else {
                m.appendReplacement(out, Matcher.quoteReplacement(m.group()));
            }
        }
        return m.appendTail(out).toString();
    }

    private String token(String identifier) {
        byte[] mac = Sm3.hmac(key, identifier.getBytes(StandardCharsets.UTF_8));
        return "\u27e6t1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, 16)) + "\u27e7";
    }

    /** Full-width and percent-encoded digits as ASCII, upper case. */
    private static String plain(String digits) {
        StringBuilder out = new StringBuilder(18);
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c == '%') {
                i += 2;
                out.append(digits.charAt(i));
            } else {
                out.append(c >= '\uff10' && c <= '\uff19' ? (char) (c - '\uff10' + '0') : Character.toUpperCase(c));
            }
        }
        return out.toString();
    }

    /** GB 11643-1999: date of birth at 7–14, check character by ISO 7064 MOD 11-2. */
    static boolean identity(String number) {
        int month = Integer.parseInt(number.substring(10, 12));
        int day = Integer.parseInt(number.substring(12, 14));
        int year = Integer.parseInt(number.substring(6, 10));
        if (number.charAt(0) == '0' || year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK.charAt(sum % 11) == number.charAt(17);
    }
}
