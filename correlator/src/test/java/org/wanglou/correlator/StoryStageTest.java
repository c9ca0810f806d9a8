package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.IncidentCodec;
import org.wanglou.bus.codec.SignalCodec;
import org.wanglou.correlator.detect.Detection;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.desk.StoryStage;
import org.wanglou.correlator.wire.Outlet;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;

class StoryStageTest {
    private static final long T = 1_795_000_000_000L;
    private static final Fixed REGISTRY = Fixed.school(3, 0);

    private final Meters meters = new Meters();
    private final Driven driven = new Driven(Topologies.stories(() -> new StoryStage(
            Shelves.of(PackScenarioTest.KNOWLEDGE), REGISTRY, StoryLimits.of(60_000), 1, clear -> clear, meters)));

    @AfterEach
    void close() {
        driven.close();
    }

    private static Signal webshell() {
        return new Detection(PackScenarioTest.detectors())
                        .inspect(
                                DetectStageTest.failure("shell", T).toBuilder()
                                        .set(Ecs.EVENT_DATASET, "nginx.access")
                                        .set(Ecs.HTTP_METHOD, "POST")
                                        .set(Ecs.HTTP_STATUS, 200L)
                                        .set(Ecs.URL_PATH, "/upload/a.jsp")
                                        .set(Ecs.URL_ORIGINAL, "/upload/a.jsp")
                                        .build(),
                                REGISTRY.registry(),
                                false)
                        .stream()
                        .map(Detection.Sighted::signal)
                        .filter(signal -> signal.ruleId().equals("wl-portal-webshell"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void a_canary_is_heard_and_opens_nothing() {
        CanaryWatch watch = new CanaryWatch();
        Meters own = new Meters();
        try (Driven stage = new Driven(Topologies.stories(() -> new StoryStage(
                Shelves.of(PackScenarioTest.KNOWLEDGE),
                REGISTRY,
                StoryLimits.of(60_000),
                1,
                clear -> clear,
                own,
                watch)))) {
            Signal canary = new Detection(PackScenarioTest.detectors())
                    .inspect(Canary.event("c", T), REGISTRY.registry(), false)
                    .get(0)
                    .signal();
            assertThat(watch.latest()).isEqualTo(Long.MIN_VALUE);
            stage.send(
                    Topic.STORIES,
                    Canary.NAME.getBytes(StandardCharsets.UTF_8),
                    SignalCodec.encode(canary),
                    Wire.SIGNAL_1,
                    T);
            assertThat(watch.latest()).isEqualTo(T);
            assertThat(stage.readAll(Topic.INCIDENTS)).isEmpty();
        }
    }

    @Test
    void a_signal_becomes_an_incident_at_once_and_is_settled_when_detect_and_windows_have_passed() throws IOException {
        Signal signal = webshell();
        byte[] key = "org-demo".getBytes(StandardCharsets.UTF_8);
        driven.send(Topic.STORIES, key, SignalCodec.encode(signal), Wire.SIGNAL_1, T + 7);
        driven.send(Topic.STORIES, key, SignalCodec.encode(signal), Wire.SIGNAL_1, T + 8);
        driven.tick(Topic.STORIES, "detect", 0, T + 90_000, T + 90_000);
        assertThat(meters.total("wanglou_correlator_incident_revisions_total")).isEqualTo(1);
        driven.tick(Topic.STORIES, "windows", 0, T + 90_000, T + 80_000);

        List<TestRecord<byte[], byte[]>> told = driven.read(Topic.INCIDENTS, Wire.INCIDENT_1);
        assertThat(told).hasSize(2);
        Incident open = IncidentCodec.decode(told.get(0).value());
        Incident settled = IncidentCodec.decode(told.get(1).value());
        assertThat(told.get(0).key()).isEqualTo(open.id().getBytes(StandardCharsets.UTF_8));
        assertThat(told.get(0).timestamp()).isEqualTo(T + 7);
        assertThat(open.category().key()).isEqualTo("attack.backdoor-implant");
        assertThat(settled.status()).isEqualTo(Incident.Status.SETTLED);
        assertThat(settled.revision()).isEqualTo(2);
        assertThat(settled.fingerprint()).isEqualTo(open.fingerprint());
    }

    @Test
    void what_cannot_be_read_is_a_dead_letter_and_stops_nothing() {
        byte[] key = "org-demo".getBytes(StandardCharsets.UTF_8);
        driven.send(Topic.STORIES, key, "{}".getBytes(StandardCharsets.UTF_8), Wire.SIGNAL_1, T);
        driven.send(Topic.STORIES, key, "[".getBytes(StandardCharsets.UTF_8), Wire.SIGNAL_1, T);
        driven.send(Topic.STORIES, key, SignalCodec.encode(webshell()), Wire.SIGNAL_1, T);
        assertThat(driven.read(Topic.DEAD_LETTER, Outlet.DEAD_LETTER_1)).hasSize(2);
        assertThat(driven.read(Topic.INCIDENTS, Wire.INCIDENT_1)).hasSize(1);
    }
}
