package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.correlator.detect.DetectStage;
import org.wanglou.correlator.detect.DetectedCounts;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.UnknownMajorException;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Tick;

class DetectStageTest {
    private static final long T = 1_795_000_000_000L;

    private final Meters meters = new Meters();
    private final DetectedCounts counts = new DetectedCounts(meters);
    private final Driven driven = new Driven(Topologies.detect(() -> new DetectStage(
            Shelves.of(PackScenarioTest.detectors()),
            Fixed.school(3, 0),
            300_000,
            counts,
            clear -> "sealed".getBytes(StandardCharsets.UTF_8),
            meters)));

    @AfterEach
    void close() {
        driven.close();
    }

    static Event failure(String id, long time) {
        return Event.builder()
                .set(Ecs.EVENT_ID, Sm3.id(id))
                .set(Ecs.TIMESTAMP, time)
                .set(Ecs.EVENT_DATASET, "openssh")
                .set(Ecs.EVENT_CATEGORY, "authentication")
                .set(Ecs.EVENT_OUTCOME, "failure")
                .set(Ecs.SOURCE_IP, "203.0.113.7")
                .set(Ecs.USER_NAME, "root")
                .set(Ecs.HOST_NAME, "web01")
                .set(Ecs.ORGANIZATION_ID, "org-demo")
                .set(Ecs.WL_SOURCE, "syslog")
                .build();
    }

    private static Signal signal(TestRecord<byte[], byte[]> record) throws IOException {
        return SignalCodec.decode(record.value());
    }

    @Test
    void a_referred_rule_gives_one_routed_copy_and_none_to_stories() throws IOException {
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("a", T)), Wire.EVENT_1, T + 5);

        List<TestRecord<byte[], byte[]>> routed = driven.read(Topic.SIGNALS, Wire.SIGNAL_1);
        assertThat(routed).hasSize(1);
        Signal signal = signal(routed.get(0));
        assertThat(signal.id()).isEqualTo(Sm3.id("wl-ssh-failure", Sm3.id("a")));
        assertThat(signal.entities().asset()).isEqualTo("asset-1");
        assertThat(signal.fields()).containsEntry("source.ip", "203.0.113.7");
        assertThat(routed.get(0).key()).hasSize(32);
        assertThat(routed.get(0).timestamp()).isEqualTo(T + 5);
        assertThat(Wire.header(routed.get(0).headers(), Wire.TRACE)).isEqualTo(Sm3.id("a"));
        assertThat(Wire.header(routed.get(0).headers(), Wire.REF)).hasSize(32);
        assertThat(driven.read(Topic.STORIES, Wire.SIGNAL_1)).isEmpty();
        assertThat(counts.bySource()).containsExactlyEntriesOf(Map.of("syslog", 1L));
        assertThat(meters.total("wanglou_correlator_detected_total")).isEqualTo(1);
    }

    @Test
    void an_unreferred_rule_goes_to_the_stories_of_its_organisation() throws IOException {
        Event success =
                failure("b", T).toBuilder().set(Ecs.EVENT_OUTCOME, "success").build();
        driven.send(Topic.EVENTS, null, EventCodec.encode(success), "", T);

        List<TestRecord<byte[], byte[]>> told = driven.read(Topic.STORIES, Wire.SIGNAL_1);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).key()).isEqualTo("org-demo".getBytes(StandardCharsets.UTF_8));
        assertThat(signal(told.get(0)).ruleId()).isEqualTo("wl-ssh-success");
        // what the behaviours look at is another rule's signal, and that one is told to nobody else
        assertThat(driven.read(Topic.SIGNALS, Wire.SIGNAL_1))
                .allSatisfy(record -> assertThat(signal(record).ruleId()).isEqualTo("wl-admin-sign-in"));
    }

    @Test
    void one_tick_is_forwarded_to_both_topics_when_the_clock_rises_and_none_otherwise() throws IOException {
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("a", T)), Wire.EVENT_1, T);
        driven.tick(Topic.EVENTS, "sensors", -1, T + 1000, T + 500);
        driven.tick(Topic.EVENTS, "sensors", -1, T + 1500, T + 500);

        List<TestRecord<byte[], byte[]>> signals = driven.read(Topic.SIGNALS, Wire.TICK_1);
        assertThat(signals).hasSize(1);
        assertThat(driven.read(Topic.STORIES, Wire.TICK_1)).hasSize(1);
        Tick tick = TickCodec.decode(signals.get(0).value());
        assertThat(signals.get(0).key()).isNull();
        assertThat(signals.get(0).timestamp()).isEqualTo(T + 1000);
        assertThat(tick)
                .isEqualTo(new Tick("detect", "detect", 0, 0, T + 1000, T + 500, Map.of("syslog/detected", 1L)));
    }

    @Test
    void a_canary_becomes_a_signal_for_the_stories_and_is_counted_as_no_source() throws IOException {
        driven.send(Topic.EVENTS, null, EventCodec.encode(Canary.event("c", T)), Wire.EVENT_1, T);

        List<TestRecord<byte[], byte[]>> told = driven.read(Topic.STORIES, Wire.SIGNAL_1);
        assertThat(told).hasSize(1);
        assertThat(Canary.is(signal(told.get(0)))).isTrue();
        assertThat(counts.bySource()).isEmpty();
        assertThat(meters.total("wanglou_correlator_detected_total")).isZero();
    }

    @Test
    void the_rules_in_use_are_written_once_for_each_topic_with_the_first_record_they_judged() throws IOException {
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("a", T)), Wire.EVENT_1, T);
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("b", T)), Wire.EVENT_1, T);
        driven.send(Topic.FLOWS, null, EventCodec.encode(failure("c", T)), Wire.EVENT_1, T);

        List<TestRecord<byte[], byte[]>> switches = driven.read(Topic.SWITCHES, "switch/1");
        assertThat(switches).hasSize(2);
        assertThat(new String(switches.get(0).value(), StandardCharsets.UTF_8))
                .contains("\"topic\":\"wanglou.events\"", "\"offset\":0", "\"kind\":\"rules\"");
        assertThat(new String(switches.get(1).value(), StandardCharsets.UTF_8)).contains("wanglou.flows");
    }

    @Test
    void what_cannot_be_read_is_sealed_and_counted_and_the_stage_goes_on() {
        driven.send(Topic.EVENTS, null, "{secret nonsense".getBytes(StandardCharsets.UTF_8), Wire.EVENT_1, T);
        driven.send(Topic.EVENTS, null, null, Wire.EVENT_1, T);
        driven.send(Topic.EVENTS, null, "[]".getBytes(StandardCharsets.UTF_8), Wire.TICK_1, T);
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("a", T)), Wire.EVENT_1, T);

        List<TestRecord<byte[], byte[]>> dead = driven.read(Topic.DEAD_LETTER, Outlet.DEAD_LETTER_1);
        assertThat(dead).hasSize(3).allSatisfy(letter -> assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .contains("\"sealed\"")
                .doesNotContain("nonsense"));
        assertThat(driven.read(Topic.SIGNALS, Wire.SIGNAL_1)).hasSize(1);
        assertThat(meters.total("wanglou_correlator_dead_letter_total")).isEqualTo(3);
        assertThat(counts.bySource()).isEqualTo(Map.of("syslog", 1L, "unreadable", 2L));
    }

    @Test
    void a_record_of_an_unknown_major_stops_the_stage_before_it() {
        assertThatThrownBy(() -> driven.send(Topic.EVENTS, null, EventCodec.encode(failure("a", T)), "event/2", T))
                .hasStackTraceContaining(UnknownMajorException.class.getName())
                .hasStackTraceContaining("event/2");
    }

    @Test
    void an_event_later_than_the_grace_is_detected_marked_and_counted() throws IOException {
        driven.tick(Topic.EVENTS, "sensors", -1, T, T);
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("old", T - 300_001)), Wire.EVENT_1, T);
        driven.send(Topic.EVENTS, null, EventCodec.encode(failure("just", T - 300_000)), Wire.EVENT_1, T);

        List<TestRecord<byte[], byte[]>> routed = driven.read(Topic.SIGNALS, Wire.SIGNAL_1);
        assertThat(signal(routed.get(0)).fields()).containsEntry("wanglou.late", "1");
        assertThat(signal(routed.get(1)).fields()).doesNotContainKey("wanglou.late");
        assertThat(meters.total("wanglou_correlator_late_total")).isEqualTo(1);
    }
}
