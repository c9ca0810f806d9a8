package org.wanglou.sensors.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The classes of personal data and the words that stand before such data in logs: rows of {@code privacy/classes.csv}, a
 * table and no code, so that a reviewer reads it and a province adds its own words. Immutable.
 */
public final class PersonalClasses {
    /** What text must look like behind a word to be taken for the word's data. */
    enum Shape {
        /** 6 to 20 letters and digits, 6 digits among them. */
        NUMBER,
        /** 2 to 15 Han characters, points of foreign names among them. */
        NAME,
        /** 12 to 19 digits whose Luhn check fits (ISO/IEC 7812-1). */
        CARD
    }

    /** One class as a word tells it. */
    record Label(String personal, Shape shape) {}

    private static final int LONGEST = 24;

    private final Map<String, Label> labels;
    // Bit n: a word of n characters ends with this small letter.
    private final int[] lengths = new int[26];
    // Whether a word ends with these two small letters, or with the second behind what is no letter.
    private final boolean[] pairs = new boolean[27 * 26];

    private PersonalClasses(Map<String, Label> labels) {
        this.labels = Map.copyOf(labels);
        for (String word : labels.keySet()) {
            char last = word.charAt(word.length() - 1);
            if (last >= 'a' && last <= 'z') {
                lengths[last - 'a'] |= 1 << word.length();
                pairs[26 * 26 + last - 'a'] = true;
                int before = letter(word.charAt(word.length() - 2));
                if (before >= 0) {
                    pairs[26 * before + last - 'a'] = true;
                } else {
                    for (int i = 0; i < 26; i++) {
                        pairs[26 * i + last - 'a'] = true;
                    }
                }
            }
        }
    }

    /** A letter's place in the alphabet; -1 when it is none. */
    private static int letter(char c) {
        int letter = (c | 0x20) - 'a';
        return c < 128 && letter >= 0 && letter < 26 ? letter : -1;
    }

    /** A first look at a word by its last two characters: false when no word ends so. */
    boolean mayEnd(char before, char last) {
        if (last >= 128) {
            return true;
        }
        int letter = letter(last);
        int first = letter(before);
        // Behind a hyphen, an underscore or a point the letter of the table is further ahead.
        return letter >= 0 && pairs[26 * (first < 0 ? 26 : first) + letter];
    }

    /** A first look at a word by its end: false when no word of the table, nor one with points and hyphens, ends so. */
    boolean mayEnd(char last, int length) {
        if (last >= 128) {
            return true;
        }
        int letter = (last | 0x20) - 'a';
        // Hyphens, underscores and what stands before a point make a word longer than the table has it, never shorter.
        return letter >= 0 && letter < 26 && (lengths[letter] & (2 << length) - 1) != 0;
    }

    public static PersonalClasses builtIn() {
        try (InputStream in = PersonalClasses.class.getResourceAsStream("/privacy/classes.csv")) {
            if (in == null) {
                throw new IllegalStateException("privacy/classes.csv is missing from the class path");
            }
            return read("privacy/classes.csv", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param file its name, for the message
     * @throws IllegalArgumentException naming file, line and remedy when a row is none
     */
    static PersonalClasses read(String file, String csv) {
        Map<String, Label> labels = new HashMap<>();
        int number = 0;
        boolean header = false;
        for (String line : csv.split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!header) {
                header = true;
                continue;
            }
            String[] cells = line.split(",", -1);
            if (cells.length != 3 || !cells[0].matches("[a-z]+(-[a-z]+)*")) {
                throw new IllegalArgumentException(file + ":" + number + ": not class,shape,words; write three cells");
            }
            if (cells[1].equals("checked")) {
                continue;
            }
            Shape shape =
                    switch (cells[1]) {
                        case "number" -> Shape.NUMBER;
                        case "name" -> Shape.NAME;
                        case "card" -> Shape.CARD;
                        default ->
                            throw new IllegalArgumentException(file + ":" + number + ": there is no shape \"" + cells[1]
                                    + "\"; write checked, number, name or card");
                    };
            for (String word : cells[2].split(";")) {
                String plain = plain(word);
                if (plain.length() < 2 || plain.length() > LONGEST) {
                    throw new IllegalArgumentException(
                            file + ":" + number + ": \"" + word + "\" is no word of 2 to " + LONGEST + " characters");
                }
                Label before = labels.put(plain, new Label(cells[0], shape));
                if (before != null) {
                    throw new IllegalArgumentException(file + ":" + number + ": \"" + word + "\" belongs to "
                            + before.personal() + " already; name it once");
                }
            }
        }
        return new PersonalClasses(labels);
    }

    /** The class a field's or a text's word tells: the whole of it, its last part, or how its Chinese ends. */
    Optional<Label> of(CharSequence word) {
        String whole = plain(word);
        Label label = labels.get(whole);
        if (label == null && word.length() > whole.length()) {
            String text = word.toString();
            label = labels.get(plain(text.substring(text.lastIndexOf('.') + 1)));
        }
        int length = whole.length();
        if (label == null && length > 2 && han(whole.charAt(length - 1))) {
            for (int last = Math.min(7, length - 1); last >= 2 && label == null; last--) {
                label = labels.get(whole.substring(length - last));
            }
        }
        return Optional.ofNullable(label);
    }

    private static String plain(CharSequence word) {
        boolean done = true;
        for (int i = 0; i < word.length() && done; i++) {
            char c = word.charAt(i);
            done = c != '_' && c != '-' && c != '.' && (c < 'A' || c > 'Z');
        }
        if (done) {
            return word.toString();
        }
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '_' && c != '-' && c != '.') {
                plain.append(c);
            }
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }

    static boolean han(char c) {
        return c >= '\u4e00' && c <= '\u9fff' || c >= '\u3400' && c <= '\u4dbf';
    }
}
