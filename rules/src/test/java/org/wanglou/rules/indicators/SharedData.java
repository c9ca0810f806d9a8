package org.wanglou.rules.indicators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Conformance data of others, beside the project ({@code ../shared/data}); read in place, never copied. */
final class SharedData {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private SharedData() {}

    /** A file or folder of them; empty, with a word on the console, when they are not there. */
    static Optional<Path> at(String name) {
        for (Path from = Path.of("").toAbsolutePath(); from != null; from = from.getParent()) {
            Path file = from.resolve("../shared/data").normalize().resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        System.out.println("conformance: " + name + " skipped, it is not beside the project (../shared/data)");
        return Optional.empty();
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
