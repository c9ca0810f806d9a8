package org.wanglou.app.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import org.wanglou.rules.sigma.reach.ProducedFields;

class FieldTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLES = Path.of("../sensors/src/test/resources/format");
    private static final Path TABLE = Path.of("../rules/src/main/resources/pipelines/fields.tsv");

    @Test
    void the_table_of_fields_is_what_the_samples_of_the_formats_hold() throws IOException {
        String table = ProducedFields.table(samples());
        if (Boolean.getBoolean("wanglou.write")) {
            Files.writeString(TABLE, table);
        }
        assertThat(Pipelines.resource("fields.tsv"))
                .as("run this test with -Dwanglou.write=true after changing a sample")
                .isEqualTo(table);
    }

    static List<Event> samples() throws IOException {
        List<Event> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ecs.json"))
                    .sorted()
                    .toList()) {
                try (MappingIterator<JsonNode> documents =
                        JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
                    while (documents.hasNext()) {
                        JsonNode document = documents.next();
                        if (document.isArray()) {
                            document.forEach(one -> samples.add(event(one)));
                        } else {
                            samples.add(event(document));
                        }
                    }
                }
            }
        }
        samples.addAll(FieldInputs.events());
        return samples;
    }

    private static Event event(JsonNode document) {
        Event.Builder event = Event.builder();
        fill(event, "", document);
        return event.build();
    }

    private static void fill(Event.Builder event, String prefix, JsonNode node) {
        node.fields().forEachRemaining(field -> {
            String name = prefix + field.getKey();
            if (field.getValue().isObject()) {
                fill(event, name + ".", field.getValue());
            } else {
                event.set(name, field.getValue().isTextual() ? field.getValue().asText() : "x");
            }
        });
    }
}
