package org.wanglou.sensors.format.vary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** Events as flat maps of dotted names, for comparison; and the samples' frames. Pure but for reading files. */
final class Fields {
    static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    static final long NOW = Instant.parse("2026-11-24T03:00:00Z").toEpochMilli();
    private static final Path FOLDER = Path.of("src/test/resources/format");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fields() {}

    /** @param format the folder the sample stands in, which is its format's name */
    record Sample(String format, String text) {}

    /** Every frame of every sample that is text. */
    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".in")).sorted().toList()) {
                String name = file.getParent().getFileName().toString();
                Assembler assembler = Formats.named(name).orElseThrow().assembler();
                List<byte[]> frames = new ArrayList<>();
                for (String line : Files.readString(file).split("\n")) {
                    frames.addAll(assembler.add(line.getBytes(StandardCharsets.UTF_8)));
                }
                frames.addAll(assembler.end());
                for (byte[] frame : frames) {
                    String text = new String(frame, StandardCharsets.UTF_8);
                    if (!text.isBlank()) {
                        samples.add(new Sample(name, text));
                    }
                }
            }
        }
        return samples;
    }

    /** The first event's fields, or the one field {@code malformed}. */
    static Map<String, String> of(String format, byte[] frame, long received) {
        Format named = Formats.named(format).orElseThrow();
        Decoded decoded = named.decode(new Frame(frame, "192.0.2.1", received, "o", false), SHANGHAI);
        Map<String, String> fields = new TreeMap<>();
        if (decoded instanceof Decoded.Malformed malformed) {
            fields.put("malformed", malformed.reason());
        } else if (decoded instanceof Decoded.Events events && !events.events().isEmpty()) {
            Event.Builder event = events.events().get(0);
            event.set(Ecs.EVENT_ORIGINAL, null);
            try {
                flatten("", JSON.readTree(EventCodec.encode(event.build())), fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return fields;
    }

    static Map<String, String> of(String format, String text) {
        return of(format, text.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> fields) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(member -> flatten(
                            prefix.isEmpty() ? member.getKey() : prefix + '.' + member.getKey(),
                            member.getValue(),
                            fields));
        } else {
            fields.put(prefix, node.isArray() ? node.toString() : node.asText());
        }
    }
}
