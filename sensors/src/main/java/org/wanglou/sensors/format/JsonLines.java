package org.wanglou.sensors.format;

/**
 * Puts JSON objects together that are written over several lines, by counting brackets outside strings. A line that begins
 * an object in its first column ends one that never closed: what a crash cut off takes nothing with it. Confined.
 */
public final class JsonLines implements Assembler {
    private final PendingLines pending = new PendingLines(MAX_LINES);
    private boolean object;
    private int depth;
    private boolean inString;

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        if (pending.lines() > 0 && object && begins(line)) {
            end(groups);
        }
        if (pending.lines() == 0) {
            object = line.length > 0 && line[0] == '{';
        }
        count(line);
        pending.add(line, tag, groups);
        if (depth <= 0 && !inString) {
            end(groups);
        }
    }

    private static boolean begins(byte[] line) {
        int at = 1;
        while (at < line.length && line[at] == ' ') {
            at++;
        }
        return at < line.length && line[0] == '{' && line[at] == '"';
    }

    private void count(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            byte b = line[i];
            if (inString) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b == '"') {
                inString = depth > 0;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
    }

    @Override
    public void end(Groups groups) {
        depth = 0;
        inString = false;
        pending.end(groups);
    }

    @Override
    public int pending() {
        return pending.lines();
    }
}
