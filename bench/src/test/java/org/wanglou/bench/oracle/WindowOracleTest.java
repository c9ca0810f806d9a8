package org.wanglou.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowOracleTest {
    private static final long T = 1_795_000_000_000L;
    private static final CountingRule THREE =
            CountingRule.atLeast("three", event -> true, List.of("source.ip"), 10_000, 3);

    private static List<JsonLine> at(long... millis) {
        List<JsonLine> events = new ArrayList<>();
        for (long one : millis) {
            events.add(JsonLine.parse(
                    "{\"event\":{\"id\":\"e%d\"},\"@timestamp\":%d,\"source.ip\":\"192.0.2.1\",".formatted(one, T + one)
                            + "\"organization\":{\"id\":\"u\"},\"user.name\":\"u" + one % 2 + "\"}"));
        }
        return events;
    }

    @Test
    void the_window_is_open_on_the_left_and_closed_on_the_right() {
        assertThat(WindowOracle.episodes(THREE, at(0, 5_000, 10_000))).isEmpty();
        assertThat(WindowOracle.episodes(THREE, at(1, 5_000, 10_000)))
                .containsExactly(new Episode(
                        "three", "[\"192.0.2.1\"]", T + 10_000, T + 10_000, 3, List.of("e1", "e5000", "e10000"), "u"));
    }

    @Test
    void new_truth_within_a_span_extends_an_episode_and_later_truth_begins_another() {
        List<Episode> episodes =
                WindowOracle.episodes(THREE, at(0, 1, 2, 10_000, 10_001, 10_002, 20_003, 20_004, 20_005));
        assertThat(episodes).extracting(Episode::first).containsExactly(T + 2, T + 20_005);
        assertThat(episodes).extracting(Episode::last).containsExactly(T + 10_002, T + 20_005);
        assertThat(episodes).extracting(Episode::count).containsExactly(6L, 3L);
    }

    @Test
    void an_event_told_twice_counts_once_and_values_count_distinct() {
        List<JsonLine> twice = at(1, 2, 1, 2);
        assertThat(WindowOracle.episodes(THREE, twice)).isEmpty();
        CountingRule users =
                new CountingRule("users", event -> true, List.of(), 10_000, "user.name", count -> count >= 2, true);
        assertThat(WindowOracle.episodes(users, at(1, 3, 4)))
                .extracting(Episode::count)
                .containsExactly(2L);
        assertThat(WindowOracle.episodes(users, at(1, 3, 5))).isEmpty();
    }
}
