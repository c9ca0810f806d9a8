package org.wanglou.sensors.format;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** Puts JSON objects together that are written over several lines, by counting brackets outside strings. Confined. */
public final class JsonLines implements Assembler {
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int depth;
    private int lines;
    private boolean inString;

    @Override
    public List<byte[]> add(byte[] line) {
        count(line);
        boolean first = pending.size() == 0;
        if (first && depth <= 0 && !inString) {
            depth = 0;
            return line.length == 0 ? List.of() : List.of(line);
        }
        if (!first) {
            pending.write('\n');
        }
        pending.write(line, 0, line.length);
        lines++;
        return depth <= 0 && !inString || pending.size() > MAX_BYTES || lines > MAX_LINES ? end() : List.of();
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
    public List<byte[]> end() {
        byte[] frame = pending.toByteArray();
        pending.reset();
        depth = 0;
        lines = 0;
        inString = false;
        return frame.length == 0 ? List.of() : List.of(frame);
    }
}
