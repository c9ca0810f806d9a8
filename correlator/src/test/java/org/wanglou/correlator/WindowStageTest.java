package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.correlator.detect.RoutesOnly;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Samples;
import org.wanglou.correlator.windows.WindowStage;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.Op;

class WindowStageTest {
    private static final long T = 1_795_000_000_000L;
    private static final Routes ROUTES =
            new Routes(List.of(Samples.counting("brute", Op.GTE, 3, Duration.ofMinutes(5))), Set.of());

    private final Meters meters = new Meters();
    private final Driven driven = new Driven(Topologies.windows(() -> new WindowStage(
            Shelves.of(RoutesOnly.of(ROUTES, "one")), new Limits(60_000, 4096, 100), 2, clear -> clear, meters)));

    @AfterEach
    void close() {
        driven.close();
    }

    private void send(Signal signal) {
        Route route = ROUTES.from("failed").get(0);
        byte[] key = route.key(route.keyText("failed", signal.fields()).orElseThrow());
        driven.send(Topic.SIGNALS, key, SignalCodec.encode(signal), Wire.SIGNAL_1, signal.time());
    }

    @Test
    void the_crossing_is_told_to_its_organisation_and_settled_when_every_partition_of_detect_has_passed()
            throws IOException {
        for (int i = 0; i < 3; i++) {
            send(Samples.failed("e" + i, T + i, "203.0.113.7", "root"));
        }
        send(Samples.failed("e2", T + 2, "203.0.113.7", "root"));
        List<TestRecord<byte[], byte[]>> open = driven.read(Topic.STORIES, Wire.SIGNAL_1);
        assertThat(open).hasSize(1);
        assertThat(open.get(0).key()).isEqualTo("school-1".getBytes(StandardCharsets.UTF_8));

        driven.tick(Topic.SIGNALS, "detect", 0, T + 90_000, T + 90_000);
        assertThat(driven.read(Topic.STORIES, Wire.TICK_1)).isEmpty();
        driven.tick(Topic.SIGNALS, "detect", 1, T + 80_000, T + 80_000);

        assertThat(driven.read(Topic.STORIES, Wire.SIGNAL_1)).hasSize(1);
        assertThat(meters.counts()).containsEntry("wanglou_correlator_hits_total{status=\"settled\"}", 1L);
        Signal hit = SignalCodec.decode(open.get(0).value());
        assertThat(hit.revision()).isEqualTo(1);
        assertThat(hit.evidence().count()).isEqualTo(3);
    }

    @Test
    void the_settled_hit_comes_before_the_tick_that_settled_it() throws IOException {
        for (int i = 0; i < 3; i++) {
            send(Samples.failed("e" + i, T + i, "203.0.113.7", "root"));
        }
        driven.tick(Topic.SIGNALS, "detect", 0, T + 90_000, T + 90_000);
        driven.tick(Topic.SIGNALS, "detect", 1, T + 80_000, T + 80_000);

        List<TestRecord<byte[], byte[]>> told = driven.readAll(Topic.STORIES);
        assertThat(told).hasSize(3);
        assertThat(SignalCodec.decode(told.get(1).value()).status()).isEqualTo(Signal.Status.SETTLED);
        assertThat(TickCodec.decode(told.get(2).value()).lowWater()).isEqualTo(T + 80_000);
    }

    @Test
    void a_malformed_signal_or_a_key_that_is_none_stops_nothing() {
        driven.send(Topic.SIGNALS, new byte[32], "{".getBytes(StandardCharsets.UTF_8), Wire.SIGNAL_1, T);
        driven.send(Topic.SIGNALS, null, SignalCodec.encode(Samples.failed("x", T, "a", "b")), Wire.SIGNAL_1, T);
        driven.send(
                Topic.SIGNALS, new byte[32], SignalCodec.encode(Samples.failed("x", T, "a", "b")), Wire.SIGNAL_1, T);
        assertThat(driven.read(Topic.DEAD_LETTER, Outlet.DEAD_LETTER_1)).hasSize(2);
        assertThat(meters.counts())
                .containsEntry("wanglou_correlator_window_ignored_total{reason=\"unknown_route\"}", 1L);
    }
}
