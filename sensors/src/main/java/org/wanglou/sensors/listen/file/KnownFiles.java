package org.wanglou.sensors.listen.file;

import java.util.Comparator;
import java.util.List;

/** Bounds what is kept of the files of a source: 1,024 that are gone, 256 that are open. Confined to the tail's thread. */
final class KnownFiles {
    private static final int MOST_REMEMBERED = 1_024;
    private static final int MOST_OPEN = 256;

    private KnownFiles() {}

    /** Forgets the oldest files that are gone, and closes the quietest that have been read to their end. */
    static void bound(List<TrackedFile> tracked) {
        int gone = 0;
        int open = 0;
        for (TrackedFile file : tracked) {
            gone += file.present || file.open() || file.inFlight() > 0 ? 0 : 1;
            open += file.open() ? 1 : 0;
        }
        for (int i = 0; gone > MOST_REMEMBERED && i < tracked.size(); ) {
            TrackedFile file = tracked.get(i);
            if (!file.present && !file.open() && file.inFlight() == 0) {
                tracked.remove(i);
                gone--;
            } else {
                i++;
            }
        }
        if (open > MOST_OPEN) {
            tracked.stream()
                    .filter(file -> file.open() && file.present && file.lines.position() == file.size)
                    .sorted(Comparator.comparingLong(file -> file.active))
                    .limit(open - MOST_OPEN)
                    .forEach(TrackedFile::close);
        }
    }
}
