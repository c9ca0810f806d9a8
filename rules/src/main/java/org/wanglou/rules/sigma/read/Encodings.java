package org.wanglou.rules.sigma.read;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.rules.sigma.Glob;

/** The encodings that Sigma's value modifiers ask for. */
final class Encodings {
    // Hyphen-minus, slash, en dash, em dash, horizontal bar.
    private static final String DASHES = "-/\u2013\u2014\u2015";
    private static final Pattern DASH = Pattern.compile("(?<!\\w)[-/\u2013\u2014\u2015](?=\\w)");
    private static final Pattern PLACEHOLDER = Pattern.compile("%\\w+%");
    private static final int VARIED = 4;

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

    /** Every way to write an option's dash, the five characters in each place; at most four places are varied. */
    static List<Glob> dashes(Glob glob) {
        Set<String> texts = new LinkedHashSet<>(List.of(glob.text()));
        Matcher matcher = DASH.matcher(glob.text());
        for (int varied = 0; varied < VARIED && matcher.find(); varied++) {
            int place = matcher.start();
            Set<String> more = new LinkedHashSet<>(texts);
            for (String one : texts) {
                for (int i = 0; i < DASHES.length(); i++) {
                    more.add(one.substring(0, place) + DASHES.charAt(i) + one.substring(place + 1));
                }
            }
            texts = more;
        }
        return texts.stream().map(text -> new Glob(text, glob.kinds())).toList();
    }

    /** Marks {@code %name%}; {@code \%} is a plain percent sign. */
    static Glob placeholders(Glob glob) {
        StringBuilder text = new StringBuilder();
        StringBuilder kinds = new StringBuilder();
        String all = glob.text();
        Matcher matcher = PLACEHOLDER.matcher(all);
        int i = 0;
        while (i < all.length()) {
            if (all.charAt(i) == '\\' && i + 1 < all.length() && all.charAt(i + 1) == '%') {
                text.append('%');
                kinds.append('L');
                i += 2;
            } else if (all.charAt(i) == '%' && matcher.find(i) && matcher.start() == i) {
                text.append(matcher.group());
                kinds.append("P".repeat(matcher.group().length()));
                i = matcher.end();
            } else {
                text.append(all.charAt(i));
                kinds.append(glob.kinds().charAt(i));
                i++;
            }
        }
        return new Glob(text.toString(), kinds.toString());
    }

    private static byte[] bytes(String text, boolean bytes) {
        return text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
