package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ResentTest {
    private static final int ROUNDS = 150;
    private static final int LINES = 120;

    private final Resent resent = new Resent();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Resent.Trail open() {
        return resent.open("192.0.2.1", () -> {});
    }

    private static String origin(Resent.Trail trail, String text, String own) throws IOException {
        Resent.Mark mark = trail.next(bytes(text), own);
        mark.answered().run();
        return mark.origin();
    }

    /** A sender as librelp is one, and both ends of its connections: what is under way lies between. */
    private static final class Play {
        private final Random random;
        private final boolean distinct;
        private final List<String> contents;
        private final Resent resent = new Resent();
        private final ArrayDeque<Integer> unanswered = new ArrayDeque<>();
        private final Map<Integer, Set<String>> ids = new HashMap<>();
        private final List<Old> olds = new ArrayList<>();
        private Old now;
        private int sent;
        private int connection;

        /** One connection: frames that nobody has read yet, and frames that are read and not answered. */
        private final class Old {
            final Resent.Trail trail = resent.open("192.0.2.1", () -> {});
            final int number = connection++;
            final ArrayDeque<Integer> under = new ArrayDeque<>();
            final ArrayDeque<Runnable> owed = new ArrayDeque<>();
            int read;

            void read() throws IOException {
                if (!under.isEmpty()) {
                    if (read == 0) {
                        readElders();
                    }
                    int line = under.remove();
                    Resent.Mark mark = trail.next(bytes(contents.get(line)), number + "/" + read++);
                    ids.computeIfAbsent(line, one -> new HashSet<>()).add(mark.origin());
                    owed.add(mark.answered());
                }
            }

            /** Before its first frame the older ones are read to their end: see {@link Resent#await}. */
            private void readElders() throws IOException {
                for (Old elder : olds.subList(0, Math.min(number, olds.size()))) {
                    while (!elder.under.isEmpty()) {
                        elder.read();
                    }
                    elder.trail.over();
                    while (random.nextBoolean() && elder.answer()) {
                        // some are answered in vain
                    }
                    if (random.nextBoolean()) {
                        elder.trail.close(false);
                    }
                }
            }

            /** Answers the oldest; true when there was one. */
            boolean answer() {
                Runnable oldest = owed.poll();
                if (oldest != null) {
                    oldest.run();
                }
                return oldest != null;
            }
        }

        /** @param distinct whether no two lines say the same; if not, who is back has something to send again */
        Play(Random random, List<String> contents, boolean distinct) {
            this.random = random;
            this.distinct = distinct;
            this.contents = contents;
            this.now = new Old();
        }

        void run() throws IOException {
            while (sent < contents.size() || !unanswered.isEmpty()) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        if (distinct || !unanswered.isEmpty()) {
                            back();
                        }
                    }
                    case 1, 2, 3, 4 -> {
                        if (sent < contents.size() && unanswered.size() < 40) {
                            unanswered.add(sent);
                            now.under.add(sent++);
                        }
                    }
                    case 5, 6, 7, 8 -> now.read();
                    case 9, 10 -> {
                        if (now.answer()) {
                            unanswered.remove();
                        }
                    }
                    default -> late();
                }
            }
        }

        /** The sender breaks off and is back: what is unanswered is under way again, what was owed is lost on its way. */
        private void back() {
            olds.add(now);
            now = new Old();
            now.under.addAll(unanswered);
        }

        /** What happens on old connections while the new one is there: they are read, and answered in vain. */
        private void late() throws IOException {
            if (!olds.isEmpty()) {
                Old old = olds.get(random.nextInt(olds.size()));
                old.read();
                if (random.nextBoolean()) {
                    old.answer();
                }
            }
        }
    }

    @Test
    void whatever_the_order_of_answers_losses_and_returns_a_line_has_one_id() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("ResentTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> contents = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                contents.add("line " + i);
            }
            Play play = new Play(random, contents, true);
            play.run();
            assertThat(play.ids).as("seed " + seed + " round " + round).hasSize(LINES);
            assertThat(play.ids.values()).as("seed " + seed + " round " + round).allMatch(ids -> ids.size() == 1);
            assertThat(play.ids.values().stream().flatMap(Set::stream).distinct())
                    .as("seed " + seed + " round " + round)
                    .hasSize(LINES);
        }
    }

    @Test
    void of_lines_that_say_the_same_none_is_lost() throws Exception {
        long seed = ThreadLocalRandom.current().nextLong();
        System.out.println("ResentTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> contents = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                contents.add("line " + random.nextInt(1 + random.nextInt(40)));
            }
            Play play = new Play(random, contents, false);
            play.run();
            for (String content : Set.copyOf(contents)) {
                Set<String> ids = new HashSet<>();
                play.ids.forEach((line, some) -> {
                    if (contents.get(line).equals(content)) {
                        ids.addAll(some);
                    }
                });
                assertThat(ids.size())
                        .as("seed " + seed + " round " + round + " " + content)
                        .isGreaterThanOrEqualTo(
                                (int) contents.stream().filter(content::equals).count());
            }
        }
    }

    @Test
    void what_a_broken_return_did_not_come_to_is_known_on_the_next_one() throws Exception {
        Resent.Trail first = open();
        for (String text : List.of("a", "b", "c", "d")) {
            first.next(bytes(text), "1/" + text);
        }
        first.close(false);
        Resent.Trail second = open();
        assertThat(second.next(bytes("a"), "2/a").origin()).isEqualTo("1/a");
        second.close(false);
        Resent.Trail third = open();
        assertThat(List.of(origin(third, "a", "3/a"), origin(third, "b", "3/b"), origin(third, "c", "3/c")))
                .containsExactly("1/a", "1/b", "1/c");
    }

    @Test
    void an_open_connection_whose_unanswered_frame_comes_on_another_is_taken_for_dead() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        Resent.Trail first = resent.open("192.0.2.1", () -> closed.set(true));
        origin(first, "a", "1/a");
        first.next(bytes("b"), "1/b");
        Resent.Trail second = open();
        assertThat(origin(second, "b", "2/b")).isEqualTo("1/b");
        assertThat(closed).isTrue();
        assertThatThrownBy(() -> first.next(bytes("c"), "1/c")).isInstanceOf(IOException.class);
    }

    @Test
    void two_senders_behind_one_address_that_say_the_same_keep_apart() throws Exception {
        Resent.Trail first = open();
        assertThat(origin(first, "a", "1/a")).isEqualTo("1/a");
        first.idle();
        assertThat(origin(open(), "a", "2/a")).isEqualTo("2/a");
        assertThat(origin(resent.open("192.0.2.2", () -> {}), "a", "3/a")).isEqualTo("3/a");
        assertThat(origin(first, "b", "1/b")).isEqualTo("1/b");
    }
}
