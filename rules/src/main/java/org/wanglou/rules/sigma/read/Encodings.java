package org.wanglou.rules.sigma.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The encodings that Sigma's value modifiers ask for. */
final class Encodings {
    private static final Pattern DASH = Pattern.compile("(?<![\\w])[-/](?=\\w)");
    private static final char[] DASHES = {'-', '/', '–', '—', '―'};

    private Encodings() {}

    /** Two bytes per character, each as one Latin-1 character, so that base64 may follow. */
    static String wide(String text, String modifier) {
        Charset charset = modifier.equals("utf16be") ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        String bytes = new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
        return modifier.equals("utf16") ? "\u00ff\u00fe" + bytes : bytes;
    }

    static String base64(String text, boolean bytes) {
        return Base64.getEncoder().encodeToString(bytes(text, bytes));
    }

    /** The three ways the text may look inside a longer base64 text, cut to the characters that are certain. */
    static List<String> offsets(String text, boolean bytes) {
        byte[] plain = bytes(text, bytes);
        int[] start = {0, 2, 3};
        int[] end = {0, 3, 2};
        List<String> offsets = new ArrayList<>();
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[plain.length + shift];
            System.arraycopy(plain, 0, shifted, shift, plain.length);
            String encoded = Base64.getEncoder().encodeToString(shifted);
            offsets.add(encoded.substring(start[shift], encoded.length() - end[shifted.length % 3]));
        }
        return offsets;
    }

    /** Every way to write an option's dash; at most four dashes are varied. */
    static List<String> dashes(String text) {
        List<Integer> places = new ArrayList<>();
        Matcher matcher = DASH.matcher(text);
        while (matcher.find() && places.size() < 4) {
            places.add(matcher.start());
        }
        List<String> texts = new ArrayList<>(List.of(text));
        for (int place : places) {
            List<String> more = new ArrayList<>();
            for (String one : texts) {
                for (char dash : DASHES) {
                    more.add(one.substring(0, place) + dash + one.substring(place + 1));
                }
            }
            texts = more;
        }
        return texts;
    }

    private static byte[] bytes(String text, boolean bytes) {
        return text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
