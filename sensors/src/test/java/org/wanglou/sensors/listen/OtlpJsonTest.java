package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OtlpJsonTest extends ProtocolContract {
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
        return "application/json";
    }

    private static byte[] request(String records) {
        return ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + records
                        + "],\"scope\":{\"name\":\"a.scope\"}}],"
                        + "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"s\"}}]}}]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    byte[] body(List<String> payloads) {
        return request(payloads.stream()
                .map(one -> "{\"timeUnixNano\":\"1764036000123456789\",\"body\":{\"stringValue\":\"" + one + "\"}}")
                .collect(Collectors.joining(",")));
    }

    @Override
    byte[] broken() {
        return request("{\"body\":{\"stringValue\":\"one\"}},{\"body\":[1},{\"body\":{\"stringValue\":\"three\"}}");
    }

    @Override
    void accepted(Exchange.Said said, int count) {
        assertThat(said.status()).isEqualTo(200);
        assertThat(said.text()).isEqualTo("{}");
        assertThat(said.headers()).containsEntry("content-type", "application/json");
    }

    @Override
    void answeredBroken(Exchange.Said said) {
        assertThat(said.text())
                .isEqualTo("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\","
                        + "\"errorMessage\":\"a record is no JSON object\"}}");
        assertThat(frames).hasSize(2);
    }

    @Test
    void names_and_numbers_are_read_as_the_specification_writes_them() throws Exception {
        accepted(
                post(request(
                        "{\"observedTimeUnixNano\":1764036000123000000,\"severityNumber\":17,\"severityText\":\"\","
                                + "\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"EEE19B7EC3C1B174\","
                                + "\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"n\",\"value\":{\"intValue\":\"7\"}}]}},"
                                + "\"attributes\":[{\"key\":\"source.port\",\"value\":{\"intValue\":\"22\"}},"
                                + "{\"key\":\"b\",\"value\":{\"boolValue\":true}}]}")),
                1);
        assertThat(text(frames.get(0))).isEqualTo("{\"n\":7}");
        assertThat(frames.get(0).outer().fields())
                .containsEntry("@timestamp", 1_764_036_000_123L)
                .containsEntry("service.name", "s")
                .containsEntry("log.level", "error")
                .containsEntry("log.logger", "a.scope")
                .containsEntry("source.port", 22L)
                .containsEntry("labels.b", "true")
                .containsEntry("trace.id", "5b8efff798038103d269b633813fc60c");
    }

    @Test
    void what_is_no_request_is_400() throws Exception {
        for (String body : List.of("", "[]", "{", "{} {}", "nonsense", "{\"a\" 1}")) {
            Exchange.Said said = post(body.getBytes(StandardCharsets.UTF_8));
            assertThat(said.status()).as(body).isEqualTo(400);
            assertThat(said.text()).contains("\"message\"");
        }
        accepted(post("{}".getBytes(StandardCharsets.UTF_8)), 0);
        assertThat(frames).isEmpty();
    }
}
