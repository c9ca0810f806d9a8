package org.wanglou.alerting.playbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.cases.CaseDatabase.FeedRow;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Carries out plans. The case's opening begins one, in the same transaction; thread {@code playbook-0} then does a step in
 * one transaction with its journal line and ledger entry, hears of new plans through the change feed, and after a restart
 * looks through the open cases for plans that have not ended. Thread-safe.
 */
public final class PlaybookRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlaybookRunner.class);
    private static final String TOPIC = "playbook";
    private static final int MOST_CASES = 1_000;
    private static final long LOOK_MILLIS = 1_000;
    private static final int FEED_PAGE = 500;

    private final CaseDatabase database;
    private final Function<String, Optional<Playbook>> plans;
    private final Actions actions;
    private final Clock clock;
    private final Semaphore poked = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "playbook-0");
    private final Deque<String> pending = new ArrayDeque<>();
    private volatile boolean running = true;
    private long seen = -1;

    /** @param plans the plan by playbook id, from the packs in force */
    public PlaybookRunner(
            CaseDatabase database, Function<String, Optional<Playbook>> plans, Actions actions, Clock clock) {
        this.database = database;
        this.plans = plans;
        this.actions = actions;
        this.clock = clock;
    }

    /** Begins the plan of the case's incident, if it has one, in the caller's transaction. */
    public void begin(Transaction tx, Case opened, long now) {
        String id = opened.incident().playbook();
        Optional<Playbook> plan = id.isEmpty() ? Optional.empty() : plans.apply(id);
        if (plan.isEmpty() || plan.get().steps().isEmpty()) {
            return;
        }
        save(tx, opened.id(), new Journal(plan.get(), plan.get().steps().get(0).id(), List.of()));
        tx.feed(TOPIC, opened.id(), 0, now);
    }

    /** How far the case's plan has come, empty when it has none. */
    public Optional<Journal> journal(String caseId) {
        return database.transaction(tx -> load(tx, caseId));
    }

    /** What the plan would do for the case; nothing is done (试运行). */
    public List<Journal.Line> rehearse(Playbook plan, Case about) {
        List<Journal.Line> lines = new ArrayList<>();
        for (Playbook.Step step : plan.steps()) {
            Action.Outcome outcome = step.type().equals("action")
                    ? actions.named(step.action())
                            .map(action -> action.rehearse(step, about))
                            .orElseGet(() -> unknown(step))
                    : Action.Outcome.done("");
            lines.add(new Journal.Line(step.id(), step.name(), step.type(), outcome.state(), 0, outcome.result()));
        }
        return lines;
    }

    public void start() {
        database.onFeed(this::poke);
        thread.start();
    }

    private void poke() {
        if (poked.availablePermits() == 0) {
            poked.release();
        }
    }

    private void run() {
        while (running) {
            try {
                runPending();
            } catch (RuntimeException e) {
                LOG.warn("playbook step failed, is tried again", e);
            }
            try {
                if (poked.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    poked.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Carries on every plan that has not ended; returns how many steps were done. */
    public synchronized int runPending() {
        listen();
        int steps = 0;
        while (running && !pending.isEmpty()) {
            String caseId = pending.peek();
            while (running && database.transaction(tx -> step(tx, caseId))) {
                steps++;
            }
            pending.remove();
        }
        return steps;
    }

    private void listen() {
        if (seen < 0) {
            seen = database.transaction(Transaction::lastFeedSeq);
            List<String> open = Arrays.stream(CaseState.values())
                    .filter(CaseState::open)
                    .map(Enum::name)
                    .toList();
            CaseQuery query = new CaseQuery(List.of(), open, "", "", "", 0, Long.MAX_VALUE, "newest", 0, MOST_CASES);
            database.transaction(tx -> tx.cases(query).stream()
                            .map(Case::id)
                            .filter(id -> load(tx, id)
                                    .filter(journal -> !journal.ended())
                                    .isPresent())
                            .toList())
                    .forEach(pending::add);
        }
        List<FeedRow> rows;
        do {
            long after = seen;
            rows = database.transaction(tx -> tx.feedAfter(after, FEED_PAGE));
            for (FeedRow row : rows) {
                seen = row.seq();
                if (row.topic().equals(TOPIC) && !pending.contains(row.object())) {
                    pending.add(row.object());
                }
            }
        } while (rows.size() == FEED_PAGE);
    }

    /** Does one step; false when there is none left. */
    private boolean step(Transaction tx, String caseId) {
        Journal journal = load(tx, caseId).orElse(null);
        Case about = tx.caseById(caseId).orElse(null);
        if (journal == null || about == null || journal.ended()) {
            return false;
        }
        Playbook.Step step = journal.step(journal.next())
                .orElseThrow(
                        () -> new IllegalStateException("journal of " + caseId + " names a step that is not there"));
        long now = clock.millis();
        Action.Outcome outcome = step.type().equals("action")
                ? actions.named(step.action())
                        .map(action -> action.run(tx, step, about, now))
                        .orElseGet(() -> unknown(step))
                : Action.Outcome.done("");
        Journal after = journal.with(step, outcome.state(), now, outcome.result());
        save(tx, caseId, after);
        tx.oweEntry(
                "playbook.step",
                "playbook",
                caseId,
                after.lines().size(),
                about.organization(),
                Seals.MACHINE,
                now,
                Texts.canonical(Map.of(
                        "playbook", journal.plan().id(),
                        "caseId", caseId,
                        "line", after.lines().get(after.lines().size() - 1))),
                "");
        tx.feed("case", caseId, about.revision(), now);
        return true;
    }

    private static Action.Outcome unknown(Playbook.Step step) {
        return Action.Outcome.skipped("没有动作“" + step.action() + "”，请人工处理");
    }

    private static Optional<Journal> load(Transaction tx, String caseId) {
        return tx.setting(TOPIC + "." + caseId).map(json -> {
            try {
                return Jsons.read(json, Journal.class);
            } catch (IOException e) {
                throw new UncheckedIOException("journal of " + caseId + " cannot be read", e);
            }
        });
    }

    private static void save(Transaction tx, String caseId, Journal journal) {
        tx.putSetting(TOPIC + "." + caseId, Jsons.text(journal));
    }

    @Override
    public void close() {
        running = false;
        poke();
        if (thread.isAlive()) {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
