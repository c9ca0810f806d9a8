package org.wanglou.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.wanglou.alerting.Given;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.cases.Message;

/** What every notifier must keep: exact bytes, retryable and lasting failures told apart, a bound on time, no throw. */
public abstract class NotifierContract {
    protected static final String BODY = "{\"title\":\"口令猜测\\u2028 <b>\"}";

    /** A notifier whose receiver takes everything. */
    protected abstract Notifier notifier();

    /** A target that takes the message. */
    protected abstract String good();

    /** A target that fails for now. */
    protected abstract String failingForNow();

    /** A target that can never take it. */
    protected abstract String failingForGood();

    /** A target that never answers. */
    protected abstract String silent();

    /** The bytes that the good receiver got last. */
    protected abstract byte[] received();

    @Test
    void the_receiver_gets_exactly_the_bytes_that_were_owed() {
        Delivery delivery = notifier().send(message(notifier().kind(), good()), now());
        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.TAKEN);
        assertThat(received()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(delivery.answer()).isNotBlank().hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void a_passing_failure_asks_for_later_and_a_lasting_one_for_never() {
        assertThat(notifier()
                        .send(message(notifier().kind(), failingForNow()), now())
                        .outcome())
                .isEqualTo(Delivery.Outcome.LATER);
        assertThat(notifier()
                        .send(message(notifier().kind(), failingForGood()), now())
                        .outcome())
                .isEqualTo(Delivery.Outcome.NEVER);
    }

    @Test
    void a_silent_receiver_costs_at_most_ten_seconds() {
        long start = System.nanoTime();
        Delivery delivery = notifier().send(message(notifier().kind(), silent()), now());
        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    }

    protected static Instant now() {
        return Instant.ofEpochMilli(Given.NOW);
    }

    /** A message owed on route r1. */
    public static Message message(String kind, String target) {
        return new Message(
                "msg_0011",
                "a1",
                "WL-1",
                "opened",
                "r1",
                kind,
                target,
                BODY,
                Sm3.hex(BODY.getBytes(StandardCharsets.UTF_8)),
                Message.State.OWED,
                0,
                0,
                Given.NOW,
                0,
                "");
    }
}
