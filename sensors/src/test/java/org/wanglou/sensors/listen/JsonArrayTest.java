package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonArrayTest extends ProtocolContract {
    @Override
    String protocol() {
        return "ingest";
    }

    @Override
    String path() {
        return "/ingest/h";
    }

    @Override
    String type() {
        return "application/json";
    }

    @Override
    byte[] body(List<String> payloads) {
        return payloads.stream()
                .map(one -> "{\"message\": \"" + one + "\"}")
                .collect(Collectors.joining(" ,\r\n\t", " [", "]\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    byte[] broken() {
        return "[{\"message\":\"one\"},{\"message\":[1},{\"message\":\"three\"}]".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void accepted(Exchange.Said said, int count) {
        assertThat(said.status()).isEqualTo(200);
        assertThat(said.text()).isEqualTo("{\"accepted\":" + count + "}");
    }

    @Override
    void answeredBroken(Exchange.Said said) {
        accepted(said, 3);
    }

    private List<String> sent(String body) throws Exception {
        frames.clear();
        assertThat(post(body.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
        return frames.stream().map(ProtocolContract::text).toList();
    }

    @Test
    void hostile_arrays_lose_nothing() throws Exception {
        assertThat(sent("[]")).isEmpty();
        assertThat(sent("[ {\"a\":\"]},[\\\"\"} , [1,[2]] , 3, null ]"))
                .containsExactly("{\"a\":\"]},[\\\"\"}", "[1,[2]]", "3", "null");
        assertThat(sent("[\"<13>line \\\"one\\\"\",\"\\u671b\\u697c\"]")).containsExactly("<13>line \"one\"", "望楼");
        assertThat(sent("[{\"a\":1},garbage here,{\"b\":2}]"))
                .containsExactly("{\"a\":1}", "garbage here", "{\"b\":2}");
        assertThat(sent("[{\"a\":1}\n,{\"b\":\"never ends},\n{\"c\":3}]\nlast"))
                .containsExactly("{\"a\":1}", "{\"b\":\"never ends},", "{\"c\":3}]", "last");
        assertThat(sent("[{\"a\":1}][{\"b\":2}]\nmore")).containsExactly("{\"a\":1}", "[{\"b\":2}]", "more");
        assertThat(sent("[{\"a\":{\"b\":1}]")).containsExactly("{\"a\":{\"b\":1}");
        String deep = "[".repeat(200_000) + "]".repeat(199_999);
        assertThat(sent("[" + deep + "]")).hasSize(1);
        assertThat(sent("}".repeat(1_000)).size()).isEqualTo(1);
        assertThat(sent("[" + "}".repeat(1_000)).size()).isEqualTo(1_000);
        String large = "{\"a\":\"" + "x".repeat(600 << 10) + "\"}";
        assertThat(sent("[" + large + ",{\"b\":2}]")).hasSize(2).element(1).isEqualTo("{\"b\":2}");
        assertThat(frames.get(0).cut()).isTrue();
    }

    @Test
    void a_body_of_many_small_elements_is_taken_in_bounds() throws Exception {
        String body = "[" + "{},".repeat(12_000) + "{}]";
        assertThat(sent(body)).hasSize(12_001);
    }

    @Test
    void lines_that_begin_with_a_bracket_are_no_array_unless_they_say_so() throws Exception {
        String lines = "[Wed Nov 25 10:00:00 2026] [error] a, b\n[Wed Nov 25 10:00:01 2026] [error] c\n";
        String plain = "Authorization: " + authorization() + "\r\nContent-Type: text/plain\r\n";
        ask(Exchange.request("POST", path(), plain, lines.getBytes(StandardCharsets.UTF_8)));
        assertThat(frames.stream().map(ProtocolContract::text))
                .containsExactly("[Wed Nov 25 10:00:00 2026] [error] a, b", "[Wed Nov 25 10:00:01 2026] [error] c");
    }
}
