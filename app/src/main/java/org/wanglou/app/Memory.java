package org.wanglou.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of this process as the kernel counts it (proc(5), status). */
final class Memory {
    private Memory() {}

    /** Bytes resident now; 0 where the system does not tell. */
    static long residentBytes() {
        return Math.max(0, kibibytes("VmRSS:")) * 1024;
    }

    /** The peak in MiB; -1 where the system does not tell. */
    static long peakMebibytes() {
        long peak = kibibytes("VmHWM:");
        return peak < 0 ? -1 : peak / 1024;
    }

    private static long kibibytes(String field) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith(field)) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }
}
