package org.wanglou.alerting.deadlines;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.cases.CaseDraft;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.model.Meters;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Deadline.State;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Wakes when a clock is due. The rows are the truth: Quartz (memory store) only wakes one job, which looks at the rows,
 * and is idempotent, so a wake too many does nothing and a wake too few is made up by the one that comes each half minute.
 *
 * <p>An expected limit that passes is shown and is no breach; nothing of it is sealed. A running clock that passes is
 * MISSED and sealed. When a quarter, and again when a tenth of the time is left, the case is shown anew. Thread-safe.
 */
public final class Deadlines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);
    private static final int PAGE = 500;
    private static final int SAFETY_SECONDS = 30;
    private static final long NEAR_MILLIS = 25;
    private static final JobKey JOB = new JobKey("check", "deadlines");
    private static final TriggerKey NEXT = new TriggerKey("next", "deadlines");
    private static final String SELF = "deadlines";

    private final CaseDatabase database;
    private final Clock clock;
    private final Meters meters;
    private final Scheduler scheduler;

    public Deadlines(CaseDatabase database, Clock clock, Meters meters) {
        this.database = database;
        this.clock = clock;
        this.meters = meters;
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "alerting-clock-" + System.identityHashCode(this));
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.threadName", "alerting-clock-0");
        properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "alerting-clock");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        try {
            this.scheduler = new StdSchedulerFactory(properties).getScheduler();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not start", e);
        }
    }

    /** The job that Quartz makes by itself; it finds its deadlines in the scheduler's context. */
    @DisallowConcurrentExecution
    public static final class Check implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            try {
                Object deadlines = context.getScheduler().getContext().get(SELF);
                if (deadlines instanceof Deadlines self) {
                    self.wake();
                }
            } catch (SchedulerException e) {
                LOG.warn("clock check cannot read its scheduler", e);
            }
        }
    }

    public void start() {
        try {
            scheduler.getContext().put(SELF, this);
            JobDetail job = JobBuilder.newJob(Check.class)
                    .withIdentity(JOB)
                    .storeDurably()
                    .build();
            scheduler.addJob(job, true);
            scheduler.scheduleJob(TriggerBuilder.newTrigger()
                    .withIdentity("safety", "deadlines")
                    .forJob(JOB)
                    .startNow()
                    .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(SAFETY_SECONDS)
                            .withMisfireHandlingInstructionNextWithRemainingCount())
                    .build());
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not start", e);
        }
    }

    private void wake() {
        try {
            check();
            plan(nextWake());
        } catch (RuntimeException | SchedulerException e) {
            meters.counter("wanglou_alerting_clock_failed_total").increment();
            LOG.warn("clock check failed, is tried again within {} s", SAFETY_SECONDS, e);
        }
    }

    private void plan(OptionalLong next) throws SchedulerException {
        long delay = next.isPresent() ? Math.max(NEAR_MILLIS, next.getAsLong() - clock.millis()) : Long.MAX_VALUE;
        if (delay >= SAFETY_SECONDS * 1000L) {
            return; // the safety trigger comes first and plans again
        }
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(NEXT)
                .forJob(JOB)
                .startAt(new Date(System.currentTimeMillis() + delay))
                .build();
        if (scheduler.rescheduleJob(NEXT, trigger) == null) {
            scheduler.scheduleJob(trigger);
        }
    }

    /**
     * Marks what has passed and announces what approaches; returns how many rows changed. Idempotent.
     */
    public int check() {
        long now = clock.millis();
        int changed = 0;
        List<Deadline> due = database.transaction(tx -> tx.dueDeadlines(now, PAGE));
        while (!due.isEmpty()) {
            int before = changed;
            for (Deadline deadline : due) {
                changed += passed(deadline, now);
            }
            boolean more = due.size() == PAGE && changed > before;
            due = more ? database.transaction(tx -> tx.dueDeadlines(now, PAGE)) : List.of();
        }
        for (Deadline deadline : database.transaction(tx -> tx.dueDeadlines(Long.MAX_VALUE, PAGE))) {
            if (Notice.of(deadline, now).isPresent()) {
                changed += database.transaction(tx -> announce(tx, deadline, now));
            }
        }
        return changed;
    }

    private int passed(Deadline deadline, long now) {
        for (int attempt = 0; ; attempt++) {
            try {
                return database.transaction(tx -> pass(tx, deadline, now));
            } catch (CaseDatabase.Conflict e) {
                if (attempt == 5) {
                    throw e; // someone keeps changing that case; the next wake tries again
                }
            }
        }
    }

    private int pass(Transaction tx, Deadline stale, long now) {
        Deadline deadline = present(tx, stale).orElse(null);
        Case about = tx.caseById(stale.caseId()).orElse(null);
        if (deadline == null || about == null || deadline.dueAt() > now) {
            return 0;
        }
        boolean breach = deadline.state() == State.RUNNING;
        if (!breach && deadline.state() != State.EXPECTED) {
            return 0;
        }
        Deadline passed = Clocks.in(deadline, breach ? State.MISSED : State.EXPECTED_PASSED, 0, "");
        tx.putDeadline(passed);
        String words = breach ? "时限“" + deadline.name() + "”已超时" : "预计时限“" + deadline.name() + "”已过，事件尚未确认";
        Case after =
                new CaseDraft(about).note(Seals.MACHINE, now, "deadline", words).revised(now);
        tx.updateCase(after, about.revision());
        if (breach) {
            Seals.deadline(tx, "deadline.missed", passed, after.revision(), Seals.MACHINE, now, words);
        }
        tx.feed("deadline", deadline.id(), 0, now);
        tx.feed("case", after.id(), after.revision(), now);
        meters.counter("wanglou_alerting_deadlines_total", "result", breach ? "missed" : "expected_passed")
                .increment();
        LOG.warn("deadline passed id={} breach={}", deadline.id(), breach);
        return 1;
    }

    private static int announce(Transaction tx, Deadline stale, long now) {
        Deadline deadline = present(tx, stale).orElse(null);
        Notice notice = deadline == null ? null : Notice.of(deadline, now).orElse(null);
        if (deadline == null || notice == null) {
            return 0;
        }
        String name = "deadline.notice." + deadline.id();
        String said = deadline.state() + " " + deadline.dueAt() + " " + notice;
        if (tx.setting(name).filter(said::equals).isPresent()) {
            return 0;
        }
        tx.putSetting(name, said);
        tx.feed("deadline", deadline.id(), notice == Notice.TENTH ? 10 : 25, now);
        tx.caseById(deadline.caseId()).ifPresent(about -> tx.feed("case", about.id(), about.revision(), now));
        return 1;
    }

    private static Optional<Deadline> present(Transaction tx, Deadline stale) {
        return tx.deadlinesOf(stale.caseId()).stream()
                .filter(deadline -> deadline.id().equals(stale.id()))
                .filter(deadline -> deadline.state() == State.EXPECTED || deadline.state() == State.RUNNING)
                .findFirst();
    }

    /** When something is to be done next: a notice or a limit. */
    OptionalLong nextWake() {
        long now = clock.millis();
        return database.transaction(tx -> tx.dueDeadlines(Long.MAX_VALUE, PAGE)).stream()
                .mapToLong(deadline -> Notice.next(deadline, now))
                .min();
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            LOG.warn("Quartz does not stop", e);
        }
    }
}
