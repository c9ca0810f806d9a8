package org.wanglou.sensors.listen.file;

import java.util.Comparator;

/** What tells one file from another. Pure. */
final class Resemblance {
    private Resemblance() {}

    /** Whether a file's beginning is long enough to know it by: a first line, or as many bytes as name it. */
    static boolean firstLine(byte[] head) {
        if (head.length >= TrackedFile.START) {
            return true;
        }
        for (byte b : head) {
            if (b == '\n') {
                return true;
            }
        }
        return false;
    }

    /** The same key first, then the same path, then the one that is known best. */
    static Comparator<TrackedFile> nearer(Found found) {
        return Comparator.comparing((TrackedFile file) -> !file.key.equals(found.key()))
                .thenComparing(file -> !file.path.equals(found.candidate().path()))
                .thenComparing(file -> -file.committed());
    }
}
