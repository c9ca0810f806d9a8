package org.wanglou.sensors.listen.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wanglou.sensors.listen.Joining;

/** Bounds the groups of lines that are open in all files of a source: 64. Confined to the tail's thread. */
final class OpenGroups {
    private static final int MOST = 64;

    private OpenGroups() {}

    /** Closes groups of files that are closed, and the oldest ones when too many are open. */
    static void close(List<TrackedFile> files, Joining joining) {
        List<TrackedFile> open = new ArrayList<>();
        for (TrackedFile file : files) {
            if (file.pending() > 0 && !file.open()) {
                file.endGroup(false);
            } else if (file.pending() > 0) {
                open.add(file);
            }
        }
        if (open.size() > MOST) {
            open.sort(Comparator.comparingLong(file -> file.active));
            for (TrackedFile file : open.subList(0, open.size() - MOST)) {
                joining.early().increment();
                file.endGroup(true);
            }
        }
    }
}
