package org.wanglou.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Follows references to secrets: {@code ${NAME}} to an environment variable, {@code file:PATH} to a file of 4 KiB at
 * most. A secret written into the file itself is refused, and no message ever quotes one. Immutable.
 */
final class Secrets {
    private static final long LARGEST = 4096;
    private static final String FILE = "file:";

    private final Map<String, String> environment;
    private final Path base;

    /** @param base directory from which relative paths count */
    Secrets(Map<String, String> environment, Path base) {
        this.environment = Map.copyOf(environment);
        this.base = base;
    }

    /** The secret at that key; empty when the key is absent or the reference leads nowhere, which is then a problem. */
    Optional<String> read(Section section, String word) {
        String reference = section.raw(word);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        if (reference.matches("\\$\\{[A-Za-z_][A-Za-z0-9_]*}")) {
            String name = reference.substring(2, reference.length() - 1);
            String value = environment.get(name);
            if (value == null || value.isEmpty()) {
                section.problem(word, "the environment variable " + name + " is not set", "set it before the start");
                return Optional.empty();
            }
            return Optional.of(value);
        }
        if (reference.startsWith(FILE)) {
            return file(section, word, base.resolve(reference.substring(FILE.length())));
        }
        section.problem(
                word,
                "a secret stands in the file itself",
                "take it out, make a new one, and write ${NAME} of an environment variable or file:PATH");
        return Optional.empty();
    }

    private static Optional<String> file(Section section, String word, Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                section.problem(word, path + " is larger than 4 KiB", "name a file that holds the secret alone");
                return Optional.empty();
            }
            String value = Files.readString(path).strip();
            if (value.isEmpty()) {
                section.problem(word, path + " is empty", "put the secret into it");
                return Optional.empty();
            }
            return Optional.of(value);
        } catch (IOException e) {
            section.problem(word, path + " cannot be read", "check the path and that this user may read it");
            return Optional.empty();
        }
    }
}
