package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Outer;

class BulkTest extends ProtocolContract {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    String protocol() {
        return "bulk";
    }

    @Override
    String path() {
        return "/_bulk";
    }

    @Override
    String type() {
        return "application/x-ndjson";
    }

    @Override
    String authorization() {
        return "ApiKey aWQ6YS10b2tlbi1vZi1hLXNvdXJjZS0xNw=="; // id:TOKEN
    }

    @Override
    byte[] body(List<String> payloads) {
        return payloads.stream()
                .map(one -> "{\"create\":{\"_index\":\"logs-sshd-default\"}}\n{\"message\":\"" + one + "\"}\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    byte[] broken() {
        return "{\"index\":{}}\n{\"message\":\"one\"}\n{\"index\":{}}\nno json\n{\"index\":{}}\n{\"message\":\"three\"}\n"
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(Exchange.Said said) {
        try {
            return MAPPER.readTree(said.body());
        } catch (java.io.IOException e) {
            throw new AssertionError(said.text(), e);
        }
    }

    @Override
    void accepted(Exchange.Said said, int count) {
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(said.headers()).containsEntry("x-elastic-product", "Elasticsearch");
        JsonNode tree = tree(said);
        assertThat(tree.get("errors").asBoolean()).isFalse();
        assertThat(tree.get("took").isNumber()).isTrue();
        assertThat(tree.get("items")).hasSize(count);
        tree.get("items")
                .forEach(item ->
                        assertThat(item.elements().next().get("status").asInt()).isEqualTo(201));
    }

    @Override
    void answeredBroken(Exchange.Said said) {
        accepted(said, 3);
        assertThat(frames).hasSize(3);
    }

    private Exchange.Said send(String method, String path, String body) throws Exception {
        return ask(Exchange.request(method, path, headers(), body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void the_senders_id_names_the_event_within_its_index() throws Exception {
        accepted(send("PUT", "/a/_bulk", "{\"index\":{\"_id\":\"1\"}}\r\n{\"x\":1}\r\n"), 1);
        accepted(send("POST", "/b/_bulk/", "{\"create\":{\"_id\":1}}\n{\"x\":2}"), 1);
        accepted(send("POST", "/b/_bulk", "{\"create\":{\"_id\":\"1\",\"_index\":\"a\"}}\n{\"x\":3}\n"), 1);
        assertThat(frames.get(0).origin())
                .isEqualTo(frames.get(2).origin())
                .isNotEqualTo(frames.get(1).origin());
        assertThat(frames.get(0).outer().naming()).isEqualTo(Outer.Naming.SENDER);
        assertThat(frames.get(0).outer().fields()).containsEntry("wanglou.ingest.index", "a");
        assertThat(text(frames.get(0))).isEqualTo("{\"x\":1}");
        accepted(send("POST", "/logs-nginx.access-school/_bulk", "{\"create\":{}}\n{\"x\":2}\n"), 1);
        assertThat(frames.get(3).outer().fields())
                .containsEntry("data_stream.dataset", "nginx.access")
                .containsEntry("data_stream.namespace", "school");
        assertThat(frames.get(3).outer().naming()).isEqualTo(Outer.Naming.AGENT);
    }

    @Test
    void update_and_delete_are_errors_of_their_items_alone() throws Exception {
        Exchange.Said said = send(
                "POST",
                "/_bulk",
                "{\"delete\":{\"_index\":\"i\",\"_id\":\"1\"}}\n{\"update\":{\"_id\":\"2\"}}\n{\"doc\":{}}\n"
                        + "{\"index\":{\"_id\":\"\\\"3\"}}\n{\"x\":1}\n");
        JsonNode tree = tree(said);
        assertThat(tree.get("errors").asBoolean()).isTrue();
        assertThat(tree.at("/items/0/delete/status").asInt()).isEqualTo(400);
        assertThat(tree.at("/items/1/update/error/type").asText()).isEqualTo("illegal_argument_exception");
        assertThat(tree.at("/items/2/index/status").asInt()).isEqualTo(201);
        assertThat(tree.at("/items/2/index/_id").asText()).isEqualTo("\"3");
        assertThat(frames).hasSize(1);
        assertThat(meters.total("wanglou_sensors_http_rejected_total")).isEqualTo(2);
    }

    @Test
    void what_is_no_bulk_request_is_refused_before_anything_is_taken() throws Exception {
        for (String body : List.of(
                "",
                "\n\n",
                "no action\n{}\n",
                "{\"index\":{}}\n{\"x\":1}\n{\"index\":1}\n{}\n",
                "{\"index\":{}}\n",
                "{\"index\":{},\"create\":{}}\n{}\n",
                "{\"index\":{\"_id\":\"" + "x".repeat(17_000) + "\"}}\n{}\n")) {
            Exchange.Said said = send("POST", "/_bulk", body);
            assertThat(said.status()).as(body).isEqualTo(400);
            assertThat(tree(said).at("/error/reason").asText()).isNotEmpty();
        }
        assertThat(send("POST", "/_bulk", "{\"index\":{}}\n{}\n".repeat(65_537)).status())
                .isEqualTo(413);
        assertThat(frames).isEmpty();
    }

    @Test
    void items_that_kafka_did_not_take_are_429_one_by_one() throws Exception {
        CompletableFuture<Void> never = CompletableFuture.failedFuture(new IllegalStateException("away"));
        listener.close();
        listener = new HttpListener(
                "h",
                listener.boundAddress(),
                java.util.Optional.empty(),
                TOKEN,
                frame -> {
                    frames.add(frame);
                    return frames.size() == 2 ? never : answer;
                },
                rate,
                new java.util.concurrent.atomic.LongAdder(),
                (what, one) -> meters.counter(what, "protocol", one),
                java.time.Clock.systemUTC());
        listener.start();
        Exchange.Said said = ask(Exchange.request(
                "POST", path() + "?filter_path=errors,items.*.status", headers(), body(List.of("a", "b", "c"))));
        assertThat(said.status()).isEqualTo(200);
        JsonNode tree = tree(said);
        assertThat(tree.get("errors").asBoolean()).isTrue();
        assertThat(tree.at("/items/0/create/status").asInt()).isEqualTo(201);
        assertThat(tree.at("/items/1/create/status").asInt()).isEqualTo(429);
        assertThat(tree.at("/items/2/create/status").asInt()).isEqualTo(429);
        assertThat(frames).hasSize(2);
    }

    @Test
    void what_shippers_ask_first_is_answered_on_the_same_connection() throws Exception {
        try (Exchange exchange = new Exchange(listener.boundAddress())) {
            byte[] nothing = new byte[0];
            Exchange.Said said = exchange.ask(Exchange.request("GET", "/", headers(), nothing));
            assertThat(tree(said).at("/version/number").asText()).matches("8\\.\\d+\\.\\d+");
            assertThat(said.headers()).containsEntry("x-elastic-product", "Elasticsearch");
            assertThat(exchange.head(Exchange.request("HEAD", "/", headers(), nothing))
                            .status())
                    .isEqualTo(200);
            for (String path : List.of(
                    "/_license",
                    "/_xpack",
                    "/_cluster/health",
                    "/_ilm/policy/filebeat",
                    "/_index_template/filebeat-8.19.0",
                    "/_ingest/pipeline/filebeat-8.19.0-system-auth-pipeline")) {
                assertThat(exchange.ask(Exchange.request("GET", path, headers(), nothing))
                                .status())
                        .as(path)
                        .isEqualTo(200);
            }
            byte[] template = "{\"index_patterns\":[\"filebeat-*\"]}".getBytes(StandardCharsets.UTF_8);
            assertThat(exchange.ask(Exchange.request("PUT", "/_index_template/filebeat", headers(), template))
                            .text())
                    .contains("\"acknowledged\":true");
            assertThat(exchange.ask(Exchange.request("GET", "/_alias/filebeat", headers(), nothing))
                            .status())
                    .isEqualTo(404);
            accepted(exchange.ask(Exchange.request("POST", path(), headers(), body(List.of("one")))), 1);
        }
        assertThat(ask(Exchange.request("GET", "/", "", new byte[0])).status()).isEqualTo(401);
        assertThat(ask(Exchange.request("GET", "/_search", headers(), new byte[0]))
                        .status())
                .isEqualTo(404);
    }
}
