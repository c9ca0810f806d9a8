package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Saves offsets when they have changed, and says when it is time to look: once a second. Confined to the tail's thread. */
final class OffsetSaving {
    private static final long EVERY_MILLIS = 1_000;

    private final Offsets offsets;
    private final Clock clock;
    private List<Offsets.Saved> last = List.of();
    private long at;

    OffsetSaving(Offsets offsets, Clock clock) {
        this.offsets = offsets;
        this.clock = clock;
    }

    List<Offsets.Saved> load() throws IOException {
        return offsets.load();
    }

    /** Nothing was ever saved. */
    boolean fresh() {
        return offsets.fresh();
    }

    boolean due() {
        return clock.millis() - at >= EVERY_MILLIS;
    }

    void save(List<Offsets.Saved> now) throws IOException {
        if (!now.equals(last) || offsets.fresh()) {
            offsets.save(now);
            last = now;
        }
        at = clock.millis();
    }
}
