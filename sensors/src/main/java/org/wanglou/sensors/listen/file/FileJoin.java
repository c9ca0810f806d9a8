package org.wanglou.sensors.listen.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.frame.Frame;

/**
 * Puts the lines of one file together. Every line has its own future, which is done when Kafka has the frame that the line
 * went into: so an offset is never committed over a group that is open. Confined to the tail's thread.
 */
final class FileJoin {
    private static final byte[] NOTHING = {};

    private record Held(Frame line, int length, CompletableFuture<Void> done) {}

    private final Assembler assembler;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final Map<Long, Held> held = new HashMap<>();
    private @Nullable Frame current;
    private CompletableFuture<Void> answer = new CompletableFuture<>();
    private long number;
    private long bytes;
    private boolean early;

    FileJoin(Assembler assembler, Function<Frame, CompletableFuture<Void>> frames) {
        this.assembler = assembler;
        this.frames = frames;
    }

    boolean header(byte[] line) {
        return assembler.header(line);
    }

    /** Takes a header again that stands before the offset at which reading goes on. */
    void restore(byte[] line) {
        assembler.add(line, 0, (frame, tags, cut) -> {});
    }

    /** Takes the next line; the future is done when Kafka has it. */
    CompletableFuture<Void> add(Frame line) {
        if (assembler.header(line.bytes())) {
            assembler.add(line.bytes(), ++number, this::group);
            return CompletableFuture.completedFuture(null);
        }
        current = line;
        assembler.add(line.bytes(), ++number, this::group);
        if (current == null) {
            return answer;
        }
        current = null;
        CompletableFuture<Void> later = new CompletableFuture<>();
        held.put(number, new Held(line.with(NOTHING), line.bytes().length, later));
        bytes += line.bytes().length;
        return later;
    }

    private void group(byte[] text, long[] tags, boolean cut) {
        Frame first = null;
        boolean any = cut || early;
        boolean mine = false;
        List<CompletableFuture<Void>> waiting = new ArrayList<>(tags.length);
        for (long tag : tags) {
            Frame line = current;
            if (tag == number && line != null) {
                mine = true;
                current = null;
            } else {
                Held one = held.remove(tag);
                if (one == null) {
                    continue;
                }
                line = one.line();
                bytes -= one.length();
                waiting.add(one.done());
            }
            first = first == null ? line : first;
            any |= line.cut();
        }
        CompletableFuture<Void> sent = first == null || text.length == 0
                ? CompletableFuture.completedFuture(null)
                : frames.apply(first.joined(text, tags.length, any));
        if (mine) {
            answer = sent;
        }
        if (!waiting.isEmpty()) {
            var unused = sent.whenComplete((done, failure) -> waiting.forEach(one -> {
                if (failure == null) {
                    one.complete(null);
                } else {
                    one.completeExceptionally(failure);
                }
            }));
        }
    }

    /** Hands on what is pending, as it is. */
    void end() {
        assembler.end(this::group);
    }

    /** Hands on what is pending because there is no room for it. */
    void endEarly() {
        early = true;
        end();
        early = false;
    }

    int pending() {
        return held.size();
    }

    long pendingBytes() {
        return bytes;
    }
}
