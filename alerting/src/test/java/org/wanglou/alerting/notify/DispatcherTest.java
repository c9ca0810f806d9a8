package org.wanglou.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.Given;
import org.wanglou.alerting.cases.Actor;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.alerting.notify.webhook.Receiver;
import org.wanglou.alerting.notify.webhook.ReceiverVerifier;
import org.wanglou.alerting.notify.webhook.SsrfGuard;
import org.wanglou.alerting.notify.webhook.WebhookNotifier;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/** Fault tests FT-18 to FT-21 of the outbox, with real receivers and the system's clock. */
class DispatcherTest {
    private static final KeyPair KEY = Keys.generate();
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(200), 2, Duration.ofSeconds(2), 5, Duration.ofHours(1));

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    /** The dispatcher reads the system's clock, so what is owed to it must not be of a day in the past. */
    private Given now(Given given) {
        given.clock.forward(Duration.between(given.clock.instant(), Instant.now()));
        return closing(given);
    }

    private Dispatcher dispatcher(Given given, CaseDatabase database, Backoff backoff, Receiver... receivers) {
        SsrfGuard guard = new SsrfGuard(
                java.util.Arrays.stream(receivers).map(Receiver::hostPort).toList(),
                host -> List.of(InetAddress.getLoopbackAddress()));
        WebhookNotifier webhook = closing(new WebhookNotifier(
                guard, route -> Optional.of(Given.SECRET), Sm2Signer.of(KEY.getPrivate()), (SSLSocketFactory)
                        SSLSocketFactory.getDefault()));
        Dispatcher dispatcher = closing(new Dispatcher(
                database, new Notifiers(webhook), backoff, Clock.systemUTC(), new Random(7), given.meters));
        dispatcher.start();
        return dispatcher;
    }

    @Test
    void a_message_reaches_its_receiver_verifies_and_its_digest_is_owed_to_the_ledger() {
        Receiver receiver = closing(new Receiver(Receiver.OK));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        dispatcher(given, given.database, QUICK, receiver);

        given.arrive(Given.incident("a1"));

        Message delivered = delivered(given, "a1");
        assertThat(delivered.attempts()).isEqualTo(1);
        assertThat(delivered.deliveredAt()).isPositive();
        Receiver.Request request = receiver.requests.get(0);
        assertThat(new ReceiverVerifier(Given.SECRET, List.of(new Sm2Verifier(KEY.getPublic())))
                        .verify(request.headers(), request.body(), System.currentTimeMillis())
                        .problem())
                .isEmpty();
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).contains("203.0.113.7");
        List<OwedEntry> entries = given.database.transaction(tx -> tx.owedEntries(100));
        assertThat(entries)
                .filteredOn(entry -> entry.type().startsWith("notification."))
                .extracting(OwedEntry::type)
                .containsExactly("notification.sent", "notification.receipt");
        assertThat(entries)
                .filteredOn(entry -> entry.type().equals("notification.sent"))
                .allSatisfy(entry -> assertThat(entry.bodySm3()).isEqualTo(Sm3.hex(request.body())));
    }

    @Test
    void after_an_error_500_the_schedule_is_honoured_and_there_is_one_success() {
        Receiver receiver = closing(new Receiver(Receiver.OK)
                .first(Receiver.status(500, ""), Receiver.status(500, ""), Receiver.status(500, "")));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        dispatcher(given, given.database, QUICK, receiver);

        given.arrive(Given.incident("a1"));

        assertThat(delivered(given, "a1").attempts()).isEqualTo(4);
        List<Receiver.Request> requests = receiver.requests;
        assertThat(requests).hasSize(4);
        long expected = 200;
        for (int i = 1; i < 4; i++) {
            // Not before the shortest spread; afterwards as soon as the machine finds time.
            assertThat(requests.get(i).atMillis() - requests.get(i - 1).atMillis())
                    .isGreaterThanOrEqualTo((long) (expected * 0.8) - 5);
            expected *= 2;
        }
        assertThat(requests)
                .extracting(request -> request.headers().get("webhook-id"))
                .containsOnly(Outbox.messageId("a1", "opened", "r1"));
        assertThat(given.meters.counts())
                .containsEntry("wanglou_alerting_messages_total{result=\"failed\"}", 3L)
                .containsEntry("wanglou_alerting_messages_total{result=\"delivered\"}", 1L);
    }

    @Test
    void a_silent_receiver_does_not_hold_the_others() {
        Receiver slow = closing(new Receiver(Receiver.SILENT));
        Receiver good = closing(new Receiver(Receiver.OK));
        Given given = now(new Given(folder, Given.route("r1", slow.url()), Given.route("r2", good.url())));
        dispatcher(given, given.database, QUICK, slow, good);

        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            given.arrive(Given.incident("a" + i));
        }

        // In one queue the silent receiver's twenty messages would take a hundred seconds of everybody's time.
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(good.requests).hasSize(20));
        long rounds = 1 + Duration.ofNanos(System.nanoTime() - start).toSeconds() / 10;
        assertThat(slow.requests.size()).isLessThanOrEqualTo((int) (Lanes.SENDERS * rounds));
    }

    @Test
    void a_connection_reset_after_processing_is_repeated_under_the_same_id() {
        Receiver receiver = closing(new Receiver(Receiver.OK).first(Receiver.RESET, Receiver.RESET));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        dispatcher(given, given.database, QUICK, receiver);

        given.arrive(Given.incident("a1"));

        assertThat(delivered(given, "a1").attempts()).isEqualTo(3);
        assertThat(receiver.requests)
                .hasSize(3)
                .extracting(request -> request.headers().get("webhook-id"))
                .containsOnly(Outbox.messageId("a1", "opened", "r1"));
        assertThat(receiver.requests)
                .extracting(request -> Sm3.hex(request.body()))
                .containsOnly(Sm3.hex(receiver.requests.get(0).body()));
    }

    @Test
    void a_crash_between_answer_and_mark_sends_again_under_the_same_id_and_loses_nothing() {
        Receiver receiver = closing(new Receiver(Receiver.OK));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        MarkFails crashing = new MarkFails(given.database, receiver, new AtomicInteger(3));
        dispatcher(given, crashing, QUICK, receiver);

        given.arrive(Given.incident("a1"));

        Message delivered = delivered(given, "a1");
        assertThat(delivered.attempts()).isEqualTo(1);
        assertThat(receiver.requests)
                .hasSize(4)
                .extracting(request -> request.headers().get("webhook-id"))
                .containsOnly(delivered.id());
        assertThat(given.database.<List<OwedEntry>>transaction(tx -> tx.owedEntries(100)))
                .filteredOn(entry -> entry.type().equals("notification.sent"))
                .hasSize(1);
    }

    @Test
    void what_is_given_up_is_dead_and_visible_until_a_person_tries_again() {
        Receiver receiver = closing(new Receiver(Receiver.status(500, "")));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        Backoff twice = new Backoff(Duration.ofMillis(50), 1, Duration.ofMillis(50), 2, Duration.ofHours(1));
        dispatcher(given, given.database, twice, receiver);
        given.arrive(Given.incident("a1"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(message(given, "a1").state()).isEqualTo(Message.State.DEAD));
        assertThat(message(given, "a1").answer()).contains("500");
        assertThat(receiver.requests).hasSize(2);

        receiver.usually(Receiver.OK);
        Actor zhang = new Actor("zhang", "operator", "");
        given.desk.retry(zhang, message(given, "a1").id());

        delivered(given, "a1");
        assertThatThrownBy(() -> given.desk.retry(zhang, message(given, "a1").id()))
                .isInstanceOf(Refused.class);
        assertThat(given.database.<List<OwedEntry>>transaction(tx -> tx.owedEntries(100)).stream()
                        .map(OwedEntry::type))
                .containsSubsequence("notification.dead", "notification.retry", "notification.sent");
    }

    @Test
    void a_storm_of_replays_gives_each_receiver_each_message_once() {
        Receiver receiver = closing(new Receiver(Receiver.OK));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        dispatcher(given, given.database, QUICK, receiver);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 40; i++) {
                given.arrive(Given.incident("a" + i));
            }
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        given.database.transaction(tx -> tx.countMessages()).get(Message.State.DELIVERED))
                .isEqualTo(40L));
        assertThat(receiver.requests)
                .extracting(request -> request.headers().get("webhook-id"))
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    @Test
    void a_look_that_was_overtaken_by_a_delivery_sends_nothing_again() {
        Receiver receiver = closing(new Receiver(Receiver.OK));
        Given given = now(new Given(folder, Given.route("r1", receiver.url())));
        StaleLook stale = new StaleLook(given.database, new AtomicReference<>(List.of()), new AtomicInteger());
        Dispatcher dispatcher = dispatcher(given, stale, QUICK, receiver);

        given.arrive(Given.incident("a1"));
        delivered(given, "a1");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            dispatcher.poke();
            assertThat(stale.served()).hasValueGreaterThanOrEqualTo(5);
        });
        given.arrive(Given.incident("a2"));
        delivered(given, "a2");

        assertThat(receiver.requests)
                .extracting(request -> request.headers().get("webhook-id"))
                .containsExactly(Outbox.messageId("a1", "opened", "r1"), Outbox.messageId("a2", "opened", "r1"));
    }

    private static Message delivered(Given given, String incidentId) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(message(given, incidentId).state()).isEqualTo(Message.State.DELIVERED));
        return message(given, incidentId);
    }

    private static Message message(Given given, String incidentId) {
        Case about = given.database
                .<Optional<Case>>transaction(tx -> tx.caseOfIncident(incidentId))
                .orElseThrow();
        return given.database.transaction(tx -> tx.messagesOf(about.id())).get(0);
    }

    /** Rolls back what follows a delivery, some times: the process died before its commit. */
    private record MarkFails(CaseDatabase behind, Receiver receiver, AtomicInteger times) implements CaseDatabase {
        @Override
        public <T> T transaction(Function<Transaction, T> work) {
            return behind.transaction(tx -> {
                T result = work.apply(tx);
                if (result instanceof String && times.getAndDecrement() > 0) {
                    throw new IllegalStateException("crash before commit");
                }
                return result;
            });
        }

        @Override
        public void onFeed(Runnable poke) {
            behind.onFeed(poke);
        }

        @Override
        public void close() {}
    }

    /** Answers an empty look at what is due with the last one that was not, as if it had been read just before. */
    private record StaleLook(CaseDatabase behind, AtomicReference<List<?>> last, AtomicInteger served)
            implements CaseDatabase {
        @Override
        @SuppressWarnings("unchecked") // both are the same look's results
        public <T> T transaction(Function<Transaction, T> work) {
            T result = behind.transaction(work);
            if (result instanceof List<?> due) {
                if (due.isEmpty() && !last.get().isEmpty()) {
                    served.incrementAndGet();
                    return (T) last.get();
                }
                last.set(due);
            }
            return result;
        }

        @Override
        public void onFeed(Runnable poke) {
            behind.onFeed(poke);
        }

        @Override
        public void close() {}
    }
}
