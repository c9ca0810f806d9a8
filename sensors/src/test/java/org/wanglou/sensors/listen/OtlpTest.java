package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests are made by the classes that OpenTelemetry generates from its own definition. */
class OtlpTest extends ProtocolContract {
    @Override
    String protocol() {
        return "otlp";
    }

    @Override
    String path() {
        return "/v1/logs";
    }

    @Override
    String type() {
        return "application/x-protobuf";
    }

    static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    static KeyValue pair(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    static byte[] request(Resource resource, LogRecord... records) {
        ScopeLogs scope = ScopeLogs.newBuilder()
                .setScope(InstrumentationScope.newBuilder().setName("a.scope"))
                .addAllLogRecords(List.of(records))
                .build();
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(resource).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    static LogRecord record(String body) {
        return LogRecord.newBuilder().setBody(text(body)).build();
    }

    @Override
    byte[] body(List<String> payloads) {
        return request(
                Resource.newBuilder()
                        .addAttributes(pair("service.name", text("s")))
                        .build(),
                payloads.stream().map(OtlpTest::record).toArray(LogRecord[]::new));
    }

    /** The second record's field 6 says that it is longer than the record. */
    @Override
    byte[] broken() {
        byte[] whole = body(List.of("one", "+++", "three"));
        int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("+++");
        whole[at - 1] = 127;
        return whole;
    }

    @Override
    void accepted(Exchange.Said said, int count) {
        assertThat(said.status()).isEqualTo(200);
        assertThat(said.headers()).containsEntry("content-type", "application/x-protobuf");
        assertThat(partial(said)).isZero();
    }

    static long partial(Exchange.Said said) {
        try {
            return ExportLogsServiceResponse.parseFrom(said.body())
                    .getPartialSuccess()
                    .getRejectedLogRecords();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    void answeredBroken(Exchange.Said said) {
        assertThat(said.status()).isEqualTo(200);
        assertThat(partial(said)).isEqualTo(1);
        assertThat(frames).hasSize(2);
        assertThat(meters.total("wanglou_sensors_http_rejected_total")).isEqualTo(1);
    }

    @Test
    void a_record_with_everything_is_ecs() throws Exception {
        Resource resource = Resource.newBuilder()
                .addAttributes(pair("service.name", text("portal")))
                .addAttributes(pair("host.name", text("web01")))
                .addAttributes(pair("host.arch", text("amd64")))
                .addAttributes(pair("k8s.pod.name", text("portal-1")))
                .addAttributes(pair("school.code", text("3701")))
                .addAttributes(pair("wanglou.masked", text("forged")))
                .build();
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(1_764_036_000_123_456_789L)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN2)
                .setBody(text("望楼"))
                .setEventName("login")
                .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
                .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
                .addAttributes(pair(
                        "source.port", AnyValue.newBuilder().setIntValue(-1).build()))
                .addAttributes(pair("http.response.status_code", text("404")))
                .addAttributes(pair("source.ip", text("no address")))
                .addAttributes(pair("exception.type", text("E")))
                .addAttributes(pair(
                        "tags",
                        AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder()
                                        .addValues(text("a"))
                                        .addValues(text("b")))
                                .build()))
                .addAttributes(
                        pair("ratio", AnyValue.newBuilder().setDoubleValue(0.5).build()))
                .build();
        accepted(post(request(resource, record)), 1);
        assertThat(text(frames.get(0))).isEqualTo("望楼");
        assertThat(frames.get(0).outer().fields())
                .containsEntry("@timestamp", 1_764_036_000_123L)
                .containsEntry("service.name", "portal")
                .containsEntry("host.name", "web01")
                .containsEntry("host.architecture", "amd64")
                .containsEntry("kubernetes.pod.name", "portal-1")
                .containsEntry("labels.school_code", "3701")
                .containsEntry("log.level", "warn")
                .containsEntry("event.severity", 14L)
                .containsEntry("event.action", "login")
                .containsEntry("event.dataset", "otlp")
                .containsEntry("log.logger", "a.scope")
                .containsEntry("trace.id", "5b8efff798038103d269b633813fc60c")
                .containsEntry("span.id", "eee19b7ec3c1b174")
                .containsEntry("labels.source_port", "-1")
                .containsEntry("http.response.status_code", 404L)
                .containsEntry("labels.source_ip", "no address")
                .containsEntry("error.type", "E")
                .containsEntry("tags", List.of("a", "b"))
                .containsEntry("labels.ratio", "0.5")
                .doesNotContainKey("wanglou.masked");
    }

    @Test
    void a_body_that_is_a_map_becomes_a_json_document() throws Exception {
        AnyValue body = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(pair("message", text("m")))
                        .addValues(pair(
                                "n",
                                AnyValue.newBuilder()
                                        .setIntValue(Long.MAX_VALUE)
                                        .build())))
                .build();
        accepted(
                post(request(
                        Resource.getDefaultInstance(),
                        LogRecord.newBuilder().setBody(body).build())),
                1);
        assertThat(text(frames.get(0))).isEqualTo("{\"message\":\"m\",\"n\":9223372036854775807}");
        assertThat(frames.get(0).outer().document()).isTrue();
    }

    @Test
    void what_would_cost_too_much_is_rejected_and_said() throws Exception {
        AnyValue deep = text("x");
        for (int i = 0; i < 60; i++) {
            deep = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(deep))
                    .build();
        }
        Exchange.Said said = post(request(
                Resource.getDefaultInstance(),
                record("one"),
                LogRecord.newBuilder().setBody(deep).build(),
                record("x".repeat(600 << 10)),
                record("two")));
        assertThat(partial(said)).isEqualTo(2);
        assertThat(frames.stream().map(ProtocolContract::text)).containsExactly("one", "two");
        frames.clear();
        Resource large = Resource.newBuilder()
                .addAttributes(pair("a", text("x".repeat(70_000))))
                .build();
        assertThat(partial(post(request(large, record("one"), record("two"))))).isEqualTo(2);
        assertThat(frames).isEmpty();
    }

    @Test
    void what_is_no_request_is_400_or_415_in_the_senders_encoding() throws Exception {
        Exchange.Said said = post("no protobuf at all".getBytes(StandardCharsets.UTF_8));
        assertThat(said.status()).isEqualTo(400);
        assertThat(said.headers()).containsEntry("content-type", "application/x-protobuf");
        assertThat(new String(said.body(), StandardCharsets.UTF_8)).contains("ExportLogsServiceRequest");
        byte[] plain = Exchange.request(
                "POST", path(), "Authorization: " + authorization() + "\r\nContent-Type: text/plain\r\n", new byte[3]);
        assertThat(ask(plain).status()).isEqualTo(415);
        assertThat(post(new byte[0]).status()).isEqualTo(200);
        assertThat(frames).isEmpty();
    }
}
