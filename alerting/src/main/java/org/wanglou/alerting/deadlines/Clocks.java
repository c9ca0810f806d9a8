package org.wanglou.alerting.deadlines;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.model.Grade;
import org.wanglou.model.Snapshots;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Deadline.State;
import org.wanglou.model.registry.Asset;
import org.wanglou.rules.grading.DeadlineRow;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Sets the clocks of a case, inside the transaction of the decision that moves them.
 *
 * <p>A machine's grade gives expected limits of the first report (初报), counted from detection. A confirmed grade turns
 * them into running clocks, counted from 发现或获知 (国家网络安全事件报告管理办法 第四条), or cancels them; the end of handling
 * starts the clock of the final report (总结报告, 第八条). Each clock reads its own scheme only. What was met or missed stays
 * so. Immutable.
 */
public final class Clocks {
    private static final String FIRST = "first-report";
    private static final String FINAL = "final-report";

    private final Supplier<List<DeadlineRow>> rows;
    private final Snapshots snapshots;

    /** @param rows the table in force, such as {@code () -> tables.deadlines()} */
    public Clocks(Supplier<List<DeadlineRow>> rows, Snapshots snapshots) {
        this.rows = rows;
        this.snapshots = snapshots;
    }

    /**
     * Sets, moves or cancels expected limits by the grades as they are now. Clocks of a scheme that a person decided are
     * left.
     *
     * @param detectedAt when the tower detected it, milliseconds UTC
     */
    public void expect(Transaction tx, Case about, List<Grade> grades, long detectedAt) {
        Map<String, Deadline> present = present(tx, about.id());
        for (DeadlineRow row : valid(FIRST, detectedAt)) {
            if (decided(about, row)) {
                continue;
            }
            Deadline deadline = present.get(id(about, row));
            boolean owed = owed(row, grades, about);
            if (owed && (deadline == null || deadline.state() == State.CANCELLED)) {
                tx.putDeadline(started(about, row, detectedAt, State.EXPECTED));
            } else if (!owed && deadline != null && expected(deadline)) {
                tx.putDeadline(in(deadline, State.CANCELLED, 0, "建议级别已降低"));
            }
        }
    }

    /**
     * Starts the clocks that the confirmed grades call for and cancels those that they do not. Schemes nobody confirmed
     * keep their expected limits.
     */
    public void confirm(Transaction tx, Case about, String actor, long at) {
        Map<String, Deadline> present = present(tx, about.id());
        for (DeadlineRow row : valid(FIRST, about.learnedAt())) {
            Deadline deadline = present.get(id(about, row));
            boolean done = deadline != null && (deadline.state() == State.MET || deadline.state() == State.MISSED);
            if (!decided(about, row) || done) {
                continue;
            }
            if (owed(row, about.confirmed(), about)) {
                boolean same = deadline != null
                        && deadline.state() == State.RUNNING
                        && deadline.startedAt() == about.learnedAt();
                if (!same) {
                    run(tx, started(about, row, about.learnedAt(), State.RUNNING), about, actor, at);
                }
            } else if (deadline != null) {
                stop(tx, deadline, about, actor, at, "确认级别不触发该时限");
            }
        }
    }

    /** The handling ended: the final report is due from now on where the confirmed grade calls for one. */
    public void closed(Transaction tx, Case about, String actor, long at) {
        for (DeadlineRow row : valid(FINAL, at)) {
            if (owed(row, about.confirmed(), about)) {
                run(tx, started(about, row, at, State.RUNNING), about, actor, at);
            }
        }
    }

    /** The handling goes on: the final report's clock waits for its end again. */
    public void reopened(Transaction tx, Case about, String actor, long at) {
        for (DeadlineRow row : valid(FINAL, at)) {
            tx.deadlinesOf(about.id()).stream()
                    .filter(deadline -> deadline.id().equals(id(about, row)))
                    .forEach(deadline -> stop(tx, deadline, about, actor, at, "事件重新研判"));
        }
    }

    /** Cancels what is expected or running: the case is no incident of ours. */
    public void cancel(Transaction tx, Case about, String actor, long at, String why) {
        tx.deadlinesOf(about.id()).forEach(deadline -> stop(tx, deadline, about, actor, at, why));
    }

    private static void run(Transaction tx, Deadline running, Case about, String actor, long at) {
        tx.putDeadline(running);
        Seals.deadline(tx, "deadline.start", running, about.revision(), actor, at, "");
    }

    private static void stop(Transaction tx, Deadline deadline, Case about, String actor, long at, String why) {
        if (expected(deadline) || deadline.state() == State.RUNNING) {
            Deadline cancelled = in(deadline, State.CANCELLED, 0, why);
            tx.putDeadline(cancelled);
            if (deadline.state() == State.RUNNING) {
                Seals.deadline(tx, "deadline.cancel", cancelled, about.revision(), actor, at, why);
            }
        }
    }

    /** The deadline in another state. */
    public static Deadline in(Deadline deadline, State state, long metAt, String metHow) {
        return new Deadline(
                deadline.id(),
                deadline.caseId(),
                deadline.ruleId(),
                deadline.name(),
                deadline.scheme(),
                deadline.dutyHolder(),
                deadline.addressee(),
                deadline.clause(),
                deadline.verified(),
                deadline.startedAt(),
                deadline.dueAt(),
                state,
                metAt,
                metHow);
    }

    private static Deadline started(Case about, DeadlineRow row, long from, State state) {
        return new Deadline(
                id(about, row),
                about.id(),
                row.id(),
                row.kind().equals(FINAL) ? "总结报告" : "初报",
                row.scheme(),
                about.organization(),
                row.toWhom(),
                row.origin().source() + " " + row.origin().clause(),
                row.origin().verified(),
                from,
                from + row.limit().toMillis(),
                state,
                0,
                "");
    }

    private List<DeadlineRow> valid(String kind, long at) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(at), ZoneOffset.ofHours(8));
        return rows.get().stream()
                .filter(row -> row.kind().equals(kind) && row.origin().validOn(day))
                .toList();
    }

    private static boolean decided(Case about, DeadlineRow row) {
        return about.confirmed().stream().anyMatch(grade -> grade.scheme().equals(row.scheme()));
    }

    private boolean owed(DeadlineRow row, List<Grade> grades, Case about) {
        String operator = operator(about);
        return grades.stream()
                .anyMatch(grade -> grade.scheme().equals(row.scheme()) && row.binds(grade.value(), operator));
    }

    /** Whose duty it is (第四条): critical infrastructure goes before the kind of unit. */
    private String operator(Case about) {
        boolean critical = about.incident().assets().stream()
                .map(asset -> snapshots.registry().asset(asset.id()))
                .flatMap(Optional::stream)
                .anyMatch(Asset::critical);
        boolean ministry = snapshots
                .registry()
                .organization(about.organization())
                .filter(unit -> unit.kind().equals("ministry"))
                .isPresent();
        return critical ? "cii" : ministry ? "ministry" : "other";
    }

    private static boolean expected(Deadline deadline) {
        return deadline.state() == State.EXPECTED || deadline.state() == State.EXPECTED_PASSED;
    }

    private static Map<String, Deadline> present(Transaction tx, String caseId) {
        Map<String, Deadline> present = new HashMap<>();
        tx.deadlinesOf(caseId).forEach(deadline -> present.put(deadline.id(), deadline));
        return present;
    }

    private static String id(Case about, DeadlineRow row) {
        return about.id() + ":" + row.id();
    }
}
