package org.wanglou.sensors.privacy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.sensors.privacy.PersonalClasses.Label;

/**
 * Replaces validated personal identifiers in a text by a token and a mask: {@code ⟦t1:…⟧110***}.
 *
 * <p>Identity numbers count only when date and check character fit (GB 11643-1999), school numbers are {@code G} or
 * {@code L} before one, mobile numbers are eleven digits of an assigned range that stand alone. Digits may be ASCII or
 * full-width, percent-encoded or JSON escapes, in one piece or in several; a country code may stand before. Digits of a hash
 * or a UUID are none. The token is HMAC-SM3 under the instance's key, cut to 16 bytes, so equal identifiers stay equal and
 * nothing can be computed back without the key. What no check tells is known by the words before it ({@link PersonalClasses})
 * or by the operator's list ({@link Enrolled}). Thread-safe.
 */
public final class Masking {
    // A digit as ASCII, full-width, percent-encoded (also twice, also of a full-width one) or as a JSON escape.
    private static final String DIGIT =
            "(?:[0-9\uff10-\uff19]|%(?:25)*+3[0-9]|%[Ee][Ff]%[Bb][Cc]%9[0-9]" + "|\\\\u003[0-9]|\\\\u[Ff][Ff]1[0-9])";
    private static final String X = "(?:[Xx\uff38\uff58]|%(?:25)*+[57]8)";
    // Alone: no digit before, unless it is the end of another character's percent code ("%20138…"), and none after.
    private static final String ALONE = "(?:(?<![0-9\uff10-\uff19])|(?<=%[0-24-9A-Fa-f][0-9]))";
    private static final String NO_MORE = "(?!" + DIGIT + ")";
    private static final Pattern IDENTITY = Pattern.compile(ALONE + "([GLgl])?(" + DIGIT + "{6}(?:" + DIGIT
            + "{11}|([ -])" + DIGIT + "{8}\\3" + DIGIT + "{3})(?:" + DIGIT + "|" + X + "))" + NO_MORE);
    private static final Pattern MOBILE = Pattern.compile(ALONE + "((?:\\+|%2[Bb]|00)?86[ -]?)?(" + DIGIT + "{3}(?:"
            + DIGIT + "{8}|[ -]" + DIGIT + "{8}|([ -])" + DIGIT + "{4}\\3" + DIGIT + "{4}))" + NO_MORE);
    private static final Pattern UNIT = Pattern.compile("(" + DIGIT + ")|" + X);
    private static final byte[] IN = inRuns();
    private static final long LEAST_IDENTITY = 100_000_000_000_000_000L;
    private static final long MOST_IDENTITY = 999_999_999_999_999_999L;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK = "10X98765432";

    /** What is known of a field's name. */
    private record Name(boolean clean, Optional<Label> label) {}

    private static final int MOST_NAMES = 4_096;

    private final Map<String, Name> names = new ConcurrentHashMap<>();
    private final byte[] key;
    private final Labelled labelled;
    private final Enrolled enrolled;

    /** @param key the instance's token key, at least 16 bytes */
    public Masking(byte[] key) {
        this(key, PersonalClasses.builtIn(), Enrolled.NONE);
    }

    /**
     * @param key the instance's token key, at least 16 bytes
     * @param classes by which words personal data is known
     * @param enrolled names and numbers that are known by themselves
     */
    public Masking(byte[] key, PersonalClasses classes, Enrolled enrolled) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a token key must have at least 16 bytes, has " + key.length);
        }
        this.key = key.clone();
        this.labelled = new Labelled(classes);
        this.enrolled = enrolled;
    }

    /** Whether the number is an identity number, whatever else it may count. */
    public boolean identity(long number) {
        return number >= LEAST_IDENTITY && number <= MOST_IDENTITY && identity(Long.toString(number));
    }

    /** The text without identifiers; adds the classes found to {@code found}. */
    public String mask(String text, Set<String> found) {
        return enrolled.mask(labelled.mask(checked(text, found), found, this::token), found, this::token);
    }

    /** As {@link #mask}, of the value of a field whose name may tell what it is, such as {@code 学号} or {@code student_no}. */
    public String mask(String field, String value, Set<String> found) {
        Optional<Label> label = name(field).label();
        return mask(
                label.isEmpty() ? value : Labelled.field(label.get(), checked(value, found), found, this::token),
                found);
    }

    /** The name of a field without identifiers, such as stand in it when a sender makes names of values. */
    public String maskName(String field, Set<String> found) {
        return name(field).clean() ? field : mask(field, found);
    }

    /** Whether a field's name holds no identifier and tells nothing of its value: then {@link #mask(String, Set)} does for it. */
    public boolean ordinary(String field) {
        Name name = name(field);
        return name.clean() && name.label().isEmpty();
    }

    private Name name(String field) {
        Name known = names.get(field);
        if (known == null) {
            known = new Name(mask(field, new HashSet<>()).equals(field), labelled.of(field));
            if (names.size() < MOST_NAMES && field.length() <= 100) {
                names.put(field, known);
            }
        }
        return known;
    }

    /**
     * What tells itself by check digits and ranges. Only where eleven digits stand in a row, with
     * nothing but what may stand in and between them, is looked at closer: that is rare, and the look is dear.
     */
    private String checked(String text, Set<String> found) {
        StringBuilder out = null;
        int copied = 0;
        int length = text.length();
        for (int i = 0; i < length; ) {
            // Eleven characters in a row that all may stand in a run, or there is none here: the last is looked at
            // first.
            int last = i + 10;
            if (last >= length) {
                break;
            }
            int behind = last;
            while (behind >= i && inRun(text.charAt(behind))) {
                behind--;
            }
            if (behind >= i) {
                i = behind + 1;
                continue;
            }
            int start = i;
            int digits = 0;
            for (char c; i < length && inRun(c = text.charAt(i)); i++) {
                digits += c >= 128 || IN[c] == 2 ? 1 : 0;
            }
            if (digits >= 11) {
                int from = start > copied && "GLgl".indexOf(text.charAt(start - 1)) >= 0 ? start - 1 : start;
                boolean decimal = from > 1 && text.charAt(from - 1) == '.' && Character.isDigit(text.charAt(from - 2));
                int to = i < length && "Xx\uff38\uff58".indexOf(text.charAt(i)) >= 0 ? i + 1 : i;
                String run = text.substring(from, to);
                Around around = new Around(text, from, to);
                String clean = mobiles(grouped(identities(run, around, found), around, found), around, decimal, found);
                if (!clean.equals(run)) {
                    out = out == null ? new StringBuilder(length + 32) : out;
                    out.append(text, copied, from).append(clean);
                    copied = to;
                    i = to;
                }
            }
            i = Math.max(i, start + 1);
        }
        return out == null ? text : out.append(text, copied, length).toString();
    }

    private static boolean inRun(char c) {
        return c < 128 ? IN[c] != 0 : c >= '\uff10' && c <= '\uff19';
    }

    private String identities(String text, Around around, Set<String> found) {
        Matcher m = IDENTITY.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            String number = plain(m.group(2));
            if (identity(number) && !around.hash(text, m.start(), m.end())) {
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

    /** Identity numbers in other pieces than the usual three, and those of fifteen digits. */
    private String grouped(String text, Around around, Set<String> found) {
        List<Pieces.Found> all = Pieces.identities(text, around);
        if (all.isEmpty()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        int copied = 0;
        for (Pieces.Found one : all) {
            found.add("identity-number");
            out.append(text, copied, one.from())
                    .append(token(one.number()))
                    .append(one.number(), 0, 3)
                    .append("***");
            copied = one.to();
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** @param decimal what begins the text are digits behind a decimal point */
    private String mobiles(String text, Around around, boolean decimal, Set<String> found) {
        Matcher m = MOBILE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            String number = plain(m.group(2));
            if (number.charAt(0) == '1'
                    && number.charAt(1) >= '3'
                    && !(decimal && m.start() == 0)
                    && !around.hash(text, m.start(), m.end())) {
                found.add("mobile-number");
                String before = m.group(1) == null ? "" : m.group(1);
                m.appendReplacement(
                        out, Matcher.quoteReplacement(before + token(number) + number.substring(0, 3) + "***"));
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

    /** The digits and X of what was matched, as ASCII, upper case: of each way to write one the last character counts. */
    static String plain(String digits) {
        StringBuilder out = new StringBuilder(18);
        Matcher m = UNIT.matcher(digits);
        while (m.find()) {
            char last = digits.charAt(m.end() - 1);
            if (m.group(1) != null) {
                out.append(last >= '\uff10' ? (char) (last - '\uff10' + '0') : last);
            } else {
                out.append('X');
            }
        }
        return out.toString();
    }

    /** 2: a digit; 1: stands in or between written digits; 0: ends the run. */
    private static byte[] inRuns() {
        byte[] in = new byte[128];
        for (char c : "%\\-+_ uEeFfBbCcDd".toCharArray()) {
            in[c] = 1;
        }
        for (char c = '0'; c <= '9'; c++) {
            in[c] = 2;
        }
        return in;
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
