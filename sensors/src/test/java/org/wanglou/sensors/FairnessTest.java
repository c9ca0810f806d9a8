package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.Topic;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;

/** One sender floods, another does not: what the second loses by it is nothing, or is counted by the kernel. */
class FairnessTest {
    private static final int LINES = 200;
    private static final int FLOOD = 60_000;

    private final Shelf shelf = new Shelf();
    private final Meters meters = new Meters();
    private @Nullable Sensors sensors;

    private Sensors start(Shelf on, SensorConfig... configured) throws IOException {
        sensors = Bench.sensors(List.of(configured), on, meters, Durable.NONE, "e");
        sensors.start();
        return sensors;
    }

    @AfterEach
    void stop() {
        if (sensors != null) {
            sensors.close();
        }
    }

    private static byte[] line(String who, int number) {
        return ("<13>Nov 25 10:00:00 " + who + " app: line " + number + " .").getBytes(StandardCharsets.UTF_8);
    }

    private Set<String> of(String who) {
        Set<String> lines = new HashSet<>();
        for (Event event : shelf.events) {
            if (who.equals(event.get(Ecs.HOST_NAME))) {
                lines.add(String.valueOf(event.get(Ecs.EVENT_ORIGINAL)));
            }
        }
        return lines;
    }

    private SourceState state(String name) {
        return sensors.sources().stream()
                .filter(one -> one.counts().source().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SensorConfig limited(Transport transport) {
        return Bench.sensor("s", transport, "syslog").taking(new Intake(500, List.of(), List.of(), Optional.empty()));
    }

    @Test
    void over_tcp_a_flood_of_one_sender_waits_for_itself_and_the_other_loses_nothing() throws Exception {
        Sensors running = start(shelf, limited(Transport.TCP));
        InetSocketAddress to = running.boundAddress("s");
        AtomicBoolean stop = new AtomicBoolean();
        Thread flood = new Thread(() -> flood(to, stop));
        flood.start();
        try (Socket quiet = new Socket()) {
            quiet.bind(new InetSocketAddress("127.0.0.2", 0));
            quiet.connect(to);
            for (int i = 0; i < LINES; i++) {
                quiet.getOutputStream().write(line("quiet", i));
                quiet.getOutputStream().write('\n');
                Thread.sleep(10); // a hundred a second
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> of("quiet").size() == LINES);
        stop.set(true);
        running.close();
        flood.join();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> state("s").counts().closes() && state("s").counts().pending() == 0);
        assertThat(state("s").counts().dropped()).isEmpty();
    }

    private static void flood(InetSocketAddress to, AtomicBoolean stop) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            socket.connect(to);
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < FLOOD && !stop.get(); i++) {
                out.write(line("loud", i));
                out.write('\n');
            }
        } catch (IOException e) {
            // the listener has been closed: the flood is over
        }
    }

    @Test
    void over_udp_what_the_other_loses_to_a_flood_is_what_the_kernel_dropped_and_no_more() throws Exception {
        Sensors running = start(shelf, limited(Transport.UDP));
        InetSocketAddress to = running.boundAddress("s");
        Thread flood = new Thread(() -> {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
                for (int i = 0; i < FLOOD; i++) {
                    byte[] bytes = line("loud", i);
                    socket.send(new DatagramPacket(bytes, bytes.length, to));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        flood.start();
        try (DatagramSocket quiet = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            for (int i = 0; i < LINES; i++) {
                byte[] bytes = line("quiet", i);
                quiet.send(new DatagramPacket(bytes, bytes.length, to));
                Thread.sleep(10); // a hundred a second
            }
        }
        flood.join();
        // Every datagram sent was received or dropped by the kernel at this socket, and every one received has an
        // account.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            SourceState now = state("s");
            return now.counts().received() + Math.max(0, now.kernelDrops()) == FLOOD + LINES
                    && now.counts().pending() == 0;
        });
        SourceState state = state("s");
        assertThat(state.counts().closes()).isTrue();
        assertThat(state.counts().dropped().keySet()).isSubsetOf("peer_rate_limited");
        int missing = LINES - of("quiet").size();
        assertThat(missing).isLessThanOrEqualTo((int) Math.max(0, state.kernelDrops()));
    }

    @Test
    void a_sender_that_is_not_allowed_is_refused_and_counted_on_every_transport() throws Exception {
        Intake intake = new Intake(0, List.of("127.0.0.2/32", "10.0.0.0/8"), List.of(), Optional.empty());
        Sensors running = start(
                shelf,
                Bench.sensor("u", Transport.UDP, "syslog").taking(intake),
                Bench.sensor("t", Transport.TCP, "syslog").taking(intake));
        for (String from : List.of("127.0.0.1", "127.0.0.2")) {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
                byte[] bytes = line(from.replace('.', '-'), 1);
                socket.send(new DatagramPacket(bytes, bytes.length, running.boundAddress("u")));
            }
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(from, 0));
                socket.connect(running.boundAddress("t"));
                socket.getOutputStream().write(line(from.replace('.', '-'), 2));
                socket.getOutputStream().write('\n');
            } catch (IOException e) {
                // whoever is refused may notice while writing
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> of("127-0-0-2").size() == 2);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> state("u").counts().droppedInAll() == 1
                        && meters.total("wanglou_sensors_refused_connections_total") == 1);
        assertThat(state("u").counts().dropped()).containsOnlyKeys("not_allowed");
        assertThat(of("127-0-0-1")).isEmpty();
    }

    @Test
    void what_is_known_of_a_sender_stands_in_its_events_the_longest_prefix_counting() throws Exception {
        Intake intake = new Intake(
                0,
                List.of(),
                List.of(new Intake.Peer("127.0.0.0/8", "3701", "county"), new Intake.Peer("127.0.0.2", "370102", "")),
                Optional.empty());
        Sensors running =
                start(shelf, Bench.sensor("u", Transport.UDP, "syslog").taking(intake));
        for (String from : List.of("127.0.0.1", "127.0.0.2")) {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
                byte[] bytes = line(from, 1);
                socket.send(new DatagramPacket(bytes, bytes.length, running.boundAddress("u")));
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.events.size() == 2);
        assertThat(shelf.events)
                .extracting(event -> event.get(Ecs.ORGANIZATION_ID) + " " + event.get(Ecs.WL_UNIT_BASIS) + " "
                        + event.get("wanglou.peer"))
                .containsExactlyInAnyOrder("3701 peer county", "370102 peer null");
    }

    /** Kafka that answers for nothing of one source. */
    private static final class Stuck extends Shelf {
        @Override
        public CompletableFuture<Void> publish(
                Topic topic, int partition, byte @Nullable [] key, byte[] value, long time, String type, String trace) {
            return new String(value, StandardCharsets.UTF_8).contains("loud")
                    ? new CompletableFuture<>()
                    : super.publish(topic, partition, key, value, time, type, trace);
        }
    }

    @Test
    void a_source_whose_events_pile_up_waits_within_its_share_and_others_are_published() throws Exception {
        Stuck stuck = new Stuck();
        Sensors running =
                start(stuck, Bench.sensor("a", Transport.TCP, "syslog"), Bench.sensor("b", Transport.TCP, "syslog"));
        AtomicBoolean stop = new AtomicBoolean();
        Thread flood = new Thread(() -> flood(running.boundAddress("a"), stop));
        flood.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> meters.total("wanglou_sensors_received_total") > 2_000);
        try (Socket quiet = new Socket(
                InetAddress.getLoopbackAddress(), running.boundAddress("b").getPort())) {
            quiet.getOutputStream().write(line("quiet", 1));
            quiet.getOutputStream().write('\n');
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !stuck.events.isEmpty());
        assertThat(meters.gauges().get("wanglou_sensors_in_flight_bytes{source=\"a\"}"))
                .isLessThanOrEqualTo(8.0 * (1 << 20));
        stop.set(true);
        running.close();
        flood.join();
    }
}
