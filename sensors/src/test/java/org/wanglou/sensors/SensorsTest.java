package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.privacy.Masking;

class SensorsTest {
    private static final String TOKEN = "0123456789abcdef0123";

    private final Shelf shelf = new Shelf();
    private final Meters meters = new Meters();
    private Sensors sensors;

    @BeforeEach
    void start() throws Exception {
        Registry registry = new Registry(
                List.of(new Organization("3701", "", "甲市", "city", List.of("203.0.113.0/24"), List.of())), List.of());
        Snapshots snapshots = new Snapshots() {
            @Override
            public Registry registry() {
                return registry;
            }

            @Override
            public String registryDigest() {
                return "";
            }
        };
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var syslog = Formats.named("syslog").orElseThrow();
        sensors = new Sensors(
                List.of(
                        new SensorConfig(
                                "udp", SensorConfig.Transport.UDP, any, syslog, SensorConfig.DEFAULT_ZONE, "", ""),
                        new SensorConfig(
                                "tcp", SensorConfig.Transport.TCP, any, syslog, SensorConfig.DEFAULT_ZONE, "", ""),
                        new SensorConfig(
                                "http",
                                SensorConfig.Transport.HTTP,
                                any,
                                Formats.named("ecs-json").orElseThrow(),
                                SensorConfig.DEFAULT_ZONE,
                                "",
                                TOKEN)),
                shelf,
                snapshots,
                new Masking(new byte[32]),
                meters,
                "node",
                "epoch",
                300_000,
                Clock.systemUTC());
        sensors.start();
    }

    @AfterEach
    void stop() {
        sensors.close();
    }

    private void udp(String line) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, sensors.boundAddress("udp")));
        }
    }

    private HttpResponse<String> post(String body, String token) throws Exception {
        int port = sensors.boundAddress("http").getPort();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ingest/http"))
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private List<Event> await(int count) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shelf.events.size() >= count);
        return shelf.events;
    }

    @Test
    void two_equal_datagrams_are_two_events_with_unit_and_receipt() throws Exception {
        String line = "Failed nonsense without a header";
        udp(line);
        udp(line);
        List<Event> events = await(2);
        assertThat(events.get(0).id()).hasSize(32).isNotEqualTo(events.get(1).id());
        assertThat(events.get(0).text(Ecs.EVENT_DATASET)).contains("unparsed");
        assertThat(events.get(0).text(Ecs.EVENT_ORIGINAL)).contains(line);
        assertThat(events.get(0).organization()).isEqualTo("unassigned");
        assertThat(events.get(0).text(Ecs.WL_UNIT_BASIS)).isPresent();
        assertThat(meters.total("wanglou_sensors_received_total")).isEqualTo(2);
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> meters.total("wanglou_sensors_published_total") == 2);
    }

    @Test
    void an_event_belongs_to_the_unit_whose_prefix_holds_it() throws Exception {
        udp("<38>Nov 24 09:59:58 203.0.113.9 sshd[1]: Server listening on 0.0.0.0 port 22.");
        Event event = await(1).get(0);
        assertThat(event.organization()).isEqualTo("3701");
        assertThat(event.text(Ecs.WL_UNIT_BASIS)).contains("prefix of host.ip");
    }

    @Test
    void a_claimed_time_of_1970_or_2099_is_replaced_by_receipt_and_kept() throws Exception {
        post(
                "{\"@timestamp\":\"1970-01-02T00:00:00Z\",\"message\":\"a\"}\n{\"@timestamp\":\"2099-01-01T00:00:00Z\",\"message\":\"b\"}",
                TOKEN);
        for (Event event : await(2)) {
            assertThat(event.timeMillis()).isEqualTo(event.ingestedMillis());
            assertThat(event.get(Ecs.EVENT_CREATED)).isNotNull();
        }
    }

    @Test
    void a_re_sent_http_batch_keeps_its_ids_and_a_wrong_token_is_refused() throws Exception {
        String body = "{\"message\":\"a\"}\n{\"message\":\"a\"}\nnot json\n";
        assertThat(post(body, "wrong-token-wrong-token").statusCode()).isEqualTo(401);
        assertThat(shelf.events).isEmpty();
        assertThat(post(body, TOKEN).body()).isEqualTo("{\"accepted\":3}");
        assertThat(post(body, TOKEN).statusCode()).isEqualTo(200);
        Set<String> ids = new HashSet<>();
        await(6).forEach(event -> ids.add(event.id()));
        assertThat(ids).hasSize(3);
    }

    @Test
    void http_is_not_acknowledged_while_kafka_is_away_or_input_is_paused() throws Exception {
        shelf.away = true;
        assertThat(post("{\"message\":\"a\"}", TOKEN).statusCode()).isEqualTo(503);
        shelf.away = false;
        sensors.pause(true);
        assertThat(post("{\"message\":\"a\"}", TOKEN).statusCode()).isEqualTo(503);
        sensors.pause(false);
        assertThat(post("{\"message\":\"a\"}", TOKEN).statusCode()).isEqualTo(200);
        assertThat(meters.total("wanglou_sensors_received_total"))
                .isEqualTo(meters.total("wanglou_sensors_published_total")
                        + meters.total("wanglou_sensors_dropped_total"));
    }

    @Test
    void a_tcp_stream_gives_its_frames_and_a_tick_comes_to_every_partition_of_both_topics() throws Exception {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), sensors.boundAddress("tcp").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("<13>Nov 24 09:59:58 h app: one\n31 <13>Nov 24 09:59:58 h app: two!"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(await(2))
                    .extracting(event -> event.text(Ecs.MESSAGE).orElse(""))
                    .contains("one", "two!");
        }
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> shelf.ticks.size() >= 4);
        assertThat(shelf.ticks.get(0).publisher()).isEqualTo("node/sensors");
    }

    @Test
    void a_planted_mobile_number_is_masked_in_every_field_and_in_the_original() throws Exception {
        udp("<38>Nov 24 09:59:58 web01 sshd[812]: Failed password for 13800138000 from 203.0.113.7 port 53221 ssh2");
        Event event = await(1).get(0);
        assertThat(new String(EventCodec.encode(event), StandardCharsets.UTF_8)).doesNotContain("13800138000");
        assertThat(event.texts(Ecs.WL_MASKED)).containsExactly("mobile-number");
        assertThat(event.texts(Ecs.RELATED_USER).get(0)).startsWith("\u27e6t1:");
    }
}
