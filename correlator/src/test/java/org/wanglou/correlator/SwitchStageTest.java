package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.detect.RoutesOnly;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Samples;
import org.wanglou.correlator.windows.WindowStage;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.correlator.wire.Switch;
import org.wanglou.correlator.wire.UnloadableSnapshotException;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;
import org.wanglou.rules.sigma.Op;

/** A switch between two records, in the windows stage. */
class SwitchStageTest {
    private static final long T = 1_795_000_000_000L;
    private static final Duration SPAN = Duration.ofMinutes(5);
    private static final Detectors THIRTY = rules("thirty", Samples.counting("brute", Op.GTE, 30, SPAN));
    private static final Detectors TWENTY = rules("twenty", Samples.counting("brute", Op.GTE, 20, SPAN));
    private static final Detectors TWO = rules("two", Samples.counting("pair", Op.GTE, 2, Duration.ofMinutes(1)));

    private final Meters meters = new Meters();
    private final Shelves.Heap heap = new Shelves.Heap();
    private final Shelf<Detectors> shelf = new Shelf<>(Detectors.KIND, Detectors::of, heap);
    private final Driven driven = new Driven(
            Topologies.windows(() -> new WindowStage(shelf, new Limits(60_000, 4096, 100), 1, clear -> clear, meters)));

    @AfterEach
    void close() {
        driven.close();
    }

    private static Detectors rules(String digest, CorrelationRule... rules) {
        return RoutesOnly.of(new Routes(List.of(rules), Set.of()), digest);
    }

    private void send(Detectors seenBy, int from, int to) {
        Route route = seenBy.routes().from("failed").get(0);
        for (int i = from; i < to; i++) {
            Signal signal = Samples.failed("e" + i, T + i, "203.0.113.7", "root");
            byte[] key = route.key(route.keyText("failed", signal.fields()).orElseThrow());
            driven.send(
                    Topic.SIGNALS, key, SignalCodec.encode(signal), Wire.SIGNAL_1, T + i, Wire.REF, seenBy.digest());
        }
    }

    private List<Signal> hits() throws IOException {
        List<Signal> hits = new java.util.ArrayList<>();
        for (TestRecord<byte[], byte[]> record : driven.read(Topic.STORIES, Wire.SIGNAL_1)) {
            hits.add(SignalCodec.decode(record.value()));
        }
        return hits;
    }

    private List<Switch> switches() throws IOException {
        List<Switch> switches = new java.util.ArrayList<>();
        for (TestRecord<byte[], byte[]> record : driven.read(Topic.SWITCHES, Outlet.SWITCH_1)) {
            switches.add(Jsons.read(record.value(), Switch.class));
        }
        return switches;
    }

    @Test
    void a_lower_threshold_counts_what_came_before_the_switch_and_the_switch_is_written_with_its_offset()
            throws IOException {
        shelf.offer(THIRTY);
        driven.open();
        send(THIRTY, 0, 19);
        assertThat(hits()).isEmpty();
        shelf.offer(TWENTY);
        send(TWENTY, 19, 20);

        assertThat(hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.evidence().count()).isEqualTo(20));
        assertThat(switches())
                .containsExactly(
                        new Switch("windows/0", "rules", "", "thirty", "wanglou.signals", 0, 0),
                        new Switch("windows/0", "rules", "thirty", "twenty", "wanglou.signals", 0, 19));
    }

    @Test
    void windows_of_rules_that_did_not_change_keep_what_they_counted() throws IOException {
        shelf.offer(TWENTY);
        driven.open();
        send(TWENTY, 0, 19);
        shelf.offer(rules(
                "more",
                Samples.counting("brute", Op.GTE, 20, SPAN),
                Samples.counting("pair", Op.GTE, 2, Duration.ofMinutes(1))));
        send(TWENTY, 19, 20);

        assertThat(hits()).extracting(Signal::ruleId).containsExactly("brute");
    }

    @Test
    void a_rule_that_leaves_a_route_settles_what_it_has_said_and_the_others_go_on() throws IOException {
        Detectors both =
                rules("both", Samples.counting("three", Op.GTE, 3, SPAN), Samples.counting("five", Op.GTE, 5, SPAN));
        shelf.offer(both);
        driven.open();
        send(both, 0, 4);
        assertThat(hits()).extracting(Signal::status).containsExactly(Signal.Status.OPEN);
        shelf.offer(rules("five", Samples.counting("five", Op.GTE, 5, SPAN)));
        send(both, 4, 5);

        assertThat(hits())
                .satisfiesExactly(
                        three -> {
                            assertThat(three.ruleId()).isEqualTo("three");
                            assertThat(three.status()).isEqualTo(Signal.Status.SETTLED);
                            assertThat(three.evidence().count()).isEqualTo(4);
                        },
                        five -> {
                            assertThat(five.ruleId()).isEqualTo("five");
                            assertThat(five.evidence().count()).isEqualTo(5);
                        });
    }

    @Test
    void a_route_that_is_gone_is_led_to_its_end_by_the_clock() throws IOException {
        shelf.offer(TWO);
        driven.open();
        send(TWO, 0, 2);
        shelf.offer(TWENTY);
        send(TWENTY, 2, 3);
        assertThat(hits()).extracting(Signal::status).containsExactly(Signal.Status.OPEN);
        driven.tick(Topic.SIGNALS, "detect", 0, T + 300_000, T + 300_000);

        assertThat(hits()).singleElement().satisfies(settled -> {
            assertThat(settled.ruleId()).isEqualTo("pair");
            assertThat(settled.status()).isEqualTo(Signal.Status.SETTLED);
        });
    }

    @Test
    void a_signal_on_a_route_that_is_not_known_is_met_with_the_rules_it_was_made_under() throws IOException {
        Detectors packs = PackScenarioTest.detectors();
        heap.keep("rules", packs.digest(), packs.archive().orElseThrow());
        shelf.offer(TWENTY);
        driven.open();
        send(TWENTY, 0, 1);
        Route route = packs.routes().from("wl-ssh-failure").get(0);
        for (int i = 0; i < 20; i++) {
            Signal base = Samples.of("wl-ssh-failure", "s" + i, T + i, "203.0.113.7", "root");
            byte[] key =
                    route.key(route.keyText("wl-ssh-failure", base.fields()).orElseThrow());
            driven.send(Topic.SIGNALS, key, SignalCodec.encode(base), Wire.SIGNAL_1, T, Wire.REF, packs.digest());
        }

        assertThat(hits()).extracting(Signal::ruleId).containsExactly("wl-ssh-brute-force");
        assertThat(meters.total("wanglou_correlator_window_ignored_total")).isZero();
    }

    @Test
    void rules_that_cannot_be_loaded_stop_the_stage_and_say_what_to_do() {
        shelf.offer(TWENTY);
        driven.open();
        Detectors gone =
                rules("0123456789abcdef0123456789abcdef", Samples.counting("x", Op.GTE, 2, Duration.ofHours(1)));
        assertThatThrownBy(() -> send(gone, 0, 1))
                .hasStackTraceContaining(UnloadableSnapshotException.class.getName())
                .hasStackTraceContaining(gone.digest())
                .hasStackTraceContaining("restore the snapshots from a backup");

        heap.keep("rules", gone.digest(), new byte[] {'{', '}'});
        assertThatThrownBy(() -> shelf.load(gone.digest())).hasMessageContaining("its content was changed");
    }
}
