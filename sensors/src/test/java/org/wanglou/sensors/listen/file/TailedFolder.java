package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.Joining;
import org.wanglou.sensors.listen.RateLimit;

/** A folder with logs, tails that follow them by a clock that the test moves, and the frames they gave. */
abstract class TailedFolder {
    /** Time that a test moves; it starts after the files' own times. */
    static final class Hands extends Clock {
        long now = System.currentTimeMillis() + 10_000;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }
    }

    @TempDir
    Path folder;

    final Hands clock = new Hands();
    final List<Frame> frames = new ArrayList<>();
    /** What Kafka has not answered yet, while it is away. */
    final List<CompletableFuture<Void>> open = new ArrayList<>();

    final LongAdder failures = new LongAdder();
    final LongAdder early = new LongAdder();
    private final List<FileTail> tails = new ArrayList<>();
    boolean away;

    CompletableFuture<Void> take(Frame frame) {
        frames.add(frame);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        if (away) {
            open.add(answer);
        } else {
            answer.complete(null);
        }
        return answer;
    }

    /** Every line a frame. */
    FileTail tail(String path) {
        return tail(path, Joining.none());
    }

    /** Lines put together as the format has it. */
    FileTail tail(String path, String format) {
        return tail(
                path, new Joining(() -> Formats.named(format).orElseThrow().assembler(), Joining.FILE_MILLIS, early));
    }

    private FileTail tail(String path, Joining joining) {
        FileTail tail = new FileTail(
                "t", path, folder.resolve("state"), this::take, RateLimit.none(), failures, clock, joining);
        tails.add(tail);
        return tail;
    }

    @AfterEach
    void close() {
        tails.forEach(FileTail::close);
    }

    Path log(String name) throws IOException {
        return Files.createDirectories(folder.resolve("log")).resolve(name);
    }

    static void append(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static void append(Path file, String text) throws IOException {
        append(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static void poll(FileTail tail) throws IOException {
        while (tail.poll()) {
            // until it has nothing more
        }
        tail.poll();
    }

    /** Lets a group that is open become whole. */
    void quiet(FileTail tail) throws IOException {
        clock.now += Joining.FILE_MILLIS;
        poll(tail);
    }

    List<String> texts() {
        return frames.stream()
                .map(frame -> new String(frame.bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    List<String> origins() {
        return frames.stream().map(Frame::origin).toList();
    }
}
