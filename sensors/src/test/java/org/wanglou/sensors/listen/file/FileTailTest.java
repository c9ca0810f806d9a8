package org.wanglou.sensors.listen.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.RateLimit;

class FileTailTest extends TailedFolder {
    private Path log() throws IOException {
        return log("access.log");
    }

    private static void pack(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(from, out);
        }
        Files.delete(from);
    }

    @Test
    void lines_come_as_they_are_written_and_a_last_line_waits_for_its_end() throws Exception {
        FileTail tail = tail(log().toString());
        poll(tail);
        assertThat(texts()).isEmpty();
        append(log(), "one\r\n\ntwo\nthr");
        poll(tail);
        assertThat(texts()).containsExactly("one", "two");
        append(log(), "ee\n");
        poll(tail);
        assertThat(texts()).containsExactly("one", "two", "three");
        assertThat(tail.states()).singleElement().satisfies(state -> assertThat(state.committed())
                .isEqualTo(Files.size(log())));
    }

    @Test
    void after_a_kill_what_kafka_did_not_have_comes_again_under_the_same_id() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("line ").append(i).append(" of a log that is longer than its head\n");
        }
        append(log(), "first\n");
        FileTail before = tail(log().toString());
        poll(before);
        away = true;
        append(log(), text.toString());
        poll(before);
        List<String> ids = origins();
        // Kafka got 40 of them, one of these out of order, and the process was killed: nothing is closed.
        for (int i = 0; i < 40; i++) {
            open.get(i).complete(null);
        }
        open.get(60).complete(null);
        clock.now += 2_000;
        poll(before);
        frames.clear();
        away = false;
        poll(tail(log().toString()));
        assertThat(origins()).isEqualTo(ids.subList(41, 101));
        assertThat(new HashSet<>(ids)).hasSize(101);
    }

    @Test
    void a_line_has_the_same_id_however_far_the_file_had_grown() throws Exception {
        Random random = new Random(7);
        StringBuilder whole = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            whole.append("request ")
                    .append(i)
                    .append(" x".repeat(random.nextInt(20)))
                    .append('\n');
        }
        Path slow = log();
        FileTail grows = tail(slow.toString());
        for (int at = 0; at < whole.length(); ) {
            int end = Math.min(whole.length(), at + 1 + random.nextInt(40));
            append(slow, whole.substring(at, end));
            poll(grows);
            at = end;
        }
        List<String> ids = origins();
        assertThat(ids).hasSize(200).doesNotHaveDuplicates();
        frames.clear();
        Path other = Files.createDirectories(folder.resolve("other")).resolve("access.log.1");
        Files.writeString(other, whole.toString());
        FileTail atOnce = new FileTail(
                "u", other.toString(), folder.resolve("state"), this::take, RateLimit.none(), failures, clock);
        poll(atOnce);
        assertThat(origins()).isEqualTo(ids);
    }

    @Test
    void a_renamed_file_is_read_to_its_end_beside_its_successor() throws Exception {
        FileTail tail = tail(log().toString());
        append(log(), "one\n");
        poll(tail);
        append(log(), "two\n");
        Path rotated = log().resolveSibling("access.log.1");
        Files.move(log(), rotated);
        append(log(), "three\n");
        append(rotated, "written late\nno end");
        poll(tail);
        assertThat(texts()).containsExactlyInAnyOrder("one", "two", "three", "written late");
        clock.now += 60_000;
        poll(tail);
        assertThat(texts()).containsExactlyInAnyOrder("one", "two", "three", "written late", "no end");
        poll(tail);
        assertThat(frames).hasSize(5);
    }

    @Test
    void a_file_copied_and_truncated_is_continued_in_its_copy() throws Exception {
        FileTail tail = tail(log().toString());
        append(log(), "one\n");
        poll(tail);
        append(log(), "two, not read yet\n");
        Files.copy(log(), log().resolveSibling("access.log.1"));
        Files.write(log(), new byte[0]);
        poll(tail);
        append(log(), "three\n");
        poll(tail);
        assertThat(texts()).containsExactly("one", "two, not read yet", "three");
        assertThat(origins()).doesNotHaveDuplicates();
    }

    @Test
    void a_file_truncated_and_grown_beyond_its_old_length_between_two_looks_is_a_new_one() throws Exception {
        FileTail tail = tail(log().toString());
        append(log(), "one\n");
        poll(tail);
        Files.writeString(log(), "another first line that is longer\n");
        clock.now += 1;
        poll(tail);
        assertThat(texts()).containsExactly("one", "another first line that is longer");
    }

    @Test
    void a_packed_old_file_is_continued_at_its_offset_after_a_stop() throws Exception {
        FileTail before = tail(log().toString());
        append(log(), "one\ntwo\n");
        poll(before);
        before.close();
        append(log(), "three\n");
        pack(log(), log().resolveSibling("access.log.1.gz"));
        append(log(), "four\n");
        poll(tail(log().toString()));
        assertThat(texts()).containsExactlyInAnyOrder("one", "two", "three", "four");
        assertThat(origins()).doesNotHaveDuplicates();
    }

    @Test
    void files_rotated_twice_while_it_was_down_lose_nothing() throws Exception {
        FileTail before = tail(log().toString());
        append(log(), "one\n");
        poll(before);
        before.close();
        append(log(), "two\n");
        pack(log(), log().resolveSibling("access.log.2.gz"));
        append(log(), "three\n");
        Files.move(log(), log().resolveSibling("access.log.1"));
        append(log(), "four\n");
        FileTail after = tail(log().toString());
        poll(after);
        assertThat(texts()).containsExactlyInAnyOrder("one", "two", "three", "four");
        // and nothing comes twice when all of them move on
        Files.move(log().resolveSibling("access.log.2.gz"), log().resolveSibling("access.log.3.gz"));
        pack(log().resolveSibling("access.log.1"), log().resolveSibling("access.log.2.gz"));
        Files.move(log(), log().resolveSibling("access.log.1"));
        append(log(), "five\n");
        clock.now += 120_000;
        poll(after);
        assertThat(texts()).containsExactlyInAnyOrder("one", "two", "three", "four", "five");
    }

    @Test
    void rotated_files_that_lay_there_before_the_first_start_are_history() throws Exception {
        append(log().resolveSibling("access.log.1"), "old\n");
        pack(log().resolveSibling("access.log.1"), log().resolveSibling("access.log.2.gz"));
        append(log().resolveSibling("access.log.1"), "older than the start\n");
        append(log(), "now\n");
        FileTail tail = tail(log().toString());
        poll(tail);
        clock.now += 120_000;
        poll(tail);
        tail.close();
        poll(tail(log().toString()));
        assertThat(texts()).containsExactly("now");
    }

    @Test
    void a_deleted_file_is_read_to_its_end_and_its_successor_from_the_beginning() throws Exception {
        FileTail tail = tail(log().toString());
        append(log(), "one\n");
        poll(tail);
        append(log(), "two\nhalf");
        Files.delete(log());
        append(log(), "one\nanother\n");
        poll(tail);
        clock.now += 60_000;
        poll(tail);
        assertThat(texts()).containsExactlyInAnyOrder("one", "two", "half", "one", "another");
        assertThat(origins()).doesNotHaveDuplicates();
    }

    @Test
    void files_that_begin_with_the_same_kibibyte_are_all_read_under_different_ids() throws Exception {
        String banner = "=".repeat(1_200) + "\n";
        FileTail tail = tail(log().toString());
        append(log(), banner + "one\n");
        poll(tail);
        Files.move(log(), log().resolveSibling("access.log.1"));
        append(log(), banner);
        poll(tail);
        append(log(), "two\n");
        poll(tail);
        tail.close();
        poll(tail(log().toString()));
        assertThat(texts()).filteredOn(line -> !line.startsWith("=")).containsExactly("one", "two");
        assertThat(frames).hasSize(4);
        assertThat(origins()).doesNotHaveDuplicates();
    }

    @Test
    void an_over_long_line_is_cut_and_marked_and_the_next_is_whole() throws Exception {
        FileTail tail = tail(log().toString());
        append(log(), "x".repeat(300_000) + "\nnext\n");
        poll(tail);
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0).cut()).isTrue();
        assertThat(frames.get(0).bytes()).hasSize(64 << 10);
        assertThat(texts().get(1)).isEqualTo("next");
        assertThat(frames.get(1).origin()).endsWith("/300001");
    }

    @Test
    void it_stops_reading_while_kafka_is_away_and_goes_on_without_loss() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("this is line number ").append(i).append('\n');
        }
        append(log(), text.toString());
        away = true;
        FileTail tail = tail(log().toString());
        for (int i = 0; i < 50; i++) {
            assertThat(tail.poll()).isFalse();
        }
        assertThat(frames.size()).isBetween(4_096, 8_192);
        away = false;
        open.forEach(future -> future.complete(null));
        poll(tail);
        assertThat(frames.size()).isEqualTo(60_000);
        assertThat(new HashSet<>(origins()).size()).isEqualTo(60_000);
        assertThat(tail.states().get(0).committed()).isEqualTo(Files.size(log()));
    }

    @Test
    void a_quiet_file_is_not_kept_waiting_by_a_loud_one() throws Exception {
        Files.createDirectories(folder.resolve("log"));
        append(folder.resolve("log/a-loud.log"), "loud and long line\n".repeat(200_000));
        append(folder.resolve("log/b-quiet.log"), "quiet\n");
        FileTail tail = tail(folder.resolve("log") + "/*.log");
        tail.poll();
        tail.poll();
        assertThat(texts().contains("quiet")).isTrue();
        assertThat(frames.size()).isLessThan(20_000);
    }

    @Test
    void a_directory_means_its_files_but_no_links_and_a_pattern_what_it_fits() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("log"));
        append(directory.resolve("a.log"), "a\n");
        append(directory.resolve("b.txt"), "b\n");
        append(folder.resolve("secret"), "secret\n");
        Files.createSymbolicLink(directory.resolve("c.log"), folder.resolve("secret"));
        poll(tail(directory.toString()));
        assertThat(texts()).containsExactly("a", "b");
        frames.clear();
        poll(new FileTail(
                "v", directory + "/*.log", folder.resolve("state"), this::take, RateLimit.none(), failures, clock));
        assertThat(texts()).containsExactly("a");
    }

    @Test
    void a_damaged_packed_file_is_read_as_far_as_it_goes_and_stops_nothing() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("log"));
        Path plain = directory.resolve("x");
        StringBuilder text = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            text.append(random.nextLong()).append('\n');
        }
        append(plain, text.toString());
        Path packed = directory.resolve("x.gz");
        pack(plain, packed);
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        append(
                directory.resolve("y.gz"),
                "this is no gzip at all, whatever its name says, and it is long enough to be read\n");
        append(directory.resolve("z.log"), "z\n");
        FileTail tail = tail(directory.toString());
        poll(tail);
        assertThat(texts()).contains("z").hasSizeGreaterThan(1_000);
        assertThat(origins()).doesNotHaveDuplicates();
    }

    @Test
    void a_seeded_life_of_rotations_kills_and_outages_loses_nothing() throws Exception {
        for (long seed = 1; seed <= 25; seed++) {
            frames.clear();
            open.clear();
            away = false;
            Path home = Files.createDirectories(folder.resolve("life" + seed));
            life(seed, home);
        }
    }

    private void life(long seed, Path home) throws IOException {
        Random random = new Random(seed);
        Path live = home.resolve("app.log");
        Path state = home.resolve("state");
        int written = 0;
        int rotations = 0;
        FileTail tail = new FileTail("t", live.toString(), state, this::take, RateLimit.none(), failures, clock);
        Map<String, String> byId = new LinkedHashMap<>();
        poll(tail);
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    for (int i = random.nextInt(30); i > 0; i--) {
                        append(
                                live,
                                "seed " + seed + " line " + written++ + " " + "y".repeat(random.nextInt(60)) + "\n");
                    }
                }
                case 3 -> {
                    away = random.nextBoolean();
                    if (!away) {
                        open.forEach(future -> future.complete(null));
                    }
                }
                case 4 -> {
                    if (Files.exists(live) && random.nextBoolean()) {
                        Path old = home.resolve("app.log-" + (1000 + rotations++));
                        if (random.nextBoolean()) {
                            Files.move(live, old);
                        } else {
                            poll(tail); // a truncation loses what was written after its copy: nothing is here
                            Files.copy(live, old, StandardCopyOption.COPY_ATTRIBUTES);
                            Files.write(live, new byte[0]);
                            poll(tail);
                        }
                    }
                }
                case 5 -> {
                    // killed: the old one is left as it is, its futures never complete
                    open.clear();
                    tail = new FileTail("t", live.toString(), state, this::take, RateLimit.none(), failures, clock);
                }
                case 6 -> {
                    clock.now += random.nextInt(40_000);
                    for (int i = rotations - 1; i >= 0; i--) {
                        Path old = home.resolve("app.log-" + (1000 + i));
                        if (Files.exists(old) && random.nextInt(3) == 0) {
                            pack(old, home.resolve("app.log-" + (1000 + i) + ".gz"));
                        }
                    }
                }
                default -> {
                    clock.now += random.nextInt(2_000);
                    poll(tail);
                }
            }
        }
        away = false;
        open.forEach(future -> future.complete(null));
        clock.now += 120_000;
        poll(tail);
        poll(tail);
        tail.close();
        for (Frame frame : frames) {
            String line = new String(frame.bytes(), StandardCharsets.UTF_8);
            String before = byId.put(frame.origin(), line);
            assertThat(before == null || before.equals(line))
                    .as("seed %s id of one line", seed)
                    .isTrue();
        }
        assertThat(new HashSet<>(byId.values())).as("seed %s", seed).hasSize(written);
        assertThat(byId).as("seed %s, each line under one id", seed).hasSize(written);
    }
}
