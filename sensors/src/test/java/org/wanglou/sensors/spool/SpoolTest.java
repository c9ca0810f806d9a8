package org.wanglou.sensors.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;

class SpoolTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Sealer SEALER = Sealer.sm4(new byte[16]);

    @TempDir
    Path folder;

    private static Parcel parcel(String id, int bytes) {
        return new Parcel(Topic.EVENTS, "source", id, 1, 1, new byte[bytes]);
    }

    private static List<String> ids(List<Spool.Taken> taken) {
        return taken.stream()
                .map(Spool.Taken::parcel)
                .map(parcel -> parcel == null ? "lost" : parcel.id())
                .toList();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".spool"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void a_damaged_length_gives_up_what_lies_behind_it_by_its_source_and_stops_nothing() throws Exception {
        try (Spool spool = Spool.open(folder, SEALER, 1 << 20)) {
            for (int i = 0; i < 5; i++) {
                assertThat(spool.offer(parcel("p" + i, 100))).isTrue();
            }
            byte[] bytes = Files.readAllBytes(onlyFile());
            int record = bytes.length / 5;
            ByteBuffer.wrap(bytes).putInt(2 * record, Integer.MAX_VALUE);
            Files.write(onlyFile(), bytes);
            List<Spool.Taken> taken = spool.peek(100);
            assertThat(ids(taken)).containsExactly("p0", "p1", "lost", "lost", "lost");
            assertThat(taken).allMatch(one -> one.source().equals("source"));
            spool.take(taken.size());
            assertThat(spool.count()).isZero();
            assertThat(spool.waiting()).isEqualTo(Map.of("source", 0L));
            assertThat(spool.offer(parcel("later", 100))).isTrue();
            assertThat(ids(spool.peek(100))).containsExactly("later");
        }
    }

    @Test
    void a_name_that_was_altered_is_given_up_by_the_source_that_it_had() throws Exception {
        try (Spool spool = Spool.open(folder, SEALER, 1 << 20)) {
            assertThat(spool.offer(parcel("p0", 100))).isTrue();
            byte[] bytes = Files.readAllBytes(onlyFile());
            bytes[SpoolFile.HEADER] ^= 1;
            Files.write(onlyFile(), bytes);
            assertThat(spool.peek(1)).containsExactly(new Spool.Taken("source", null));
            spool.take(1);
            assertThat(spool.waiting()).isEqualTo(Map.of("source", 0L));
        }
    }

    /** A thread that is interrupted while it writes closes the file. */
    @Test
    void a_file_that_can_no_longer_be_written_is_left_for_another() throws Exception {
        try (Spool spool = Spool.open(folder, SEALER, 1 << 20)) {
            assertThat(spool.offer(parcel("p0", 100))).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> spool.offer(parcel("failed", 100))).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(spool.offer(parcel("p1", 100))).isTrue();
            assertThat(ids(spool.peek(100))).containsExactly("p0");
            spool.take(1);
            assertThat(ids(spool.peek(100))).containsExactly("p1");
        }
    }

    /** The child's side of the next test: no file may grow beyond 4 KiB. */
    public static void main(String[] arguments) throws IOException {
        try (Spool spool = Spool.open(Path.of(arguments[0]), SEALER, 1 << 20)) {
            for (Parcel parcel : List.of(parcel("p0", 1_500), parcel("p1", 1_500), parcel("p2", 1_500))) {
                try {
                    spool.offer(parcel);
                } catch (IOException e) {
                    System.out.println("failed " + parcel.id());
                }
            }
            spool.offer(parcel("p3", 100));
            System.out.println(ids(spool.peek(100)));
        }
    }

    @Test
    void a_record_that_went_in_by_half_is_taken_out_again() throws Exception {
        Process child = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -f 8; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(said).isZero();
        assertThat(said.lines()).contains("failed p2", "[p0, p1, p3]");
    }

    @Test
    void what_was_replayed_is_told_also_when_the_disk_does_not_keep_how_far_it_went() throws Exception {
        List<String> published = new CopyOnWriteArrayList<>();
        List<String> told = new CopyOnWriteArrayList<>();
        Files.createDirectories(folder.resolve("taken.new")); // nothing can be written there
        try (Spool spool = Spool.open(folder, SEALER, 1 << 20)) {
            for (int i = 0; i < 3; i++) {
                assertThat(spool.offer(parcel("p" + i, 100))).isTrue();
            }
            Replayer.Outcome outcome = new Replayer.Outcome() {
                @Override
                public void published(Parcel parcel) {
                    told.add(parcel.id());
                }

                @Override
                public void lost(String source) {
                    told.add("lost");
                }
            };
            try (Replayer replayer = new Replayer(spool, recorder(published), outcome)) {
                replayer.start();
                Awaitility.await().atMost(LIMIT).until(() -> spool.count() == 0 && told.size() >= 3);
            }
        }
        assertThat(told).containsExactly("p0", "p1", "p2");
        assertThat(published).containsExactly("p0", "p1", "p2");
    }

    /** A publisher that notes ids. */
    private static Publisher recorder(List<String> published) {
        return new Publisher() {
            @Override
            public CompletableFuture<Void> publish(
                    Topic topic,
                    int partition,
                    byte @Nullable [] key,
                    byte[] value,
                    long time,
                    String type,
                    String trace) {
                published.add(trace);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public int partitions(Topic topic) {
                return 1;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
