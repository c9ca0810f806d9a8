package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lines of any program, each an event, with what programs write below a line: Java stack traces (log4j, logback, Tomcat's
 * catalina in its one-line and two-line forms), Python tracebacks, wrapped messages, and ModSecurity's serial audit sections
 * ({@code --boundary-A--} to {@code -Z--}). Confined.
 */
public final class TraceLines implements Assembler {
    private static final List<String> CONTINUES =
            List.of("at ", "Caused by:", "Suppressed:", "Wrapped by:", "... ", "[CIRCULAR REFERENCE");
    private static final List<String> AMID = List.of(
            "During handling of the above exception, another exception occurred:",
            "The above exception was the direct cause of the following exception:");
    private static final List<String> LEVELS = List.of(
            "SEVERE: ",
            "WARNING: ",
            "INFO: ",
            "CONFIG: ",
            "FINE: ",
            "FINER: ",
            "FINEST: ",
            "严重: ",
            "警告: ",
            "信息: ",
            "配置: ");
    private static final String TRACEBACK = "Traceback (most recent call last):";
    private static final int LOOKED_AT = 256;

    private enum Python {
        NO,
        FRAMES,
        RAISED
    }

    private final PendingLines pending = new PendingLines(MAX_LINES);
    private Python python = Python.NO;
    private boolean sections;

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        if (pending.lines() > 0 && !continues(line)) {
            end(groups);
        }
        if (pending.lines() == 0) {
            begin(line);
        }
        pending.add(line, tag, groups);
        if (sections && line.length < 64 && start(line).endsWith("-Z--")) {
            end(groups);
        }
    }

    private void begin(byte[] line) {
        sections = line.length > 6 && line[0] == '-' && line[1] == '-' && boundary(start(line));
        python = line.length > 0 && line[0] == 'T' && start(line).startsWith(TRACEBACK) ? Python.FRAMES : Python.NO;
    }

    private static boolean boundary(String start) {
        return start.matches("--[0-9A-Za-z]{4,32}-A--");
    }

    private boolean continues(byte[] line) {
        if (sections) {
            return line.length == 0 || line[0] != '-' || !boundary(start(line));
        }
        if (line.length == 0) {
            return python != Python.NO;
        }
        byte first = line[0];
        if (first == ' ' || first == '\t') {
            return true;
        }
        boolean dated = line.length > 15 && line[3] == ' ' && line[6] == ' ' && line[9] == ':';
        if (first >= '0' && first <= '9' || first == '<' || first == '{' || first == '[' || dated) {
            return false; // a time, a priority, an object: nearly every line, and never a continuation
        }
        String start = start(line);
        if (start.startsWith(TRACEBACK)) {
            python = Python.FRAMES;
            return true;
        }
        if (python != Python.NO && AMID.contains(start.strip())) {
            python = Python.FRAMES;
            return true;
        }
        if (python == Python.FRAMES) {
            python = Python.RAISED; // ValueError: what was raised
            return true;
        }
        return CONTINUES.stream().anyMatch(start::startsWith)
                || throwable(start)
                || pending.lines() == 1 && LEVELS.stream().anyMatch(start::startsWith);
    }

    /** {@code java.lang.IllegalStateException: why}: a dotted name that ends as such names do. */
    private static boolean throwable(String start) {
        int at = 0;
        boolean dotted = false;
        while (at < start.length() && (Character.isJavaIdentifierPart(start.charAt(at)) || start.charAt(at) == '.')) {
            dotted |= start.charAt(at) == '.';
            at++;
        }
        String name = start.substring(0, at);
        return dotted
                && (at == start.length() || start.charAt(at) == ':')
                && (name.endsWith("Exception") || name.endsWith("Error") || name.endsWith("Throwable"));
    }

    private static String start(byte[] line) {
        return new String(line, 0, Math.min(line.length, LOOKED_AT), StandardCharsets.UTF_8);
    }

    @Override
    public void end(Groups groups) {
        python = Python.NO;
        sections = false;
        pending.end(groups);
    }

    @Override
    public int pending() {
        return pending.lines();
    }
}
