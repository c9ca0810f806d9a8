package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wanglou.correlator.Broker.await;
import static org.wanglou.correlator.SwitchProof.NEW;
import static org.wanglou.correlator.SwitchProof.NEWER;
import static org.wanglou.correlator.SwitchProof.OLD;
import static org.wanglou.correlator.SwitchProof.detectors;
import static org.wanglou.correlator.SwitchProof.knowledge;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.bus.Topic;
import org.wanglou.correlator.reference.Announcements;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;

/** Switches of the rule set on a real broker. */
class SwitchTest {
    private static final long T = 1_795_000_000_000L;

    @TempDir
    Path directory;

    private final AtomicInteger sealFailures = new AtomicInteger();
    private final Shelves.Heap snapshots = new Shelves.Heap();
    private Broker broker;
    private Correlator correlator;
    private int sent;

    @BeforeEach
    void start() {
        broker = new Broker(directory.resolve("broker"));
    }

    @AfterEach
    void stop() {
        correlator.close();
        broker.close();
    }

    private void begin(Map<String, String> files) {
        correlator = correlator();
        correlator.start(detectors(files), () -> knowledge(files));
    }

    private Correlator correlator() {
        return new Correlator(
                broker.bus,
                new CorrelatorConfig(
                        directory.resolve("state"), "test", Broker.PARTITIONS, 1, 1, Limits.DEFAULT, Map.of()),
                Fixed.school(3, 0),
                snapshots,
                clear -> {
                    if (sealFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new IllegalStateException("the sealer is away");
                    }
                    return clear;
                },
                new Meters());
    }

    private void swap(Map<String, String> files) throws Exception {
        correlator.swap(() -> detectors(files), () -> knowledge(files)).get(60, TimeUnit.SECONDS);
    }

    private void send(int count) {
        List<CompletableFuture<Void>> acknowledged = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = DetectStageTest.failure("s" + sent, T + sent);
            acknowledged.add(
                    broker.publish(sent % 7 == 0 ? Topic.FLOWS : Topic.EVENTS, sent % Broker.PARTITIONS, event));
            sent++;
        }
        acknowledged.forEach(CompletableFuture::join);
    }

    private void allDetected() {
        try {
            await("all detected", () -> broker.told("t-old").size() >= sent);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(
                    "sent " + sent + ", read back " + broker.places().size() + ", detected "
                            + broker.told("t-old").size() + ", running " + correlator.running() + ", lag "
                            + correlator.lag() + ", trouble " + correlator.trouble() + "\n" + broker.diagnosis(),
                    e);
        }
    }

    private void verify(String... newRules) {
        // Signals and switches are written in one transaction, but read here from two topics one after the other.
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(SwitchProof.verify(broker, snapshots, newRules))
                        .isEqualTo(sent));
    }

    private List<String> ids(String rule) {
        return SwitchProof.ids(broker, rule);
    }

    @Test
    void under_load_no_event_before_a_partitions_switch_is_seen_by_the_new_rule_and_every_one_after_is()
            throws Exception {
        begin(OLD);
        AtomicBoolean going = new AtomicBoolean(true);
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (going.get() && sent < 20_000) {
                send(20);
            }
        });
        await("some detected", () -> broker.told("t-old").size() > 500);
        swap(NEW);
        int after = broker.told("t-new").size();
        await("new ones seen", () -> broker.told("t-new").size() > after + 500);
        swap(NEWER);
        await("newer ones seen", () -> broker.told("t-newer").size() > 500);
        going.set(false);
        load.join();
        allDetected();

        verify("t-new", "t-newer");
        // Each of the eight source partitions began with the old; those of rare traffic may have skipped a version.
        assertThat(broker.switches("detect")).hasSizeBetween(2 * 2 * Broker.PARTITIONS, 3 * 2 * Broker.PARTITIONS);
        assertThat(broker.switches("windows")).isNotEmpty();
        assertThat(ids("t-new")).hasSizeBetween(500, sent - 1);
        assertThat(correlator.trouble()).isEmpty();
    }

    @Test
    void a_task_that_dies_between_announcement_and_switch_gives_the_answer_that_its_switch_record_says()
            throws Exception {
        begin(OLD);
        send(40);
        allDetected();
        swap(NEW);
        sealFailures.set(1);
        send(8);
        broker.publish(Topic.EVENTS, 1, "no event".getBytes(StandardCharsets.UTF_8));
        send(40);
        allDetected();
        assertThat(sealFailures.get()).isZero();
        verify("t-new");
        assertThat(ids("t-new")).hasSize(48);

        swap(NEWER);
        correlator.close();
        begin(NEWER);
        send(40);
        allDetected();
        verify("t-new", "t-newer");
        assertThat(ids("t-newer")).hasSize(40);
        // A restart with the same rules is no switch.
        correlator.close();
        int before = broker.switches("detect").size();
        begin(NEWER);
        send(8);
        allDetected();
        verify("t-new", "t-newer");
        assertThat(broker.switches("detect")).hasSize(before);
    }

    @Test
    void nineteen_before_the_switch_and_one_after_are_a_crossing() throws Exception {
        begin(OLD);
        send(19);
        allDetected();
        swap(NEW);
        send(1);
        await("crossing", () -> !broker.told("wl-ssh-brute-force").isEmpty());
        Signal hit = broker.told("wl-ssh-brute-force").get(0);
        assertThat(hit.evidence().count()).isEqualTo(20);
        assertThat(hit.evidence().eventIds()).doesNotHaveDuplicates().hasSize(20);
        verify("t-new");
    }

    @Test
    void stories_write_their_switch_down_too() throws Exception {
        Map<String, String> told = new HashMap<>(NEW);
        told.put("story.drl", "package extra;\n");
        begin(OLD);
        send(8);
        await("stories began", () -> !broker.switches("stories").isEmpty());
        swap(told);
        send(8);
        await("stories switched", () -> broker.switches("stories").stream()
                .anyMatch(one -> one.digest().equals(knowledge(told).digest())));
        assertThat(broker.switches("stories"))
                .allSatisfy(one -> assertThat(one.kind()).isEqualTo("knowledge"));
    }

    @Test
    void a_broken_pack_leaves_the_old_in_force_and_the_refusal_names_file_line_and_reason() throws Exception {
        begin(OLD);
        send(4);
        allDetected();
        Map<String, String> broken = new HashMap<>(NEW);
        broken.put("broken.yml", "title: broken\nid: t-broken\nlogsource: {category: test}\n");
        assertThatThrownBy(() -> swap(broken))
                .hasMessageContaining("the old stay in force")
                .hasMessageContaining("broken.yml:1")
                .hasMessageContaining("detection is missing");
        Map<String, String> story = new HashMap<>(NEW);
        story.put("story.drl", "package broken; rule \"x\" when Nothing() then end");
        assertThatThrownBy(() -> swap(story)).hasMessageContaining("extra/story.drl");
        send(8);
        allDetected();
        assertThat(ids("t-new")).isEmpty();
        assertThat(broker.switches("detect")).allMatch(one -> one.before().isEmpty());
        assertThat(correlator.trouble()).isEmpty();

        swap(NEW);
        send(4);
        allDetected();
        verify("t-new");
        assertThat(ids("t-new")).hasSize(4);
    }

    @Test
    void a_recorded_snapshot_that_is_gone_stops_the_stage_until_it_is_there_again() throws Exception {
        begin(OLD);
        send(8);
        allDetected();
        correlator.close();
        String digest = detectors(OLD).digest();
        snapshots.kept.remove(digest);
        begin(NEW);
        await("stopped", () -> correlator.trouble().contains("wanglou-detect"));
        assertThat(correlator.trouble())
                .contains("snapshot " + digest + " of rules cannot be loaded: there is none")
                .contains("restore the snapshots from a backup");
        assertThat(correlator.ready()).isFalse();
        correlator.close();

        begin(OLD);
        send(4);
        allDetected();
        assertThat(correlator.trouble()).isEmpty();
    }

    @Test
    void stories_go_on_with_what_they_had_when_the_new_cannot_be_made_at_start() throws Exception {
        begin(OLD);
        send(8);
        broker.tick(T);
        await("stories began", () -> broker.switches("stories").size() == Broker.PARTITIONS);
        correlator.close();
        int before = broker.switches("stories").size();
        correlator = correlator();
        correlator.start(detectors(NEW), () -> {
            throw new IllegalArgumentException("story rules do not compile");
        });
        await("stories run", () -> correlator.running().getOrDefault("wanglou-stories", false));
        send(8);
        allDetected();
        assertThat(correlator.trouble()).contains("story rules cannot be used").contains("do not compile");
        assertThat(broker.switches("stories")).hasSize(before);

        swap(NEW);
        assertThat(correlator.trouble()).isEmpty();
    }

    @Test
    void an_announcement_that_cannot_be_loaded_or_read_changes_nothing_and_is_shown() throws Exception {
        begin(OLD);
        send(4);
        allDetected();
        announce("nonsense");
        announce("{\"kind\":\"weather\",\"digest\":\"00\"}");
        announce("{\"kind\":\"rules\",\"digest\":\"../../etc/passwd\"}");
        await("shown", () -> correlator.trouble().contains("announced snapshot ../../etc/passwd of rules"));
        send(4);
        allDetected();
        assertThat(broker.switches("detect")).allMatch(one -> one.before().isEmpty());

        swap(NEW);
        assertThat(correlator.trouble()).isEmpty();
        send(4);
        allDetected();
        verify("t-new");
        assertThat(ids("t-new")).hasSize(4);
    }

    private void announce(String value) {
        broker.publisher
                .publish(
                        Topic.REFERENCE,
                        0,
                        "rules".getBytes(StandardCharsets.UTF_8),
                        value.getBytes(StandardCharsets.UTF_8),
                        0,
                        Announcements.REFERENCE_1,
                        "")
                .join();
    }
}
