package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.sm.Sm3;

/**
 * One log file as its content, wherever it lies: it keeps its identity when renamed, copied or packed. It is known by the
 * digest of its first bytes and by the last line that was handed on; a file that begins alike but is not the same
 * continued has another generation.
 *
 * <p>The origin of a line is the digest of the first min(1,024, end of the line) bytes and the line's offset: a function
 * of the content alone, so that it is the same however far the file had grown when it was read. Confined to the tail's
 * thread.
 */
final class TrackedFile {
    /** Bytes of a file that name it. */
    static final int HEAD = 1_024;

    static final int START = 64;

    private static final int MOST_MARKS = 16;
    private static final long MARK_BYTES = 64 << 10;

    /** @param begin the line's first bytes as they stand in the file */
    private record InFlight(long at, long next, byte[] begin, int length, CompletableFuture<Void> done) {}

    final String start;
    final int generation;
    final LineCutter lines;
    Path path;
    String key;
    boolean packed;
    /** It is where its writer writes; otherwise it was rotated away or deleted. */
    boolean primary;

    boolean present;
    long size = -1;
    long modified = -1;
    /** When it last gave a byte, by the tail's clock. */
    long active;

    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
    private @Nullable Content content;
    private byte[] head = new byte[0];
    private String whole = "";
    private int headLength;
    private String headDigest;
    private long committed;
    private final ArrayDeque<Offsets.Mark> marks = new ArrayDeque<>();
    private final FileHeaders headers;
    private @Nullable FileJoin join;

    /** A file as it was saved, not found again yet. */
    TrackedFile(Offsets.Saved saved, int limit) {
        this.start = saved.start();
        this.generation = saved.generation();
        this.path = Path.of(saved.path());
        this.key = saved.key();
        this.lines = new LineCutter(limit, saved.offset());
        this.headLength = saved.headLength();
        this.headDigest = saved.head();
        this.committed = saved.offset();
        this.marks.addAll(saved.marks());
        this.headers = new FileHeaders(saved.headerAt(), saved.headerLength());
    }

    /** The first bytes of a file as far as they tell it from others: 64, or its first line. */
    static String start(byte[] head, int length) {
        int end = 0;
        while (end < Math.min(START, length) && head[end] != '\n') {
            end++;
        }
        return Sm3.hex(Arrays.copyOf(head, end));
    }

    boolean open() {
        return content != null;
    }

    Content content() {
        if (content == null) {
            throw new IllegalStateException("file is not open: " + path);
        }
        return content;
    }

    /** Goes on in this content, after the last line that was handed on. */
    void bind(Path at, String fileKey, boolean isPacked, Content opened) throws IOException {
        close();
        path = at;
        key = fileKey;
        packed = isPacked;
        content = opened;
        head = opened.slice(0, HEAD);
        whole = "";
        lines.width(head);
        lines.rewind();
    }

    /** Lets go of the file; a later {@link #bind} goes on. */
    void close() {
        if (content != null) {
            content.close();
            content = null;
        }
    }

    /**
     * Whether that content is this file: it begins alike, and the newest marked line is there.
     *
     * @param copy the last marked line it is long enough for is enough: lines may have been written, and read, between
     *     the making of a copy and the truncation after it
     */
    boolean continuedBy(Content other, boolean copy) throws IOException {
        refreshHead();
        byte[] first = other.slice(0, headLength);
        if (headLength == 0 || first.length < headLength || !Sm3.hex(first).equals(headDigest)) {
            return false;
        }
        // Newest first; a packed file is unpacked again for an older mark, which happens when a newer one does not fit.
        for (Iterator<Offsets.Mark> newest = marks.descendingIterator(); newest.hasNext(); ) {
            Offsets.Mark mark = newest.next();
            byte[] there = other.slice(mark.at(), mark.length());
            if (there.length == mark.length() || !copy) {
                return Sm3.hex(there).equals(mark.digest());
            }
        }
        return marks.isEmpty();
    }

    private void refreshHead() {
        if (head.length > headLength) {
            headLength = head.length;
            headDigest = Sm3.hex(head);
        }
    }

    /** Whether the open file still begins as it did. */
    boolean intact() throws IOException {
        byte[] now = content().slice(0, head.length);
        return Arrays.equals(now, head);
    }

    /** What its lines go through; made when the first byte is read, knowing the header that is in force there. */
    FileJoin join(Supplier<FileJoin> fresh) throws IOException {
        FileJoin known = join;
        if (known == null) {
            known = fresh.get();
            headers.restore(content(), lines.position(), known);
            join = known;
        }
        return known;
    }

    /** Lines of a group that is open. */
    int pending() {
        return join == null ? 0 : join.pending();
    }

    long pendingBytes() {
        return join == null ? 0 : join.pendingBytes();
    }

    /** Closes the group that is open, if any. */
    void endGroup(boolean early) {
        FileJoin open = join;
        if (open != null && early) {
            open.endEarly();
        } else if (open != null) {
            open.end();
        }
    }

    /** A line was a header. */
    void header(long at, long next) {
        headers.note(at, next);
    }

    /** Takes note of bytes that were read at {@link LineCutter#position}. */
    void took(byte[] bytes, int length) {
        long at = lines.position();
        if (at < HEAD && at + length > head.length) {
            int grown = (int) Math.min(HEAD, at + length);
            head = Arrays.copyOf(head, grown);
            System.arraycopy(bytes, 0, head, (int) at, grown - (int) at);
        }
    }

    /** What the event id of a line is made from. */
    String origin(long at, long contentEnd) {
        String digest;
        if (contentEnd < HEAD) {
            digest = Sm3.hex(Arrays.copyOf(head, (int) contentEnd));
        } else {
            if (whole.isEmpty()) {
                whole = Sm3.hex(Arrays.copyOf(head, HEAD));
            }
            digest = whole;
        }
        return generation == 0 ? digest + "/" + at : digest + "/" + at + "/" + generation;
    }

    void handed(long at, long next, int length, CompletableFuture<Void> done) {
        inFlight.add(new InFlight(at, next, lines.begin(), length, done));
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Moves the committed offset over every line from the front that Kafka has; the bytes of these lines. */
    long settle() {
        long bytes = 0;
        InFlight last = null;
        while (!inFlight.isEmpty() && done(inFlight.peek().done())) {
            last = inFlight.remove();
            bytes += last.length();
        }
        if (last != null) {
            committed = last.next();
            mark(last);
        }
        if (inFlight.isEmpty() && committed < lines.lineStart()) {
            committed = lines.lineStart(); // empty lines
        }
        return bytes;
    }

    /** The newest mark moves along; each 64 KiB one stays behind. */
    private void mark(InFlight last) {
        Offsets.Mark newest = marks.pollLast();
        if (newest != null
                && newest.at() - (marks.isEmpty() ? 0 : marks.getLast().at()) >= MARK_BYTES) {
            marks.addLast(newest);
        }
        if (marks.size() == MOST_MARKS) {
            marks.removeFirst();
        }
        marks.addLast(new Offsets.Mark(last.at(), last.begin().length, Sm3.hex(last.begin())));
    }

    private static boolean done(CompletableFuture<Void> future) {
        return future.isDone() && !future.isCompletedExceptionally();
    }

    /** Bytes that Kafka has. */
    long committed() {
        return committed;
    }

    /** Where the next byte is read. */
    long position() {
        return lines.position();
    }

    Offsets.Saved saved() {
        refreshHead();
        FileHeaders.Place header = headers.inForce(committed);
        return new Offsets.Saved(
                path.toString(),
                key,
                start,
                headLength,
                headDigest,
                committed,
                List.copyOf(marks),
                generation,
                header.at(),
                header.length());
    }
}
