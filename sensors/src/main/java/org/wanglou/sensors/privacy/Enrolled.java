package org.wanglou.sensors.privacy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The names and numbers of enrolled pupils, which no check digit tells, as a list of the operator's own: found wherever they
 * stand, as a whole number or as a name of two to eight Han characters. Held as keyed 64-bit hashes only, 16 bytes or less
 * each: the list cannot be read back from memory. Immutable.
 */
public final class Enrolled {
    public static final Enrolled NONE = new Enrolled(new long[2], 0, 0, 0);
    /** Most rows of a list. */
    public static final int MOST = 5_000_000;

    private static final int LONGEST_NAME = 8;
    private static final long MIX_1 = 0xff51afd7ed558ccdL;
    private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;

    private final long[] table;
    private final long key;
    private final int count;
    // Bit n: some number has n characters.
    private final long numberLengths;

    private Enrolled(long[] table, long key, int count, long numberLengths) {
        this.table = table;
        this.key = key;
        this.count = count;
        this.numberLengths = numberLengths;
    }

    /**
     * Reads a list: a header {@code value} or {@code 学号或姓名}, then one number or name a line, UTF-8 or GB18030.
     *
     * @throws IOException naming file, line and remedy
     */
    public static Enrolled read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            text = new String(bytes, Charset.forName("GB18030"));
        }
        String[] lines = text.split("\r?\n", -1);
        if (lines.length > MOST) {
            throw new IOException(file + ": more than " + MOST + " lines; split the province's list by county");
        }
        long[] table = new long[Math.max(2, Integer.highestOneBit(lines.length) * 4)];
        long key = new SecureRandom().nextLong();
        int count = 0;
        long lengths = 0;
        for (int i = 1; i < lines.length; i++) {
            String value = lines[i].strip();
            if (value.isEmpty() || value.startsWith("#")) {
                continue;
            }
            boolean name = value.chars().allMatch(c -> PersonalClasses.han((char) c) || c == '\u00b7');
            boolean number = value.matches("[0-9A-Za-z]{6,20}");
            if (!number && !(name && value.length() >= 2 && value.length() <= LONGEST_NAME)) {
                // The value itself is personal: the message names only where it stands.
                throw new IOException(
                        file + ":" + (i + 1)
                                + ": neither a number of 6 to 20 letters and digits nor a name of 2 to 8 Han characters; mend the line");
            }
            count += put(table, hash(value, 0, value.length(), key)) ? 1 : 0;
            lengths |= number ? 1L << value.length() : 0;
        }
        return new Enrolled(table, key, count, lengths);
    }

    /** How many different names and numbers it holds. */
    public int count() {
        return count;
    }

    String mask(String text, Set<String> found, UnaryOperator<String> token) {
        if (count == 0) {
            return text;
        }
        StringBuilder out = null;
        int copied = 0;
        Run run = new Run();
        for (int i = 0; i < text.length(); ) {
            int start = i;
            i = runEnd(text, i, run);
            for (int at = 0; at < run.length(); ) {
                int length = match(run, at);
                if (length == 0) {
                    at += Math.max(1, run.numberAt(at));
                    continue;
                }
                boolean number = run.at(at) < 128;
                found.add(number ? "school-number" : "person-name");
                out = out == null ? new StringBuilder(text.length() + 32) : out;
                out.append(text, copied, at == 0 ? start : run.end(at))
                        .append(token.apply(run.plain(at, at + length)))
                        .append(number ? "***" : run.at(at) + "**");
                at += length;
                copied = run.end(at);
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /**
     * Reads into the run what begins at an index and may be on the list, or nothing, and gives the index to go on from. A
     * plain word of a length that no number has, which most words are, is passed over without being decoded.
     */
    private int runEnd(String text, int from, Run run) {
        run.clear();
        char c = text.charAt(from);
        if (c == '\u27e6') {
            int close = text.indexOf('\u27e7', from);
            return close < 0 ? from + 1 : close + 1; // a token already
        }
        if (!Character.isLetterOrDigit(c) && c != '%' && c != '\\') {
            return from + 1;
        }
        int end = from;
        while (end < text.length() && text.charAt(end) < 128 && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        boolean encoded = end < text.length() && (text.charAt(end) == '%' || text.charAt(end) == '\\');
        int length = end - from;
        if (length > 0 && !encoded && (length >= 64 || (numberLengths >>> length & 1) == 0)) {
            return end;
        }
        run.read(text, from);
        return run.length() == 0 ? Math.max(end, from + 1) : run.end(run.length());
    }

    private int match(Run run, int at) {
        int number = run.numberAt(at);
        if (number > 0) {
            return number < 64 && (numberLengths >>> number & 1) == 1 && holds(run.plain(at, at + number)) ? number : 0;
        }
        for (int length = Math.min(LONGEST_NAME, run.nameAt(at)); length >= 2; length--) {
            if (holds(run.plain(at, at + length))) {
                return length;
            }
        }
        return 0;
    }

    private boolean holds(String value) {
        long hash = hash(value, 0, value.length(), key);
        int mask = table.length - 1;
        for (int i = (int) hash & mask; table[i] != 0; i = i + 1 & mask) {
            if (table[i] == hash) {
                return true;
            }
        }
        return false;
    }

    private static boolean put(long[] table, long hash) {
        int mask = table.length - 1;
        int i = (int) hash & mask;
        while (table[i] != 0) {
            if (table[i] == hash) {
                return false;
            }
            i = i + 1 & mask;
        }
        table[i] = hash;
        return true;
    }

    /** Mixed over every character with the key (the finalizer of MurmurHash3); never 0. */
    private static long hash(String text, int from, int to, long key) {
        long hash = key;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text.charAt(i)) * MIX_1;
            hash ^= hash >>> 33;
            hash *= MIX_2;
            hash ^= hash >>> 29;
        }
        return hash == 0 ? 1 : hash;
    }
}
