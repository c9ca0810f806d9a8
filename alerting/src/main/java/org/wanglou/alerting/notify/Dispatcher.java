package org.wanglou.alerting.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.evidence.Seals;
import org.wanglou.model.Meters;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Sends what is owed. Thread {@code notify-0} looks for due messages when poked and twice a second, puts them into lanes
 * by target, and lets at most 32 threads {@code notify-send-n} send them.
 *
 * <p>A message is delivered, and its ledger entries are owed, in one transaction after the receiver has answered. A crash
 * between answer and transaction sends the same bytes with the same id again: at least once, and the receiver tells
 * repeats by the id. A failed attempt is written down with the time of the next; one that is given up is DEAD and shown
 * until a person tries again. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int PAGE = 256;
    private static final int LONGEST_PAGE = 4096;
    private static final int MOST_SENDERS = 32;
    private static final long LOOK_MILLIS = 500;
    private static final long POSTPONE_MILLIS = 60_000;
    private static final long REST_NANOS = 1_000_000_000L;
    private static final String COUNTER = "wanglou_alerting_messages_total";

    private final CaseDatabase database;
    private final Notifiers notifiers;
    private final Backoff backoff;
    private final Clock clock;
    private final RandomGenerator random;
    private final Meters meters;
    private final Lanes lanes = new Lanes();
    private final Semaphore poked = new Semaphore(0);
    private final AtomicInteger senders = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "notify-0");
    private final ExecutorService sending;
    private volatile boolean running = true;
    private volatile String trouble = "";

    /** @param random spreads the pauses; a seeded one makes them repeatable */
    public Dispatcher(
            CaseDatabase database,
            Notifiers notifiers,
            Backoff backoff,
            Clock clock,
            RandomGenerator random,
            Meters meters) {
        this.database = database;
        this.notifiers = notifiers;
        this.backoff = backoff;
        this.clock = clock;
        this.random = random;
        this.meters = meters;
        AtomicInteger number = new AtomicInteger();
        this.sending = new ThreadPoolExecutor(0, MOST_SENDERS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread sender = new Thread(task, "notify-send-" + number.getAndIncrement());
            sender.setDaemon(true);
            return sender;
        });
        meters.gauge("wanglou_alerting_messages_in_hand", lanes::inHand);
    }

    /** Starts the thread; from then on each commit that writes a feed row wakes it. */
    public void start() {
        database.onFeed(this::poke);
        thread.start();
        LOG.info("dispatcher started");
    }

    /** Something was owed: look now. Cheap, from any thread. */
    public void poke() {
        if (poked.availablePermits() == 0) {
            poked.release();
        }
    }

    /** Empty when well, otherwise why nothing can be looked up. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        while (running) {
            try {
                look();
                trouble = "";
            } catch (RuntimeException e) {
                if (trouble.isEmpty()) {
                    LOG.warn("dispatcher cannot read what is owed, tries on", e);
                }
                trouble = e.toString();
                meters.counter("wanglou_alerting_dispatch_failed_total").increment();
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

    private void look() {
        int page = Math.min(LONGEST_PAGE, PAGE + lanes.inHand());
        long now = clock.millis();
        List<Message> due = database.transaction(tx -> tx.dueMessages(now, page));
        List<Message> postponed = new ArrayList<>();
        for (Message message : due) {
            if (lanes.offer(message) == Lanes.Offer.FULL_AND_TROUBLED) {
                postponed.add(message);
            }
        }
        if (due.size() == LONGEST_PAGE && !postponed.isEmpty()) {
            // The oldest page belongs to receivers in trouble: step aside, or nobody behind them would ever be seen.
            postpone(postponed, now + POSTPONE_MILLIS);
        }
        lanes.enlist(System.nanoTime(), MOST_SENDERS - senders.get()).forEach((target, count) -> {
            for (int i = 0; i < count; i++) {
                enlist(target);
            }
        });
    }

    private void enlist(String target) {
        senders.incrementAndGet();
        try {
            sending.execute(() -> {
                try {
                    drain(target);
                } finally {
                    senders.decrementAndGet();
                    poke();
                }
            });
        } catch (RejectedExecutionException e) {
            senders.decrementAndGet();
            lanes.rest(target, System.nanoTime() + REST_NANOS / 10);
            leave(target);
        }
    }

    /** Gives back a sender's place that was never used. */
    private void leave(String target) {
        Optional<Message> none = lanes.take(target);
        none.ifPresent(message -> lanes.done(message, false));
    }

    private void drain(String target) {
        for (Optional<Message> next = lanes.take(target); next.isPresent(); next = lanes.take(target)) {
            Message message = next.get();
            boolean troubled = false;
            try {
                Optional<Message> present = running ? stillDue(message.id()) : Optional.empty();
                if (present.isPresent()) {
                    troubled = true;
                    Delivery delivery = attempt(present.get());
                    String result = database.transaction(tx -> mark(tx, message.id(), delivery));
                    meters.counter(COUNTER, "result", result).increment();
                    troubled = delivery.outcome() != Delivery.Outcome.TAKEN;
                }
            } catch (RuntimeException e) {
                // Not marked: it stays owed and goes out again under the same id.
                meters.counter("wanglou_alerting_dispatch_failed_total").increment();
                LOG.warn("attempt was not recorded, message stays owed id={}", message.id(), e);
                lanes.rest(target, System.nanoTime() + REST_NANOS);
            } finally {
                lanes.done(message, troubled);
            }
        }
    }

    /**
     * The message as it is now, if it is still due. What was read as due may have been sent between that reading and its
     * coming into hand; from then on nobody else sends it, so this look is the one that counts.
     */
    private Optional<Message> stillDue(String id) {
        long now = clock.millis();
        return database.transaction(tx ->
                tx.message(id).filter(message -> message.state() == Message.State.OWED && message.nextAt() <= now));
    }

    private Delivery attempt(Message message) {
        Optional<Notifier> notifier = notifiers.of(message.notifier());
        return notifier.isPresent()
                ? notifier.get().send(message, Instant.ofEpochMilli(clock.millis()))
                : Delivery.never("no notifier of kind " + message.notifier());
    }

    /** Writes down how the attempt ended, in words for the counter. */
    private String mark(Transaction tx, String id, Delivery delivery) {
        Message owed = tx.message(id).orElse(null);
        if (owed == null || owed.state() != Message.State.OWED) {
            return "superfluous";
        }
        long now = clock.millis();
        int attempts = owed.attempts() + 1;
        long pause = Math.max(
                backoff.pause(attempts, random).toMillis(),
                delivery.retryAfter().toMillis());
        Message.State state = delivery.outcome() == Delivery.Outcome.TAKEN
                ? Message.State.DELIVERED
                : delivery.outcome() == Delivery.Outcome.NEVER
                                || backoff.exhausted(attempts, owed.createdAt(), now + pause)
                        ? Message.State.DEAD
                        : Message.State.OWED;
        Message marked = with(owed, state, attempts, now, now + pause, delivery.answer());
        tx.updateMessage(marked);
        Optional<Case> about = tx.caseById(owed.caseId());
        String organization = about.map(Case::organization).orElse("unassigned");
        if (state == Message.State.DELIVERED) {
            Seals.sent(tx, marked, organization, now);
            Seals.receipt(tx, marked, organization, now, delivery.answer(), delivery.answerSm3());
        } else if (state == Message.State.DEAD) {
            Seals.attempt(tx, "notification.dead", marked, organization, Seals.MACHINE, now, delivery.answer());
        }
        tx.feed("message", id, attempts, now);
        about.ifPresent(known -> tx.feed("case", known.id(), known.revision(), now));
        return state == Message.State.DELIVERED ? "delivered" : state == Message.State.DEAD ? "dead" : "failed";
    }

    private static Message with(Message owed, Message.State state, int attempts, long now, long nextAt, String answer) {
        return new Message(
                owed.id(),
                owed.incidentId(),
                owed.caseId(),
                owed.reason(),
                owed.route(),
                owed.notifier(),
                owed.target(),
                owed.body(),
                owed.bodySm3(),
                state,
                attempts,
                nextAt,
                owed.createdAt(),
                state == Message.State.DELIVERED ? now : 0,
                answer);
    }

    private void postpone(List<Message> messages, long until) {
        database.transaction(tx -> {
            for (Message stale : messages) {
                tx.message(stale.id())
                        .filter(message -> message.state() == Message.State.OWED)
                        .ifPresent(message -> tx.updateMessage(
                                with(message, Message.State.OWED, message.attempts(), 0, until, message.answer())));
            }
            return messages.size();
        });
        meters.counter("wanglou_alerting_messages_postponed_total").add(messages.size());
    }

    /** Lets attempts under way end, for at most twelve seconds. */
    @Override
    public void close() {
        running = false;
        poke();
        sending.shutdown();
        try {
            if (thread.isAlive()) {
                thread.join(2_000);
            }
            if (!sending.awaitTermination(12, TimeUnit.SECONDS)) {
                sending.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("dispatcher stopped");
    }
}
