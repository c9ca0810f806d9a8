package org.wanglou.sensors.format.vary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Addresses;

/** Every field that a sample gives is one of ECS 8 in its type, or stands under a name that ECS does not use. */
class EcsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Names of Auditbeat and Filebeat in ECS's sets that the conformance sets expect. */
    private static final Set<String> BEATS = Set.of(
            "process.ppid",
            "user.audit.id",
            "user.audit.name",
            "user.filesystem.group.id",
            "user.filesystem.id",
            "user.saved.group.id",
            "user.saved.id",
            "user.terminal");

    private static final Set<String> KINDS =
            Set.of("alert", "asset", "enrichment", "event", "metric", "state", "pipeline_error", "signal");

    @Test
    void every_field_of_every_sample_is_one_of_ecs_or_the_vendors_own() throws IOException {
        Map<String, String> fields = table("/ecs/fields.tsv");
        Set<String> sets = new TreeSet<>();
        fields.keySet().forEach(name -> sets.add(name.split("\\.", 2)[0]));
        TreeSet<String> wrong = new TreeSet<>();
        for (Fields.Sample sample : Fields.samples()) {
            Fields.of(sample.format(), sample.text()).forEach((name, value) -> {
                String kind = fields.get(name);
                if (kind == null) {
                    if (!BEATS.contains(name) && sets.contains(name.split("\\.", 2)[0])) {
                        wrong.add(sample.format() + ": " + name + " is no field of ECS 8");
                    }
                } else if (!right(kind, value)) {
                    wrong.add(sample.format() + ": " + name + " is no " + kind + ": " + value);
                }
            });
        }
        assertThat(String.join("\n", wrong)).isEmpty();
    }

    @Test
    void category_type_kind_and_outcome_are_values_that_ecs_allows_together() throws IOException {
        Map<String, String> types = table("/ecs/types.tsv");
        TreeSet<String> wrong = new TreeSet<>();
        for (Fields.Sample sample : Fields.samples()) {
            Map<String, String> event = Fields.of(sample.format(), sample.text());
            // events that are ECS already keep what their sender said
            if (sample.format().equals("ecs-json") || event.isEmpty() || event.containsKey("malformed")) {
                continue;
            }
            String line = sample.text()
                    .substring(0, Math.min(160, sample.text().length()))
                    .replace('\n', ' ');
            if (!KINDS.contains(event.getOrDefault("event.kind", ""))) {
                wrong.add(sample.format() + ": event.kind " + event.get("event.kind") + " | " + line);
            }
            if (!Set.of("success", "failure", "unknown").contains(event.getOrDefault("event.outcome", "unknown"))) {
                wrong.add(sample.format() + ": event.outcome " + event.get("event.outcome"));
            }
            TreeSet<String> allowed = new TreeSet<>();
            List<String> categories = list(event.get("event.category"));
            for (String category : categories) {
                String row = types.get(category);
                if (row == null) {
                    wrong.add(sample.format() + ": event.category " + category);
                } else {
                    allowed.addAll(List.of(row.split(",")));
                }
            }
            for (String type : list(event.get("event.type"))) {
                if (!categories.isEmpty() && !allowed.contains(type)) {
                    wrong.add(sample.format() + ": event.type " + type + " of " + categories + " | " + line);
                }
            }
        }
        assertThat(String.join("\n", wrong)).isEmpty();
    }

    private static boolean right(String kind, String value) {
        return switch (kind) {
            case "ip" -> value.equals(Addresses.canonical(value).orElse(""));
            case "port" -> value.matches("\\d{1,5}") && Integer.parseInt(value) < 65_536;
            case "long" -> value.matches("-?\\d{1,18}");
            case "date" -> date(value);
            case "list" -> value.startsWith("[");
            case "bool" -> value.equals("true") || value.equals("false");
            default -> true;
        };
    }

    private static boolean date(String value) {
        try {
            return Instant.parse(value).getEpochSecond() > 0;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    private static List<String> list(@Nullable String json) throws IOException {
        return json == null ? List.of() : JSON.readerForListOf(String.class).readValue(json);
    }

    private static Map<String, String> table(String name) throws IOException {
        Map<String, String> table = new HashMap<>();
        try (InputStream in = EcsTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && line.indexOf('\t') > 0) {
                    table.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
                }
            }
        }
        return table;
    }
}
