package org.wanglou.store.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.Tick;
import org.wanglou.model.registry.Registry;
import org.wanglou.store.events.EventIndex.EventQuery;
import org.wanglou.store.registry.LoadedRegistry;
import org.wanglou.store.registry.RegistryLoader;

class ArchiverTest {
    @TempDir
    Path directory;

    private final Meters meters = new Meters();
    private EventIndex index;
    private Archiver archiver;

    @BeforeEach
    void open() {
        index = LuceneIndex.open(directory);
        archiver = new Archiver(index, snapshots(), meters, Duration.ZERO);
    }

    @AfterEach
    void close() {
        index.close();
    }

    private static Snapshots snapshots() {
        LoadedRegistry sample = RegistryLoader.sample();
        return new Snapshots() {
            @Override
            public Registry registry() {
                return sample.registry();
            }

            @Override
            public String registryDigest() {
                return sample.digest();
            }
        };
    }

    private static Received record(int partition, long offset, String type, byte[] value) {
        return new Received(Topic.EVENTS, partition, offset, EventSamples.NOW, new byte[0], value, type, "");
    }

    private static Received event(int partition, long offset, Event event) {
        return record(partition, offset, Wire.EVENT_1, EventCodec.encode(event));
    }

    private static Received tick(int partition, long offset) {
        return record(
                partition,
                offset,
                Wire.TICK_1,
                TickCodec.encode(new Tick("sensors", "n1/sensors", -1, 0, 1, 1, Map.of())));
    }

    @Test
    void events_are_archived_enriched_and_counted_by_source_and_ticks_are_not() {
        Event login = EventSamples.login(1, "203.0.113.7", "root", "failure", "U990001");
        archiver.handle(List.of(event(0, 10, login), tick(0, 11), tick(1, 5)));
        assertThat(index.count()).isEqualTo(1);
        assertThat(index.get(login.id()).orElseThrow().text(Ecs.WL_ASSET)).contains("sfu-web");
        assertThat(archiver.position(Topic.EVENTS, 0)).hasValue(12);
        assertThat(archiver.position(Topic.EVENTS, 1)).hasValue(6);
        assertThat(archiver.position(Topic.FLOWS, 0)).isEmpty();
        assertThat(meters.counts()).containsEntry("wanglou_store_archived_total{source=\"syslog\"}", 1L);
    }

    @Test
    void a_canary_is_not_archived_and_counts_for_no_source() {
        archiver.handle(List.of(event(0, 3, Canary.event("c", EventSamples.NOW))));
        assertThat(index.count()).isZero();
        assertThat(meters.total("wanglou_store_archived_total")).isZero();
        assertThat(meters.total("wanglou_store_canaries_total")).isEqualTo(1);
    }

    @Test
    void when_all_that_was_there_at_the_start_is_archived_its_totals_are_told_and_newcomers_are_not_among_them() {
        archiver.began(Topic.EVENTS, 0, 2);
        archiver.began(Topic.EVENTS, 1, 1);
        archiver.began(Topic.FLOWS, 0, 0);
        archiver.begun();
        archiver.handle(List.of(
                event(0, 0, EventSamples.login(1, "203.0.113.7", "root", "failure", "o")),
                event(0, 1, EventSamples.login(2, "203.0.113.7", "root", "failure", "o")),
                event(0, 2, EventSamples.login(3, "203.0.113.7", "root", "failure", "o"))));
        assertThat(archiver.caughtUp()).isNotDone();
        archiver.handle(List.of(tick(1, 0)));
        assertThat(archiver.caughtUp()).isCompletedWithValue(Map.of("syslog", 2L));
    }

    @Test
    void an_archive_that_begins_at_the_end_is_caught_up_at_once() {
        archiver.handle(List.of(event(0, 0, EventSamples.login(1, "203.0.113.7", "root", "failure", "o"))));
        Archiver again = new Archiver(index, snapshots(), new Meters(), Duration.ZERO);
        again.began(Topic.EVENTS, 0, 1);
        again.begun();
        assertThat(again.caughtUp()).isCompletedWithValue(Map.of("syslog", 1L));
    }

    @Test
    void a_batch_of_ticks_alone_is_written_with_the_next_events() {
        archiver.handle(List.of(tick(0, 3)));
        assertThat(archiver.position(Topic.EVENTS, 0)).isEmpty();
        archiver.handle(List.of(event(1, 0, EventSamples.login(1, "203.0.113.7", "root", "failure", "o"))));
        assertThat(archiver.position(Topic.EVENTS, 0)).hasValue(4);
    }

    @Test
    void the_same_batch_again_changes_nothing() {
        List<Received> batch = List.of(
                event(0, 0, EventSamples.login(1, "203.0.113.7", "root", "failure", "o")),
                record(0, 1, Wire.EVENT_1, "not json".getBytes(StandardCharsets.UTF_8)));
        archiver.handle(batch);
        archiver.handle(batch);
        assertThat(index.count()).isEqualTo(2);
        assertThat(archiver.archived().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void totals_by_source_go_on_after_a_restart() {
        archiver.handle(List.of(event(0, 0, EventSamples.login(1, "203.0.113.7", "root", "failure", "o"))));
        index.close();
        index = LuceneIndex.open(directory);
        Archiver again = new Archiver(index, snapshots(), new Meters(), Duration.ZERO);
        assertThat(again.archived()).containsExactly(Map.entry("syslog", 1L));
        again.handle(List.of(event(0, 1, EventSamples.login(2, "203.0.113.7", "root", "failure", "o"))));
        assertThat(again.archived()).containsExactly(Map.entry("syslog", 2L));
    }

    @Test
    void what_is_no_json_is_kept_as_unparsed() {
        archiver.handle(List.of(record(0, 4, "", "{broken 残缺".getBytes(StandardCharsets.UTF_8))));
        Event kept = index.search(new EventQuery("event.dataset:unparsed 残缺", 0, Long.MAX_VALUE, List.of(), "", 10))
                .events()
                .get(0);
        assertThat(kept.text(Ecs.EVENT_ORIGINAL)).contains("{broken 残缺");
        assertThat(kept.ingestedMillis()).isEqualTo(EventSamples.NOW);
        assertThat(kept.id()).matches("[0-9a-f]{32}");
        assertThat(meters.total("wanglou_store_malformed_total")).isEqualTo(1);
    }

    @Test
    void an_unknown_major_stops_the_archive_after_all_before_it_are_kept() {
        Event before = EventSamples.login(1, "203.0.113.7", "root", "failure", "o");
        Event after = EventSamples.login(2, "203.0.113.7", "root", "failure", "o");
        assertThatThrownBy(() -> archiver.handle(
                        List.of(event(0, 0, before), record(0, 1, "event/2", new byte[0]), event(0, 2, after))))
                .hasMessageContaining("event/2")
                .hasMessageContaining("offset 1");
        assertThat(index.count()).isEqualTo(1);
        assertThat(archiver.position(Topic.EVENTS, 0)).hasValue(1);
    }

    @Test
    void sources_beyond_the_bound_are_counted_together() {
        for (int i = 0; i < 1_005; i++) {
            Event event = EventSamples.login(i, "203.0.113.7", "root", "failure", "o").toBuilder()
                    .set(Ecs.WL_SOURCE, "s" + i)
                    .build();
            many.add(event(0, i, event));
        }
        archiver.handle(many);
        assertThat(meters.counts()).containsEntry("wanglou_store_archived_total{source=\"other\"}", 5L);
        assertThat(meters.total("wanglou_store_archived_total")).isEqualTo(1_005);
    }

    private final List<Received> many = new java.util.ArrayList<>();
}
