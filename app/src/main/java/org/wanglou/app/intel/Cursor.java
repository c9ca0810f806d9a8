package org.wanglou.app.intel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.wanglou.rules.indicators.read.Json;

/** How far a feed has been read: words by key, in {@code .cursor.json} of its folder. Stateless. */
final class Cursor {
    private static final String FILE = ".cursor.json";

    private Cursor() {}

    static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> words = new TreeMap<>();
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            Json.mapper()
                    .readTree(file.toFile())
                    .properties()
                    .forEach(entry -> words.put(entry.getKey(), entry.getValue().asText()));
        }
        return words;
    }

    /** Durable when it returns: what it says has been read is on disk before. */
    static void write(Path folder, Map<String, String> words) throws IOException {
        ObjectNode object = Json.mapper().createObjectNode();
        words.forEach(object::put);
        Path fresh = folder.resolve(FILE + ".new");
        Files.writeString(fresh, object.toString());
        durable(fresh);
        Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void durable(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
