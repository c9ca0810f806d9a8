package org.wanglou.sensors.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialLinesTest {
    private static final String TIME = "2026-11-24T02:00:00.123456789Z ";

    private record Group(String text, int lines, boolean cut) {}

    private final List<Group> groups = new ArrayList<>();
    private final PartialLines partial = new PartialLines();

    private void add(String line) {
        partial.add(line.getBytes(StandardCharsets.UTF_8), 1, this::take);
    }

    private void take(byte[] bytes, long[] tags, boolean cut) {
        groups.add(new Group(new String(bytes, StandardCharsets.UTF_8), tags.length, cut));
    }

    @Test
    void a_text_that_was_cut_anywhere_comes_back_whole_in_both_forms() {
        long seed = System.nanoTime();
        System.out.println("partial lines seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String text = "x\\\"n".repeat(random.nextInt(9)) + "中文" + "a\\\\".repeat(random.nextInt(9)) + round;
            boolean docker = random.nextBoolean();
            groups.clear();
            int from = 0;
            int pieces = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(8));
                // an escape of JSON is never cut
                while (docker && to < text.length() && (to - lastRun(text, to)) % 2 == 1) {
                    to++;
                }
                boolean last = to == text.length();
                String piece = text.substring(from, to);
                add(
                        docker
                                ? "{\"log\":\"" + piece + (last ? "\\n" : "")
                                        + "\",\"stream\":\"stdout\",\"time\":\"t\"}"
                                : TIME + "stdout " + (last ? "F " : "P ") + piece);
                from = to;
                pieces++;
            }
            String whole = docker
                    ? "{\"log\":\"" + text + "\\n\",\"stream\":\"stdout\",\"time\":\"t\"}"
                    : TIME + "stdout F " + text;
            assertThat(groups).as("seed %d round %d", seed, round).containsExactly(new Group(whole, pieces, false));
            assertThat(partial.pending()).isZero();
        }
    }

    /** Where the run of backslashes that ends at an index begins. */
    private static int lastRun(String text, int end) {
        int at = end;
        while (at > 0 && text.charAt(at - 1) == '\\') {
            at--;
        }
        return at;
    }

    @Test
    void the_streams_of_a_container_do_not_mix_and_other_lines_pass() {
        add(TIME + "stdout P a");
        add(TIME + "stderr P b");
        add(TIME + "stdout F c");
        add(TIME + "stderr F d");
        add("something else");
        assertThat(groups)
                .containsExactly(
                        new Group(TIME + "stdout F ac", 2, false),
                        new Group(TIME + "stderr F bd", 2, false),
                        new Group("something else", 1, false));
    }

    @Test
    void a_line_that_never_ends_is_handed_on_in_bounded_pieces_that_say_so() {
        String piece = "y".repeat(16_000);
        for (int i = 0; i < 200; i++) {
            add(TIME + "stdout P " + piece);
        }
        assertThat(groups)
                .isNotEmpty()
                .allMatch(group -> group.cut() && group.text().length() <= Assembler.MAX_BYTES);
        add(TIME + "stdout F end");
        assertThat(groups.get(groups.size() - 1).cut()).isTrue();
        assertThat(groups.stream().mapToInt(Group::lines).sum()).isEqualTo(201);
        groups.clear();
        add(TIME + "stdout P what was left");
        partial.end(this::take);
        assertThat(groups).containsExactly(new Group(TIME + "stdout P what was left", 1, false));
    }
}
