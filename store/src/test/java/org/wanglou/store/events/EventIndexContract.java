package org.wanglou.store.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wanglou.store.events.EventSamples.NOW;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.store.events.EventIndex.BadQuery;
import org.wanglou.store.events.EventIndex.Bucket;
import org.wanglou.store.events.EventIndex.Count;
import org.wanglou.store.events.EventIndex.EventQuery;
import org.wanglou.store.events.EventIndex.SearchResult;

/** What every event archive must do. Each test begins with an empty one. */
abstract class EventIndexContract {
    protected EventIndex index;

    abstract EventIndex open() throws Exception;

    /** Opens the one that was just closed. */
    abstract EventIndex reopen() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        index = open();
    }

    @AfterEach
    void end() {
        index.close();
    }

    private static EventQuery query(String text) {
        return new EventQuery(text, 0, Long.MAX_VALUE, List.of(), "", 100);
    }

    private List<String> ids(String text) {
        return index.search(query(text)).events().stream().map(Event::id).toList();
    }

    private void six() {
        index.append(
                List.of(
                        EventSamples.login(1, "10.1.2.3", "root", "failure", "990100"),
                        EventSamples.login(2, "10.1.2.4", "svc-backup", "failure", "990100"),
                        EventSamples.login(3, "203.0.113.7", "Root", "success", "990200"),
                        EventSamples.request(4, "2001:db8::7", "/index.html", 200, "990100"),
                        EventSamples.request(5, "203.0.113.7", "/Admin/login.php", 404, "990200"),
                        EventSamples.request(6, "203.0.113.8", "/shell.jsp", 500, "990200")),
                Map.of("wanglou.events/0", 6L));
    }

    @Test
    void an_event_comes_back_as_it_went_in() {
        Event event = EventSamples.request(4, "2001:db8::7", "/index.html", 200, "990100");
        index.append(List.of(event), Map.of());
        assertThat(index.get(event.id())).contains(event);
        assertThat(index.get("none")).isEmpty();
        assertThat(index.search(query("")).events()).containsExactly(event);
    }

    @Test
    void an_empty_archive_answers() {
        assertThat(index.count()).isZero();
        assertThat(index.position("wanglou.events/0")).isEmpty();
        assertThat(index.search(query("source.ip:10.0.0.0/8")).events()).isEmpty();
        assertThat(index.histogram(query(""), 10)).isEmpty();
        assertThat(index.top(query(""), "user.name", 10)).isEmpty();
    }

    @Test
    void events_and_offsets_survive_closing() throws Exception {
        index.append(List.of(EventSamples.login(1, "10.1.2.3", "a", "failure", "o")), Map.of("wanglou.events/0", 7L));
        index.append(List.of(EventSamples.login(2, "10.1.2.3", "a", "failure", "o")), Map.of("wanglou.events/1", 9L));
        index.close();
        index = reopen();
        assertThat(index.position("wanglou.events/0")).hasValue(7);
        assertThat(index.position("wanglou.events/1")).hasValue(9);
        assertThat(index.count()).isEqualTo(2);
        index.append(List.of(), Map.of("wanglou.events/0", 8L));
        index.close();
        index = reopen();
        assertThat(index.position("wanglou.events/0")).hasValue(8);
        assertThat(index.position("wanglou.events/1")).hasValue(9);
    }

    @Test
    void appending_twice_leaves_one_also_within_a_batch() {
        Event event = EventSamples.login(1, "10.1.2.3", "root", "failure", "o");
        index.append(List.of(event, event), Map.of());
        index.append(List.of(event), Map.of());
        assertThat(index.count()).isEqualTo(1);
        assertThat(index.search(query("")).total()).isEqualTo(1);
        assertThat(index.top(query(""), "user.name", 5)).containsExactly(new Count("root", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.ip:10.0.0.0/8|2,1",
                "source.ip:203.0.113.7|5,3",
                "source.ip:2001:db8::/32|4",
                "source.ip:10.1.*|2,1",
                "source.ip > 203.0.113.7 and source.ip < 203.0.113.9|6",
                "来源IP：203.0.113.7 且 结果：成功|3",
                "user.name:root|3,1",
                "user.name:svc*|2",
                "user.name:?oot|3,1",
                "user.name:(root or svc-backup)|3,2,1",
                "user.name:*|3,2,1",
                "not user.name:*|6,5,4",
                "url.path:*login*|5",
                "url.path:/admin/login.php|5",
                "状态码>=400|6,5",
                "http.response.status_code:4*|5",
                "event.outcome:failure and not source.ip:10.0.0.0/8|6,5",
                "event.dataset:sshd or url.path:/shell.jsp|6,3,2,1",
                "\"failed password\"|3,2,1",
                "\"password failed\"|''",
                "failed root|3,1",
                "登录失败|3,2,1",
                "失|3,2,1",
                "败|3,2,1",
                "录败|''",
                "口令 svc*|2",
                "/Admin/login.php|5",
                "login.ph*|5",
                "event.original:*|6,5,4,3,2,1",
                "organization.id:990200|6,5,3",
                "单位:990200 类别:authentication|3",
                "event.id:00000000000000000000000000000004|4",
                "!!!|''"
            })
    void the_query_language_finds(String text, String numbers) {
        six();
        List<String> expected = numbers.isEmpty()
                ? List.of()
                : List.of(numbers.split(",", -1)).stream()
                        .map(number -> EventSamples.id(Long.parseLong(number)))
                        .toList();
        assertThat(ids(text)).isEqualTo(expected);
        assertThat(index.search(query(text)).total()).isEqualTo(expected.size());
    }

    @Test
    void time_range_and_organisations_narrow_every_question() {
        six();
        EventQuery narrow = new EventQuery("", NOW + 2_000, NOW + 5_000, List.of("990100", "990300"), "", 10);
        assertThat(index.search(narrow).events())
                .extracting(Event::id)
                .containsExactly(EventSamples.id(4), EventSamples.id(2));
        assertThat(index.top(narrow, "source.ip", 10))
                .containsExactlyInAnyOrder(new Count("10.1.2.4", 1), new Count("2001:db8::7", 1));
        assertThat(index.histogram(narrow, 3)).extracting(Bucket::count).containsExactly(1L, 0L, 1L);
        assertThat(index.search(new EventQuery("", NOW, NOW, List.of(), "", 10)).events())
                .isEmpty();
        assertThat(index.search(new EventQuery("", 0, Long.MAX_VALUE, List.of("nobody"), "", 10))
                        .total())
                .isZero();
    }

    @Test
    void values_are_counted_in_their_own_spelling_most_frequent_first() {
        six();
        assertThat(index.top(query(""), "source.ip", 2))
                .containsExactly(new Count("203.0.113.7", 2), new Count("10.1.2.3", 1));
        assertThat(index.top(query(""), "状态码", 5)).hasSize(3).contains(new Count("404", 1));
        assertThat(index.top(query("user.name:root"), "user.name", 5))
                .containsExactly(new Count("Root", 1), new Count("root", 1));
        assertThatThrownBy(() -> index.top(query(""), "event.id", 5)).isInstanceOf(BadQuery.class);
        assertThatThrownBy(() -> index.top(query(""), "nothing", 5)).isInstanceOf(BadQuery.class);
    }

    @Test
    void a_histogram_covers_the_range_and_adds_up() {
        six();
        List<Bucket> buckets = index.histogram(query(""), 3);
        assertThat(buckets).hasSizeBetween(1, 3);
        assertThat(buckets.get(0).from()).isEqualTo(NOW + 1_000);
        assertThat(buckets.stream().mapToLong(Bucket::count).sum()).isEqualTo(6);
        assertThatThrownBy(() -> index.histogram(query(""), 501)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Many events share a millisecond, and more arrive while one turns the pages. */
    @Test
    void pages_neither_repeat_nor_skip_while_events_arrive() {
        List<Event> events = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            events.add(EventSamples.login(i, "10.0.0.1", "u", "failure", "o").toBuilder()
                    .set(Ecs.TIMESTAMP, NOW + random.nextInt(20))
                    .build());
        }
        Collections.shuffle(events, random);
        for (int from = 0; from < 500; from += 100) {
            index.append(events.subList(from, from + 100), Map.of());
        }
        Set<String> seen = new HashSet<>();
        String cursor = "";
        long before = Long.MAX_VALUE;
        int pages = 0;
        do {
            SearchResult page = index.search(new EventQuery("user.name:u", 0, Long.MAX_VALUE, List.of(), cursor, 37));
            for (Event event : page.events()) {
                assertThat(seen.add(event.id())).as("seen once").isTrue();
                assertThat(event.timeMillis()).isLessThanOrEqualTo(before);
                before = event.timeMillis();
            }
            cursor = page.nextCursor();
            index.append(List.of(EventSamples.login(1_000 + pages++, "10.0.0.1", "u", "failure", "o")), Map.of());
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(500);
        assertThatThrownBy(() -> index.search(new EventQuery("", 0, 1, List.of(), "no cursor", 10)))
                .isInstanceOf(BadQuery.class);
    }

    @Test
    void a_total_beyond_ten_thousand_is_a_lower_bound() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 10_050; i++) {
            events.add(EventSamples.login(i, "10.0.0.1", "u" + i % 3, "failure", "o"));
        }
        index.append(events, Map.of());
        SearchResult all = index.search(query(""));
        assertThat(all.total()).isEqualTo(10_000);
        assertThat(all.exact()).isFalse();
        SearchResult third = index.search(query("user.name:u0"));
        assertThat(third.total()).isEqualTo(3_350);
        assertThat(third.exact()).isTrue();
    }

    @Test
    void hostile_and_oversized_values_are_archived_like_any_other() {
        Event odd = Event.builder()
                .set(Ecs.EVENT_ID, EventSamples.id(1))
                .set(Ecs.TIMESTAMP, NOW)
                .set(Ecs.USER_NAME, "\u202e<script>" + "长".repeat(40_000))
                .set(Ecs.SOURCE_IP, "not an address")
                .set(Ecs.EVENT_ORIGINAL, "x".repeat(200_000) + " \u0000 ending 结尾")
                .set("very.odd", Event.NULL)
                .build();
        index.append(List.of(odd), Map.of());
        assertThat(index.get(odd.id())).contains(odd);
        assertThat(ids("结尾")).containsExactly(odd.id());
        assertThat(ids("user.name:*script*")).containsExactly(odd.id());
        assertThat(ids("source.ip:*")).isEmpty();
    }

    @Test
    void events_before_an_instant_can_be_deleted_and_stay_away() throws Exception {
        six();
        assertThat(index.deleteBefore(NOW + 3_000)).isEqualTo(2);
        assertThat(index.deleteBefore(NOW + 3_000)).isZero();
        index.close();
        index = reopen();
        assertThat(index.count()).isEqualTo(4);
        assertThat(index.position("wanglou.events/0")).hasValue(6);
    }
}
