package org.wanglou.bench.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/**
 * An ECS document to the same event as the format {@code ecs-json} makes of it, the usual way: Jackson's tree, then a walk
 * over it. What the format is compared with; {@link ParseRun} asserts first that both give equal events.
 */
final class JacksonEvent {
    private final ObjectMapper mapper = new ObjectMapper();

    Event read(byte[] line) throws IOException {
        Event.Builder event = Event.builder();
        walk("", mapper.readTree(line), event);
        return event.set(Ecs.EVENT_ORIGINAL, new String(line, StandardCharsets.UTF_8))
                .build();
    }

    private static void walk(String prefix, JsonNode object, Event.Builder event) {
        for (Iterator<Map.Entry<String, JsonNode>> members = object.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            String name = prefix.isEmpty() ? member.getKey() : prefix + '.' + member.getKey();
            JsonNode value = member.getValue();
            if (value.isObject()) {
                walk(name, value, event);
            } else {
                put(name, value, event);
            }
        }
    }

    private static void put(String name, JsonNode value, Event.Builder event) {
        Optional<Field> field = Ecs.named(name);
        if (field.isPresent() && field.get().type() == Field.Type.TIME) {
            event.set(field.get(), Instant.parse(value.textValue()).toEpochMilli());
        } else if (value.isArray()) {
            List<Object> list = new ArrayList<>(value.size());
            value.forEach(item -> list.add(item.asText()));
            event.set(name, list);
        } else if (value.isNumber()) {
            event.set(name, value.longValue());
        } else {
            event.set(name, value.textValue());
        }
    }
}
