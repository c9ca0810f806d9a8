package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HecTest extends ProtocolContract {
    @Override
    String protocol() {
        return "hec";
    }

    @Override
    String path() {
        return "/services/collector/event";
    }

    @Override
    String type() {
        return "application/json";
    }

    @Override
    String authorization() {
        return "Splunk " + TOKEN;
    }

    @Override
    int wrongToken() {
        return 403;
    }

    @Override
    int overRate() {
        return 503;
    }

    @Override
    byte[] body(List<String> payloads) {
        return payloads.stream()
                .map(one -> "{\"time\":1764036000.25,\"host\":\"h1\",\"event\":\"" + one + "\"}")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    byte[] broken() {
        return "{\"event\":\"one\"}{\"host\":\"x\"}{\"event\":\"three\"}".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void accepted(Exchange.Said said, int count) {
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(said.text()).isEqualTo("{\"text\":\"Success\",\"code\":0}");
    }

    @Override
    void answeredBroken(Exchange.Said said) {
        assertThat(said.status()).isEqualTo(400);
        assertThat(said.text())
                .isEqualTo("{\"text\":\"Event field is required\",\"code\":12,\"invalid-event-number\":1}");
        assertThat(frames).hasSize(3);
    }

    private Exchange.Said send(String path, String body) throws Exception {
        return ask(Exchange.request("POST", path, headers(), body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_lies_around_an_event_goes_to_ecs() throws Exception {
        accepted(
                send(
                        "/services/collector",
                        "{\"time\":\"1764036000.123\",\"host\":\"web01\",\"source\":\"/var/log/auth.log\","
                                + "\"sourcetype\":\"linux_secure\",\"index\":\"main\",\"event\":\"a line\","
                                + "\"fields\":{\"school.code\":\"3701\",\"n\":7}}\n"
                                + "{\"event\":{\"message\":\"m\",\"x\":{\"y\":1}},\"source\":\"app\",\"time\":1764036000}"),
                2);
        assertThat(text(frames.get(0))).isEqualTo("a line");
        assertThat(frames.get(0).outer().fields())
                .containsEntry("@timestamp", 1_764_036_000_123L)
                .containsEntry("host.name", "web01")
                .containsEntry("log.file.path", "/var/log/auth.log")
                .containsEntry("wanglou.ingest.sourcetype", "linux_secure")
                .containsEntry("wanglou.ingest.index", "main")
                .containsEntry("labels.school_code", "3701")
                .containsEntry("labels.n", "7");
        assertThat(frames.get(0).outer().document()).isFalse();
        assertThat(text(frames.get(1))).isEqualTo("{\"message\":\"m\",\"x\":{\"y\":1}}");
        assertThat(frames.get(1).outer().document()).isTrue();
        assertThat(frames.get(1).outer().fields())
                .containsEntry("@timestamp", 1_764_036_000_000L)
                .containsEntry("wanglou.ingest.source", "app");
    }

    @Test
    void faults_have_hecs_own_codes_and_the_rest_is_kept() throws Exception {
        assertThat(send(path(), "").text()).isEqualTo("{\"text\":\"No data\",\"code\":5}");
        assertThat(send(path(), "{\"event\":\"\"}").text()).contains("\"code\":13");
        assertThat(frames).hasSize(1);
        frames.clear();
        assertThat(send(path(), "{\"event\":\"a\"}{\"event\":\"b\" nonsense {\"event\":\"c\"}")
                        .text())
                .isEqualTo("{\"text\":\"Invalid data format\",\"code\":6,\"invalid-event-number\":1}");
        assertThat(frames.stream().map(ProtocolContract::text))
                .containsExactly("a", "{\"event\":\"b\" nonsense {\"event\":\"c\"}");
        String start = "POST " + path() + " HTTP/1.1\r\n";
        String end = "Content-Length: 1\r\n\r\n";
        assertThat(ask((start + end).getBytes(StandardCharsets.UTF_8)).text()).contains("\"code\":2");
        assertThat(ask((start + "Authorization: x\r\n" + end).getBytes(StandardCharsets.UTF_8))
                        .text())
                .contains("\"code\":3");
        assertThat(ask((start + "Authorization: Splunk x\r\n" + end).getBytes(StandardCharsets.UTF_8))
                        .text())
                .contains("\"code\":4");
        assertThat(send("/services/collector/ack", "{}").text()).contains("\"code\":14");
        listener.pause(true);
        assertThat(send(path(), "{\"event\":\"a\"}").text()).contains("\"code\":9");
    }

    @Test
    void raw_takes_lines_with_what_the_parameters_say() throws Exception {
        accepted(
                send(
                        "/services/collector/raw/1.0?channel=6F1B&host=fw%2001&sourcetype=cisco%3Aasa",
                        "line one\r\n\r\n{\"message\":\"x\"}\nline three"),
                3);
        assertThat(frames.stream().map(ProtocolContract::text))
                .containsExactly("line one", "{\"message\":\"x\"}", "line three");
        assertThat(frames.get(0).outer().fields())
                .containsEntry("host.name", "fw 01")
                .containsEntry("wanglou.ingest.sourcetype", "cisco:asa")
                .containsEntry("wanglou.ingest.channel", "6F1B");
        assertThat(origins()).doesNotHaveDuplicates();
    }

    @Test
    void health_needs_no_token_and_tells_nothing_else() throws Exception {
        byte[] health = Exchange.request("GET", "/services/collector/health", "", new byte[0]);
        assertThat(ask(health).text()).isEqualTo("{\"text\":\"HEC is healthy\",\"code\":17}");
        listener.pause(true);
        assertThat(ask(health).status()).isEqualTo(503);
    }
}
