package org.wanglou.sensors.format.vary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** One Windows event gives the same fields in whichever shape it comes. */
class WindowsShapesTest {
    @Test
    void an_event_has_the_same_fields_in_every_shape_it_comes_in_by_its_format_and_by_auto() {
        long seed = System.nanoTime();
        System.out.println("windows shapes seed=" + seed);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (WindowsRecord one : WindowsRecord.all(new Random(seed))) {
            Map<String, String> expected = plain(Fields.of("windows-event-xml", WindowsShapes.xml(one, "")));
            assertThat(expected)
                    .as("seed %d: %s", seed, one)
                    .containsKeys("event.action", "event.category", "event.type");
            for (WindowsShapes.Shape shape : WindowsShapes.all()) {
                if (shape.name().equals("wazuh") && one.data().containsKey("param1")) {
                    continue; // its agent joins values without names to one text
                }
                String text = shape.writer().apply(one);
                for (String format : List.of(shape.format(), "auto")) {
                    Map<String, String> got = plain(Fields.of(format, text));
                    shape.lacks().forEach(field -> got.put(field, expected.getOrDefault(field, "")));
                    got.values().removeIf(String::isEmpty);
                    compared++;
                    String difference = difference(expected, got);
                    if (!difference.isEmpty()) {
                        differences.add(one.code() + " as " + shape.name() + " by " + format + ": " + difference
                                + "\n    " + text);
                    }
                }
            }
        }
        assertThat(String.join("\n", differences)).as("seed %d", seed).isEmpty();
        assertThat(compared).isGreaterThan(1_000);
    }

    /** Without what says how it came, a rendering that only some shapes have, and the case of GUIDs, which is the tool's. */
    static Map<String, String> plain(Map<String, String> fields) {
        fields.keySet()
                .removeIf(name -> name.startsWith("wanglou.")
                        || name.startsWith("log.syslog.")
                        || name.startsWith("winlog.columns.")
                        || name.equals("message"));
        fields.replaceAll((name, value) ->
                name.endsWith("guid") || name.endsWith("entity_id") ? value.toLowerCase(java.util.Locale.ROOT) : value);
        return fields;
    }

    static String difference(Map<String, String> expected, Map<String, String> got) {
        StringBuilder difference = new StringBuilder();
        TreeSet<String> names = new TreeSet<>(expected.keySet());
        names.addAll(got.keySet());
        for (String name : names) {
            if (!Objects.equals(expected.get(name), got.get(name))) {
                difference
                        .append(name)
                        .append(": ")
                        .append(expected.get(name))
                        .append(" → ")
                        .append(got.get(name))
                        .append("; ");
            }
        }
        return difference.toString();
    }
}
