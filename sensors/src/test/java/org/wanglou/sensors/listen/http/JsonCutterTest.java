package org.wanglou.sensors.listen.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonCutterTest {
    private static final long SEED = 20_261_125;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode random(Random random, int depth) {
        switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0:
                return MAPPER.getNodeFactory().numberNode(random.nextInt() / 8.0);
            case 1:
                return MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case 2:
                return MAPPER.getNodeFactory().nullNode();
            case 3:
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(12); i > 0; i--) {
                    text.append("\"\\{}[],:\n 望a".charAt(random.nextInt(12)));
                }
                return MAPPER.getNodeFactory().textNode(text.toString());
            case 4:
                ArrayNode array = MAPPER.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(random(random, depth + 1));
                }
                return array;
            default:
                ObjectNode object = MAPPER.createObjectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set("k" + i, random(random, depth + 1));
                }
                return object;
        }
    }

    @Test
    void it_cuts_where_a_parser_sees_elements_and_members() throws Exception {
        System.out.println("seed=" + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            JsonNode tree = random(random, 0);
            byte[] bytes = (round % 2 == 0 ? tree.toString() : tree.toPrettyString()).getBytes("UTF-8");
            JsonCutter whole = new JsonCutter(bytes, 0, bytes.length);
            assertThat(whole.next()).isTrue();
            assertThat(whole.whole()).isTrue();
            assertThat(MAPPER.readTree(bytes, whole.from(), whole.to() - whole.from()))
                    .isEqualTo(tree);
            assertThat(whole.next()).isFalse();
            List<JsonNode> elements = new ArrayList<>();
            JsonCutter inside = JsonCutter.inside(bytes, 0, bytes.length);
            while (inside.next()) {
                elements.add(MAPPER.readTree(bytes, inside.from(), inside.to() - inside.from()));
            }
            List<JsonNode> expected = new ArrayList<>();
            if (tree.isArray()) {
                tree.forEach(expected::add);
            }
            assertThat(elements).isEqualTo(expected);
            Map<String, String> members = new LinkedHashMap<>();
            boolean object = JsonCutter.members(
                    bytes, 0, bytes.length, (key, from, to) -> members.put(key, new String(bytes, from, to - from)));
            assertThat(object).isEqualTo(tree.isObject());
            if (object) {
                assertThat(members.keySet()).isEqualTo(fields(tree));
                for (Map.Entry<String, String> member : members.entrySet()) {
                    assertThat(MAPPER.readTree(member.getValue())).isEqualTo(tree.get(member.getKey()));
                }
            }
        }
    }

    private static java.util.Set<String> fields(JsonNode tree) {
        java.util.Set<String> names = new java.util.LinkedHashSet<>();
        tree.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void of_any_bytes_it_makes_values_that_cover_them_in_order_and_ends() {
        Random random = new Random(SEED);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "{}[]\",:\\ \nab1".charAt(random.nextInt(13));
            }
            JsonCutter cutter = new JsonCutter(bytes, 0, bytes.length);
            int last = 0;
            while (cutter.next()) {
                assertThat(cutter.from()).isGreaterThanOrEqualTo(last);
                assertThat(cutter.to()).isGreaterThan(cutter.from()).isLessThanOrEqualTo(bytes.length);
                for (int i = last; i < cutter.from(); i++) {
                    assertThat(" \n,").contains(String.valueOf((char) bytes[i]));
                }
                last = cutter.to();
            }
            for (int i = last; i < bytes.length; i++) {
                assertThat(" \n,").contains(String.valueOf((char) bytes[i]));
            }
        }
    }
}
