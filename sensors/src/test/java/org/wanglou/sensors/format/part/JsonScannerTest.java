package org.wanglou.sensors.format.part;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;

class JsonScannerTest {
    private static final ObjectMapper TREE = new ObjectMapper(new JsonFactory());
    private static final JsonShape ALL_UNKNOWN = JsonShape.of(Table.keeping(""));

    private static Map<String, Object> scan(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Event.Builder event = Event.builder();
        JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length, ZoneOffset.UTC);
        assertThat(scanner.object(ALL_UNKNOWN, event)).as(json).isTrue();
        assertThat(scanner.atEnd()).isTrue();
        return event.build().extra();
    }

    private static boolean refused(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length, ZoneOffset.UTC);
        return !scanner.object(ALL_UNKNOWN, Event.builder()) || !scanner.atEnd();
    }

    private static void flatten(String prefix, JsonNode node, Map<String, Object> out) {
        node.fields().forEachRemaining(entry -> {
            String name = prefix.isEmpty() ? entry.getKey() : prefix + '.' + entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isObject()) {
                flatten(name, value, out);
            } else {
                out.put(name, plain(value));
            }
        });
    }

    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            List<Object> list = new ArrayList<>();
            value.forEach(item -> list.add(item.isContainerNode() ? item.toString() : plain(item)));
            return list;
        }
        return value.isTextual()
                ? value.asText()
                : value.isBoolean()
                        ? (Object) value.asBoolean()
                        : value.isNull()
                                ? Event.NULL
                                : value.isIntegralNumber()
                                        ? value.canConvertToLong() ? (Object) value.asLong() : value.asText()
                                        : (Object) value.asDouble();
    }

    @Test
    void what_it_reads_is_what_jacksons_tree_holds() throws IOException {
        Random random = new Random(20261124);
        for (int i = 0; i < 3000; i++) {
            String json = TREE.writeValueAsString(object(random, 0));
            Map<String, Object> expected = new TreeMap<>();
            flatten("", TREE.readTree(json), expected);
            assertThat(scan(json)).as("seed 20261124, document %d: %s", i, json).isEqualTo(expected);
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new TreeMap<>();
        for (int i = random.nextInt(6) + 1; i > 0; i--) {
            object.put(
                    "k" + random.nextInt(1000) + text(random).replace(".", "").replaceAll("[^a-zé中]", ""),
                    value(random, depth));
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100_000) - 50_000;
            case 2 -> random.nextDouble() * Math.pow(10, random.nextInt(20) - 10);
            case 3 -> random.nextBoolean();
            case 4 -> new java.math.BigInteger(90, random);
            case 5 -> text(random);
            case 6 -> object(random, depth + 1);
            default -> List.of(text(random), random.nextInt(9), random.nextBoolean());
        };
    }

    private static String text(Random random) {
        String signs = "abcxyz /\\\"\n\t\u0001é中😀{}[]:,'";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(signs.codePointAt(
                    signs.offsetByCodePoints(0, random.nextInt(signs.codePointCount(0, signs.length())))));
        }
        return text.toString();
    }

    @Test
    void every_beginning_of_a_document_is_refused_and_none_throws() {
        String json = "{\"a\":{\"b\":[1,2.5e3,{\"c\":\"\\u4e2d\\n\"}]},\"d\":true,\"e\":null,\"f\":-12}";
        assertThat(scan(json)).hasSize(4);
        for (int end = 0; end < json.length(); end++) {
            assertThat(refused(json.substring(0, end)))
                    .as(json.substring(0, end))
                    .isTrue();
        }
    }

    @Test
    void what_rfc_8259_does_not_allow_is_refused() {
        for (String json : List.of(
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":nul}",
                "{\"a\":[1,]}",
                "{\"a\":1}x",
                "{\"a\":\"\\u12\"}",
                "{\"a\":+1}",
                "{,}")) {
            assertThat(refused(json)).as(json).isTrue();
        }
        assertThat(refused("{\"a\":".repeat(200) + "1" + "}".repeat(200)))
                .as("nesting beyond 64")
                .isTrue();
    }

    @Test
    void of_two_equal_keys_the_last_counts() {
        assertThat(scan("{\"a\":1,\"a\":2}")).containsEntry("a", 2L);
    }

    @Test
    void a_time_in_seconds_keeps_its_digits() {
        Table table = Table.keeping("").put("ts", Put.EPOCH_TIME);
        byte[] bytes = "{\"ts\":1795485600.123456789}".getBytes(StandardCharsets.UTF_8);
        Event.Builder event = Event.builder();
        assertThat(new JsonScanner(bytes, 0, bytes.length, ZoneOffset.UTC).object(JsonShape.of(table), event))
                .isTrue();
        assertThat(event.build().timeMillis()).isEqualTo(1_795_485_600_123L);
    }

    /** What a shape remembers of earlier input, and learns from several threads at once, never changes a result. */
    @Test
    void what_was_read_before_and_beside_changes_nothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("JsonScannerTest seed " + seed);
        Table table =
                Table.keeping("v.").put("a", "known.a").put("b.c", "known.b").put("longer_than_eight", "known.c");
        JsonShape shared = JsonShape.of(table);
        List<Callable<Boolean>> readers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(seed + t);
            readers.add(() -> {
                for (int i = 0; i < 5_000; i++) {
                    byte[] json = document(random).getBytes(StandardCharsets.UTF_8);
                    Event.Builder event = Event.builder();
                    Event.Builder fresh = Event.builder();
                    new JsonScanner(json, 0, json.length, ZoneOffset.UTC).object(shared, event);
                    new JsonScanner(json, 0, json.length, ZoneOffset.UTC).object(JsonShape.of(table), fresh);
                    assertThat(event.build())
                            .as(new String(json, StandardCharsets.UTF_8))
                            .isEqualTo(fresh.build());
                }
                return true;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            for (Future<Boolean> done : pool.invokeAll(readers)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Few keys and values in any order, many of them prefixes of one another, so that guesses are often nearly right. */
    private static String document(Random random) {
        String[] keys = {
            "a", "aa", "b", "b.c", "c", "longer_than_eight", "longer_than_eighty", "longer_than", "\\u0061", "名"
        };
        String[] values = {"x", "xx", "xxxxxxxx", "xxxxxxxxx", "xxxxxxxxy", "\\n", "张三", "", "x".repeat(70)};
        StringBuilder json = new StringBuilder("{");
        int members = random.nextInt(6);
        for (int i = 0; i < members; i++) {
            json.append(i > 0 ? "," : "").append(random.nextInt(5) == 0 ? " " : "");
            String key = random.nextInt(20) == 0 ? "new" + random.nextInt(2_000) : keys[random.nextInt(keys.length)];
            json.append('"').append(key).append("\":");
            switch (random.nextInt(6)) {
                case 0 ->
                    json.append("{\"c\":\"")
                            .append(values[random.nextInt(values.length)])
                            .append("\"}");
                case 1 -> json.append(random.nextInt(100));
                default ->
                    json.append('"')
                            .append(values[random.nextInt(values.length)])
                            .append('"');
            }
        }
        return json.append('}').toString();
    }
}
