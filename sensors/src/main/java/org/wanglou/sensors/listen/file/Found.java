package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file as the file system shows it now. Immutable.
 *
 * @param key the file system's key, which stays over a rename; where there is none, its path
 * @param modified milliseconds UTC
 */
record Found(FileSet.Candidate candidate, String key, long size, long modified) {
    /** Empty when it is gone since it was listed. */
    static Optional<Found> look(FileSet.Candidate candidate) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(candidate.path(), BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return Optional.of(new Found(
                    candidate,
                    key == null ? "path " + candidate.path() : key.toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
