package org.wanglou.sensors.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Puts a container's long lines together, which its runtime cut: CRI marks the pieces {@code P} and the last {@code F}
 * (Kubernetes CRI logging), Docker's json-file ends only the last piece with a line feed. The frame is one line of the same
 * form. The two streams of a container may alternate; both are kept. Confined.
 */
public final class PartialLines implements Assembler {
    private static final String DOCKER = "{\"log\":\"";
    private static final int FORM = 48;

    /** A piece: where its text stands in its line, whose stream it is, and whether more follows. */
    private record Piece(boolean docker, boolean error, int from, int to, boolean more) {}

    /** Pieces of one stream that are not whole yet. */
    private static final class Open {
        private final Deque<byte[]> lines = new ArrayDeque<>();
        private final Deque<Piece> pieces = new ArrayDeque<>();
        private long[] tags = new long[4];
        private int bytes;
        private boolean rest;
    }

    private final Open out = new Open();
    private final Open error = new Open();

    /** Whether a line is one of a container's runtime. */
    public static boolean container(byte[] line) {
        return piece(line) != null;
    }

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        Piece piece = piece(line);
        if (piece == null) {
            end(groups);
            groups.group(line, new long[] {tag}, false);
            return;
        }
        Open open = piece.error() ? error : out;
        Piece first = open.pieces.peekFirst();
        boolean full = open.lines.size() >= MAX_LINES || open.bytes + line.length > MAX_BYTES;
        if (first != null && (full || first.docker() != piece.docker())) {
            hand(open, groups, full);
            open.rest = full;
        }
        int count = open.lines.size();
        if (count == open.tags.length) {
            open.tags = java.util.Arrays.copyOf(open.tags, count * 2);
        }
        open.tags[count] = tag;
        open.lines.add(line);
        open.pieces.add(piece);
        open.bytes += line.length;
        if (!piece.more()) {
            boolean rest = open.rest;
            hand(open, groups, rest);
            open.rest = false;
        }
    }

    private static void hand(Open open, Groups groups, boolean cut) {
        int count = open.lines.size();
        if (count == 0) {
            return;
        }
        byte[] line = open.lines.getFirst();
        Piece last = open.pieces.getLast();
        if (count > 1) {
            line = joined(open);
        }
        long[] tags = java.util.Arrays.copyOf(open.tags, count);
        open.lines.clear();
        open.pieces.clear();
        open.bytes = 0;
        groups.group(line, tags, cut || count > 1 && last.more());
    }

    /** The first line with the texts of all; its form is that of the last piece, so that what is whole says so. */
    private static byte[] joined(Open open) {
        java.io.ByteArrayOutputStream joined = new java.io.ByteArrayOutputStream(open.bytes);
        byte[] first = open.lines.getFirst();
        Piece form = open.pieces.getFirst();
        Piece last = open.pieces.getLast();
        if (form.docker()) {
            joined.write(first, 0, form.from());
        } else {
            joined.write(first, 0, form.from() - 2);
            joined.write(last.more() ? 'P' : 'F');
            joined.write(' ');
        }
        var pieces = open.pieces.iterator();
        for (byte[] line : open.lines) {
            Piece piece = pieces.next();
            joined.write(line, piece.from(), piece.to() - piece.from());
        }
        joined.write(first, form.to(), form.docker() ? first.length - form.to() : 0);
        return joined.toByteArray();
    }

    private static @Nullable Piece piece(byte[] line) {
        if (line.length > 24 && line[0] == '{' && line[1] == '"' && line[2] == 'l') {
            return docker(line);
        }
        if (line.length > 29 && line[10] == 'T' && line[4] == '-' && line[0] >= '0' && line[0] <= '9') {
            return cri(line);
        }
        return null;
    }

    private static @Nullable Piece cri(byte[] line) {
        String start = new String(line, 0, Math.min(line.length, FORM), StandardCharsets.ISO_8859_1);
        int blank = start.indexOf(' ');
        boolean stream = start.startsWith("stdout ", blank + 1) || start.startsWith("stderr ", blank + 1);
        int tag = blank + 8;
        if (blank < 20 || blank > 36 || !stream || tag + 1 >= start.length()) {
            return null;
        }
        char mark = start.charAt(tag);
        if (mark != 'P' && mark != 'F' || start.charAt(tag + 1) != ' ') {
            return null;
        }
        return new Piece(false, start.charAt(blank + 4) == 'e', tag + 2, line.length, mark == 'P');
    }

    private static @Nullable Piece docker(byte[] line) {
        String start = new String(line, 0, Math.min(line.length, DOCKER.length()), StandardCharsets.ISO_8859_1);
        if (!start.equals(DOCKER)) {
            return null;
        }
        int at = DOCKER.length();
        boolean feed = false;
        while (at < line.length && line[at] != '"') {
            feed = line[at] == '\\' && at + 1 < line.length && line[at + 1] == 'n';
            at += line[at] == '\\' ? 2 : 1;
        }
        if (at >= line.length) {
            return null;
        }
        String rest = new String(line, at, line.length - at, StandardCharsets.ISO_8859_1);
        boolean stream = rest.contains("\"stream\":\"std");
        return stream ? new Piece(true, rest.contains("\"stderr\""), DOCKER.length(), at, !feed) : null;
    }

    @Override
    public void end(Groups groups) {
        hand(out, groups, out.rest);
        hand(error, groups, error.rest);
        out.rest = false;
        error.rest = false;
    }

    @Override
    public int pending() {
        return out.lines.size() + error.lines.size();
    }
}
