package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;

/** What shippers wrap a device's line in is taken off, kept beside it, and named once; from the socket to the event. */
class HttpShippersTest {
    private static final String SSHD =
            "Nov 25 10:00:00 gate sshd[812]: Failed password for root from 203.0.113.7 port 53221 ssh2";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Shelf shelf = new Shelf();
    private final Meters meters = new Meters();
    private Sensors sensors;

    @BeforeEach
    void start() throws Exception {
        sensors = Bench.sensors(
                List.of(
                        Bench.sensor("http", SensorConfig.Transport.HTTP, "auto"),
                        Bench.sensor("nginx", SensorConfig.Transport.HTTP, "nginx-access")),
                shelf,
                meters,
                Durable.NONE,
                "e");
        sensors.start();
    }

    @AfterEach
    void stop() {
        sensors.close();
        for (SourceState state : sensors.sources()) {
            assertThat(state.counts().closes()).isTrue();
            assertThat(state.counts().pending()).isZero();
        }
    }

    private HttpResponse<String> post(String source, String path, String body) throws Exception {
        int port = sensors.boundAddress(source).getPort();
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + Bench.TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String filebeat(String line, String agent, long offset, String time) {
        return "{\"@timestamp\":\"" + time + "\",\"@metadata\":{\"beat\":\"filebeat\"},\"agent\":{\"id\":\"" + agent
                + "\",\"ephemeral_id\":\"x\",\"type\":\"filebeat\",\"version\":\"8.19.0\"},\"ecs\":{\"version\":\"8.0.0\"},"
                + "\"host\":{\"name\":\"collector\",\"os\":{\"family\":\"debian\"}},\"input\":{\"type\":\"filestream\"},"
                + "\"log\":{\"offset\":" + offset + ",\"file\":{\"path\":\"/var/log/auth.log\"}},\"message\":\"" + line
                + "\",\"organization\":{\"id\":\"forged\"},\"wanglou\":{\"late\":1,\"asset\":{\"id\":\"forged\"}}}";
    }

    private static String bulk(String... documents) {
        StringBuilder body = new StringBuilder();
        for (String document : documents) {
            body.append("{\"create\":{\"_index\":\"filebeat-8.19.0\"}}\n")
                    .append(document)
                    .append('\n');
        }
        return body.toString();
    }

    @Test
    void a_filebeat_document_with_an_sshd_line_is_an_sshd_event_and_keeps_agent_host_and_file() throws Exception {
        String document = filebeat(SSHD, "a-1", 42, "2026-11-25T02:00:01.000Z");
        assertThat(post("http", "/_bulk", bulk(document)).statusCode()).isEqualTo(200);
        Event event = shelf.events.get(0);
        assertThat(event.text(Ecs.SOURCE_IP)).contains("203.0.113.7");
        assertThat(event.text(Ecs.USER_NAME)).contains("root");
        assertThat(event.text(Ecs.EVENT_OUTCOME)).contains("failure");
        assertThat(event.text(Ecs.EVENT_ORIGINAL)).contains(SSHD);
        assertThat(event.get("agent.id")).isEqualTo("a-1");
        assertThat(event.get("log.offset")).isEqualTo(42L);
        assertThat(event.text(Ecs.LOG_FILE_PATH)).contains("/var/log/auth.log");
        assertThat(event.get("host.os.family")).isEqualTo("debian");
        assertThat(event.text(Ecs.HOST_NAME)).contains("gate");
        assertThat(event.get("wanglou.ingest.index")).isEqualTo("filebeat-8.19.0");
        assertThat(event.organization()).isNotEqualTo("forged");
        assertThat(event.get(Ecs.WL_ASSET)).isNull();
        assertThat(event.get(Ecs.WL_LATE)).isNull();
    }

    @Test
    void agent_file_and_offset_name_an_event_in_whatever_batch_it_comes_but_not_the_next_file_of_the_name()
            throws Exception {
        String time = "2026-11-25T02:00:01.000Z";
        String one = filebeat(SSHD, "a-1", 0, time);
        post("http", "/_bulk", bulk(one, filebeat("free text", "a-1", 90, time)));
        post("http", "/_bulk", bulk(filebeat("free text", "a-1", 90, "2026-11-25T02:07:00.000Z"), one));
        assertThat(shelf.events.get(0).id()).isEqualTo(shelf.events.get(3).id());
        assertThat(shelf.events.get(1).id()).isEqualTo(shelf.events.get(2).id());
        post(
                "http",
                "/_bulk",
                bulk(filebeat(SSHD.replace("812", "813"), "a-1", 0, time), filebeat(SSHD, "a-2", 0, time)));
        assertThat(shelf.events.stream().map(Event::id).distinct()).hasSize(4);
    }

    @Test
    void what_has_no_line_in_it_is_the_event_itself_and_what_nothing_reads_is_kept_with_its_fields() throws Exception {
        post(
                "http",
                "/_bulk",
                bulk("{\"@timestamp\":\"2026-11-25T02:00:00Z\",\"event\":{\"category\":[\"network\"]},"
                        + "\"message\":\"" + SSHD + "\",\"source\":{\"ip\":\"203.0.113.9\"}}"));
        assertThat(shelf.events.get(0).text(Ecs.SOURCE_IP)).contains("203.0.113.9");
        post("nginx", "/_bulk", bulk(filebeat("no access line", "a-1", 1, "2026-11-25T02:00:00Z")));
        Event unparsed = shelf.events.get(1);
        assertThat(unparsed.text(Ecs.EVENT_DATASET)).contains("unparsed");
        assertThat(unparsed.get("agent.id")).isEqualTo("a-1");
        assertThat(unparsed.text(Ecs.MESSAGE)).contains("no access line");
        assertThat(meters.counts()).containsEntry("wanglou_sensors_unparsed_total{source=\"nginx\"}", 1L);
    }

    @Test
    void every_protocol_and_shape_gives_the_same_event_of_a_line() throws Exception {
        post("http", "/ingest/http", SSHD + "\n");
        post("http", "/ingest/http", "[{\"log\":\"" + SSHD + "\",\"stream\":\"stdout\"}]");
        post("http", "/_bulk", bulk("{\"event\":{\"original\":\"" + SSHD + "\"},\"message\":\"x\"}"));
        post(
                "http",
                "/services/collector",
                "{\"event\":\"" + SSHD + "\",\"host\":\"h\"}{\"event\":{\"message\":\"" + SSHD + "\"}}");
        post("http", "/services/collector/raw?channel=1", SSHD);
        post(
                "http",
                "/v1/logs",
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"" + SSHD
                        + "\"}}]}]}]}");
        assertThat(shelf.events).hasSize(7);
        assertThat(shelf.events).allSatisfy(event -> {
            assertThat(event.text(Ecs.SOURCE_IP)).contains("203.0.113.7");
            assertThat(event.text(Ecs.HOST_NAME)).contains("gate");
            assertThat(event.text(Ecs.EVENT_ORIGINAL)).contains(SSHD);
            assertThat(event.text(Ecs.EVENT_DATASET))
                    .isEqualTo(shelf.events.get(0).text(Ecs.EVENT_DATASET));
        });
        assertThat(shelf.events.stream().map(Event::id).distinct()).hasSize(7);
    }

    @Test
    void identifiers_around_a_line_are_masked_like_those_in_it() throws Exception {
        String number = "13800138000";
        String document = filebeat(SSHD, "a-1", 7, "2026-11-25T02:00:00Z").replace("debian", number);
        post("http", "/" + number + "/_bulk", bulk(document.replace("collector", "h-" + number)));
        post(
                "http",
                "/services/collector",
                "{\"event\":\"" + SSHD + "\",\"host\":\"" + number + "\",\"source\":\"" + number
                        + "\",\"sourcetype\":\"" + number + "\",\"index\":\"" + number + "\",\"odd\":" + number
                        + ",\"fields\":{\"phone\":" + number + ",\"" + number + "\":1}}");
        post(
                "http",
                "/v1/logs",
                "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
                        + "{\"stringValue\":\"" + number + "\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"body\":"
                        + "{\"stringValue\":\"call " + number + "\"},\"eventName\":\"" + number
                        + "\",\"attributes\":[{\"key\":\"source.port\",\"value\":{\"intValue\":\"" + number
                        + "\"}},{\"key\":\"process.thread.id\",\"value\":{\"intValue\":" + number + "}}]}]}]}]}");
        assertThat(shelf.events).hasSize(3);
        for (byte[] value : shelf.raw) {
            assertThat(new String(value, java.nio.charset.StandardCharsets.UTF_8))
                    .doesNotContain(number);
        }
    }

    @Test
    void the_exporter_of_opentelemetry_ships_and_what_kafka_did_not_take_comes_again() throws Exception {
        shelf.away = true;
        OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint("http://127.0.0.1:" + sensors.boundAddress("http").getPort() + "/v1/logs")
                .addHeader("Authorization", "Bearer " + Bench.TOKEN)
                .setCompression("gzip")
                .setTimeout(Duration.ofSeconds(60))
                .build();
        SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "portal")))
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                .build();
        Instant now = Instant.now();
        provider.get("login")
                .logRecordBuilder()
                .setTimestamp(now)
                .setSeverity(Severity.WARN)
                .setBody("teacher signed in from a new place")
                .setAttribute(AttributeKey.stringKey("user.name"), "li")
                .emit();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> meters.total("wanglou_sensors_http_requests_total") >= 1);
        shelf.away = false;
        assertThat(provider.shutdown().join(60, TimeUnit.SECONDS).isDone()).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !shelf.events.isEmpty());
        Event event = shelf.events.get(0);
        assertThat(event.text(Ecs.MESSAGE)).contains("teacher signed in from a new place");
        assertThat(event.text(Ecs.EVENT_DATASET)).contains("otlp");
        assertThat(event.text(Ecs.LOG_LEVEL)).contains("warn");
        assertThat(event.text(Ecs.USER_NAME)).contains("li");
        assertThat(event.get("service.name")).isEqualTo("portal");
        assertThat(event.timeMillis()).isEqualTo(now.toEpochMilli());
    }
}
