package org.wanglou.alerting.deadlines;

import java.util.Optional;
import org.wanglou.model.cases.Deadline;

/** How near a clock is to its end: a quarter of its time left, a tenth. */
enum Notice {
    QUARTER(4),
    TENTH(10);

    private final long part;

    Notice(long part) {
        this.part = part;
    }

    private long from(Deadline deadline) {
        return deadline.dueAt() - (deadline.dueAt() - deadline.startedAt()) / part;
    }

    /** The nearest notice that is reached, empty before the first and after the end. */
    static Optional<Notice> of(Deadline deadline, long now) {
        if (now >= deadline.dueAt()) {
            return Optional.empty();
        }
        return now >= TENTH.from(deadline)
                ? Optional.of(TENTH)
                : now >= QUARTER.from(deadline) ? Optional.of(QUARTER) : Optional.empty();
    }

    /** The next time at which something changes. */
    static long next(Deadline deadline, long now) {
        return now < QUARTER.from(deadline)
                ? QUARTER.from(deadline)
                : now < TENTH.from(deadline) ? TENTH.from(deadline) : deadline.dueAt();
    }
}
