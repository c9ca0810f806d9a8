package org.wanglou.sensors.format.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Assembler;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** Inputs through a format, as {@code wanglou normalize} would have them. Pure but for reading files. */
final class Inputs {
    static final long RECEIVED = java.time.Instant.parse("2026-11-24T02:00:00Z").toEpochMilli();

    private Inputs() {}

    /** Where the data are, null when they are not there. */
    static @Nullable Path data() {
        for (Path from = Path.of("").toAbsolutePath(); from != null; from = from.getParent()) {
            Path data = from.resolve("../shared/data").normalize();
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return null;
    }

    static Format format(String name) {
        return Formats.named(name).orElseThrow(() -> new IllegalStateException("no format " + name));
    }

    static Decoded decode(Format format, byte[] bytes, ZoneId zone) {
        return format.decode(new Frame(bytes, "192.0.2.1", RECEIVED, "o", false), zone);
    }

    /** The first event of one input, null when it is malformed. */
    static Event.@Nullable Builder event(String format, String input, ZoneId zone) {
        Decoded decoded = decode(format(format), input.getBytes(java.nio.charset.StandardCharsets.UTF_8), zone);
        return decoded instanceof Decoded.Events events && !events.events().isEmpty()
                ? events.events().get(0)
                : null;
    }

    /** Frames of a file by the offset of their first line. */
    static TreeMap<Long, byte[]> frames(Path file, Format format) throws IOException {
        byte[] all = Files.readAllBytes(file);
        // The expected answers know one event a line of the audit trail; a group gives the same events together.
        Assembler assembler = format.name().equals("auditd") ? Assembler.NONE : format.assembler();
        TreeMap<Long, byte[]> frames = new TreeMap<>();
        Assembler.Groups groups = (bytes, tags, cut) -> {
            if (bytes.length > 0) {
                frames.put(tags[0], bytes);
            }
        };
        int from = 0;
        while (from < all.length) {
            int end = from;
            while (end < all.length && all[end] != '\n') {
                end++;
            }
            int to = end > from && all[end - 1] == '\r' ? end - 1 : end;
            assembler.add(java.util.Arrays.copyOfRange(all, from, to), from, groups);
            from = end + 1;
        }
        assembler.end(groups);
        return frames;
    }
}
