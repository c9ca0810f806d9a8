package org.wanglou.alerting.notify.webhook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.wanglou.alerting.notify.Delivery;
import org.wanglou.alerting.notify.Notifier;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.cases.Message;

/**
 * Sends a message as one signed HTTPS POST.
 *
 * <p>2xx means taken. 410 (Gone) and 413, 414, 415, 431 (this request can never pass) end the attempts, as does a URL
 * that the guard refuses for good; everything else, redirects included, is tried again later: a receiver that answers 404
 * during a deployment must not lose the message. Thread-safe.
 */
public final class WebhookNotifier implements Notifier, AutoCloseable {
    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private final SsrfGuard guard;
    private final Function<String, Optional<Secret>> secrets;
    private final Sm2Signer signer;
    private final Duration total;
    private final ScheduledThreadPoolExecutor watchdog;
    private final ExecutorService resolving;
    private final PinnedHttp http;

    /**
     * @param secrets the HMAC secret by route name
     * @param signer the key {@code notify}
     * @param tls the system's factory, or one with the trust of a private authority
     */
    public WebhookNotifier(
            SsrfGuard guard, Function<String, Optional<Secret>> secrets, Sm2Signer signer, SSLSocketFactory tls) {
        this(guard, secrets, signer, tls, TOTAL);
    }

    WebhookNotifier(
            SsrfGuard guard,
            Function<String, Optional<Secret>> secrets,
            Sm2Signer signer,
            SSLSocketFactory tls,
            Duration total) {
        this.guard = guard;
        this.secrets = secrets;
        this.signer = signer;
        this.total = total;
        this.watchdog = new ScheduledThreadPoolExecutor(1, named("notify-watchdog"));
        this.watchdog.setRemoveOnCancelPolicy(true);
        // A resolver can hang for longer than a message may take, and cannot be interrupted: at most eight wait.
        this.resolving =
                new ThreadPoolExecutor(0, 8, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), named("notify-resolve"));
        this.http = new PinnedHttp(tls, watchdog);
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Delivery send(Message message, Instant now) {
        Secret secret = secrets.apply(message.route()).orElse(null);
        if (secret == null) {
            return Delivery.later(
                    "route " + message.route() + " is not configured any more; put it back or let it age");
        }
        long start = System.nanoTime();
        SsrfGuard.Decision decision = judged(message.target());
        if (decision instanceof SsrfGuard.Refusal refusal) {
            String reason = "refused before connecting: " + refusal.reason();
            return refusal.lasting() ? Delivery.never(reason) : Delivery.later(reason);
        }
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                WebhookSignature.headers(message.id(), now.getEpochSecond(), body, secret, signer);
        Duration left = total.minusNanos(System.nanoTime() - start);
        if (left.toMillis() < 1) {
            return Delivery.later("name resolution took all of the time");
        }
        try {
            return judge(http.post((SsrfGuard.Pass) decision, headers, body, left));
        } catch (SSLException e) {
            return Delivery.later("TLS: " + e.getMessage());
        } catch (IOException e) {
            return Delivery.later(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private SsrfGuard.Decision judged(String target) {
        try {
            Future<SsrfGuard.Decision> decision = resolving.submit(() -> guard.check(target));
            return decision.get(total.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new SsrfGuard.Refusal("name resolution did not end in time", false);
        } catch (RejectedExecutionException e) {
            return new SsrfGuard.Refusal("too many name resolutions hang", false);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the guard failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SsrfGuard.Refusal("stopped", false);
        }
    }

    private static Delivery judge(PinnedHttp.Answer answer) {
        String body = new String(answer.body(), 0, Math.min(answer.body().length, 400), StandardCharsets.UTF_8);
        String words =
                ("HTTP " + answer.status() + " " + answer.reason() + (answer.cut() ? " [cut] " : " ") + body).trim();
        String sm3 = answer.body().length == 0 ? "" : Sm3.hex(answer.body());
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Delivery.taken(words, sm3);
        }
        if (status >= 300 && status < 400) {
            return new Delivery(Delivery.Outcome.LATER, words + " (redirects are not followed)", sm3, Duration.ZERO);
        }
        boolean never = status == 410 || status == 413 || status == 414 || status == 415 || status == 431;
        return new Delivery(never ? Delivery.Outcome.NEVER : Delivery.Outcome.LATER, words, sm3, wish(answer));
    }

    /** {@code Retry-After} in seconds (RFC 9110 10.2.3); the date form is not used by receivers of webhooks. */
    private static Duration wish(PinnedHttp.Answer answer) {
        String after = answer.head().getOrDefault("retry-after", "");
        if (!after.matches("[0-9]{1,6}")) {
            return Duration.ZERO;
        }
        Duration wish = Duration.ofSeconds(Long.parseLong(after));
        return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        resolving.shutdownNow();
    }
}
