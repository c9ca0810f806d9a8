package org.wanglou.sensors.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity numbers that are written in pieces ({@code 110101 2010 0307 091X}, {@code 1101_0120_1003_0709_12}), and the older
 * ones of fifteen digits, which have no check character: province, and date of birth must be possible (GB 11643-1989).
 * Pure.
 */
final class Pieces {
    /** @param number as plain digits and X */
    record Found(int from, int to, String number) {}

    // Bounded: each repetition costs a frame of the stack. What is longer is no piece, its neighbours are digits.
    private static final Pattern PIECE = Pattern.compile(
            "(?:[0-9\uff10-\uff19]|%(?:25)*+3[0-9]|\\\\u003[0-9]|\\\\u[Ff][Ff]1[0-9]){1,20}[Xx\uff38\uff58]?");
    private static final int MOST = 64;
    private static final String PROVINCES =
            " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54"
                    + " 61 62 63 64 65 71 81 82 ";

    private Pieces() {}

    static List<Found> identities(String text, Around around) {
        List<Found> pieces = new ArrayList<>();
        Matcher m = PIECE.matcher(text);
        while (pieces.size() < MOST && m.find()) {
            pieces.add(new Found(m.start(), m.end(), Masking.plain(m.group())));
        }
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Found first = pieces.get(i);
            if (old(first) && !around.beside(text, first.from - 1) && !around.beside(text, first.to)) {
                found.add(first);
                continue;
            }
            StringBuilder number = new StringBuilder(first.number);
            for (int j = i + 1; j < pieces.size() && number.length() < 18 && together(pieces, j, text); j++) {
                number.append(pieces.get(j).number);
                if (number.length() == 18 && digits(number) && Masking.identity(number.toString())) {
                    found.add(new Found(first.from, pieces.get(j).to, number.toString()));
                    i = j;
                }
            }
        }
        return found;
    }

    /** Two pieces with one sign between them, neither a single digit. */
    private static boolean together(List<Found> pieces, int second, String text) {
        Found before = pieces.get(second - 1);
        Found piece = pieces.get(second);
        return piece.from == before.to + 1
                && " -_".indexOf(text.charAt(before.to)) >= 0
                && before.number.length() > 1
                && piece.number.length() > 1;
    }

    private static boolean digits(CharSequence number) {
        for (int i = 0; i < 17; i++) {
            if (number.charAt(i) == 'X') {
                return false;
            }
        }
        return true;
    }

    /** Fifteen digits alone. */
    private static boolean old(Found piece) {
        String number = piece.number;
        if (number.length() != 15 || number.charAt(14) == 'X') {
            return false;
        }
        int month = Integer.parseInt(number.substring(8, 10));
        int day = Integer.parseInt(number.substring(10, 12));
        return PROVINCES.contains(' ' + number.substring(0, 2) + ' ') && month > 0 && month < 13 && day > 0 && day < 32;
    }
}
