package org.wanglou.sensors.format.windows.ecs;

import java.util.ArrayList;
import java.util.List;

/** Command lines as {@code CommandLineToArgvW} takes them apart. Pure. */
final class CommandLine {
    /** Arguments beyond this number stay together in the last. */
    private static final int MOST = 256;

    private CommandLine() {}

    static List<String> split(String line) {
        List<String> all = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (blank(line.charAt(at))) {
                at++;
                continue;
            }
            if (all.size() == MOST - 1) {
                all.add(line.substring(at));
                break;
            }
            StringBuilder argument = new StringBuilder();
            at = next(line, at, argument);
            all.add(argument.toString());
        }
        return all;
    }

    /** Backslashes before a quotation mark count in pairs; two marks inside quotes are one. */
    private static int next(String line, int from, StringBuilder argument) {
        boolean quoted = false;
        int at = from;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '\\') {
                int to = at;
                while (to < line.length() && line.charAt(to) == '\\') {
                    to++;
                }
                boolean mark = to < line.length() && line.charAt(to) == '"';
                argument.append("\\".repeat(mark ? (to - at) / 2 : to - at));
                if (mark && (to - at) % 2 == 1) {
                    argument.append('"');
                    to++;
                }
                at = to;
            } else if (c == '"') {
                if (quoted && at + 1 < line.length() && line.charAt(at + 1) == '"') {
                    argument.append('"');
                    at++;
                }
                quoted = !quoted;
                at++;
            } else if (!quoted && blank(c)) {
                return at + 1;
            } else {
                argument.append(c);
                at++;
            }
        }
        return at;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
