package org.wanglou.sensors.format.part;

import java.util.ArrayList;
import java.util.List;

/** One line of separated values (RFC 4180): quotes doubled inside quotes. Never more than 512 values. Pure. */
public final class Csv {
    private static final int MAX = 512;

    private Csv() {}

    public static List<String> values(String line, char separator) {
        List<String> values = new ArrayList<>(48);
        int at = 0;
        int end = line.length();
        while (values.size() < MAX) {
            if (at < end && line.charAt(at) == '"') {
                at = quoted(line, at + 1, values);
            } else {
                int cut = line.indexOf(separator, at);
                cut = cut < 0 ? end : cut;
                values.add(line.substring(at, cut));
                at = cut;
            }
            while (at < end && line.charAt(at) != separator) {
                at++;
            }
            if (at >= end) {
                break;
            }
            at++;
        }
        return values;
    }

    /** Returns the index after the closing quote. */
    private static int quoted(String line, int from, List<String> values) {
        int quote = line.indexOf('"', from);
        if (quote < 0) {
            values.add(line.substring(from));
            return line.length();
        }
        if (quote + 1 == line.length() || line.charAt(quote + 1) != '"') {
            values.add(line.substring(from, quote));
            return quote + 1;
        }
        StringBuilder value = new StringBuilder();
        int at = from;
        while (quote >= 0) {
            value.append(line, at, quote);
            if (quote + 1 >= line.length() || line.charAt(quote + 1) != '"') {
                values.add(value.toString());
                return quote + 1;
            }
            value.append('"');
            at = quote + 2;
            quote = line.indexOf('"', at);
        }
        values.add(
                value.append(line, Math.min(at, line.length()), line.length()).toString());
        return line.length();
    }
}
