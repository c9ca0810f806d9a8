package org.wanglou.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The file {@code running} in the data directory: there while an instance runs, gone after an orderly stop. Found at a
 * start, it tells that the instance before ended without one, and that what it had taken by UDP or plain TCP and not yet
 * handed to Kafka is lost. Confined to its owner's thread.
 */
final class RunMarker {
    private final Path file;

    RunMarker(Path data) {
        this.file = data.resolve("running");
    }

    /**
     * Marks a run as begun.
     *
     * @return when the run before began, if it did not end in order; {@code Instant.EPOCH} when the file does not say
     */
    Optional<Instant> begin(Instant now) {
        try {
            Optional<Instant> left = Files.exists(file) ? Optional.of(began()) : Optional.empty();
            Files.writeString(file, now + "\n");
            return left;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Instant began() throws IOException {
        try {
            return Instant.parse(Files.readString(file).strip());
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** Marks the run as ended in order. */
    void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
