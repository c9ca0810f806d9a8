package org.wanglou.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.Given;
import org.wanglou.alerting.notify.Delivery;
import org.wanglou.alerting.notify.Notifier;
import org.wanglou.alerting.notify.NotifierContract;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.crypto.sm.Sm3;

class WebhookNotifierTest extends NotifierContract {
    private static final KeyPair KEY = Keys.generate();
    private static final SSLSocketFactory SYSTEM = (SSLSocketFactory) SSLSocketFactory.getDefault();

    private final Receiver good = new Receiver(Receiver.OK);
    private final Receiver failing = new Receiver(Receiver.status(500, ""));
    private final Receiver gone = new Receiver(Receiver.status(410, ""));
    private final Receiver silent = new Receiver(Receiver.SILENT);
    private WebhookNotifier notifier = notifier(Duration.ofSeconds(2), SYSTEM);

    @TempDir
    static Path folder;

    private static final Path STORE = Path.of("receiver.p12");

    @BeforeEach
    void nothing_was_sent_yet() {
        assertThat(good.requests).isEmpty();
    }

    @AfterEach
    void close() {
        notifier.close();
        good.close();
        failing.close();
        gone.close();
        silent.close();
    }

    private WebhookNotifier notifier(Duration total, SSLSocketFactory tls, String... more) {
        List<String> allow = new java.util.ArrayList<>(
                List.of(good.hostPort(), failing.hostPort(), gone.hostPort(), silent.hostPort()));
        allow.addAll(List.of(more));
        return new WebhookNotifier(
                new SsrfGuard(allow, host -> List.of(InetAddress.getLoopbackAddress())),
                route -> route.equals("r1") ? Optional.of(Given.SECRET) : Optional.empty(),
                Sm2Signer.of(KEY.getPrivate()),
                tls,
                total);
    }

    @Override
    protected Notifier notifier() {
        return notifier;
    }

    @Override
    protected String good() {
        return good.url();
    }

    @Override
    protected String failingForNow() {
        return failing.url();
    }

    @Override
    protected String failingForGood() {
        return gone.url();
    }

    @Override
    protected String silent() {
        return silent.url();
    }

    @Override
    protected byte[] received() {
        return good.requests.get(good.requests.size() - 1).body();
    }

    @Test
    void the_headers_carry_id_time_and_both_signatures_which_a_receiver_can_verify() {
        notifier.send(message("webhook", good.url()), now());

        Receiver.Request request = good.requests.get(0);
        assertThat(request.line()).isEqualTo("POST /hook?a=1 HTTP/1.1");
        assertThat(request.headers())
                .containsEntry("host", good.hostPort())
                .containsEntry("content-type", "application/cloudevents+json; charset=utf-8")
                .containsEntry("webhook-id", "msg_0011")
                .containsEntry("webhook-timestamp", Long.toString(Given.NOW / 1000));
        ReceiverVerifier verifier = new ReceiverVerifier(Given.SECRET, List.of(new Sm2Verifier(KEY.getPublic())));
        assertThat(verifier.verify(request.headers(), request.body(), Given.NOW))
                .satisfies(verdict ->
                        assertThat(verdict.ok()).as(verdict.problem()).isTrue());
    }

    @Test
    void a_byte_now_and_then_does_not_outlast_the_total_time() {
        failing.usually(Receiver.DRIP);
        long start = System.nanoTime();
        Delivery delivery = notifier.send(message("webhook", failing.url()), now());
        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(delivery.answer()).contains("no answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(10));
    }

    @Test
    void a_redirect_to_the_metadata_service_is_not_followed() {
        failing.usually(Receiver.status(302, "Location: http://169.254.169.254/latest/meta-data/\r\n"));
        Delivery delivery = notifier.send(message("webhook", failing.url()), now());
        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(delivery.answer()).contains("302").contains("not followed");
        assertThat(failing.requests).hasSize(1);
    }

    @Test
    void an_endless_answer_is_cut_at_one_mebibyte_and_its_status_counts() {
        failing.usually(socket -> {
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[65_536];
            for (int i = 0; i < 1_000; i++) {
                out.write(block);
            }
        });
        Delivery delivery = notifier.send(message("webhook", failing.url()), now());
        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.TAKEN);
        assertThat(delivery.answer()).contains("[cut]");
        assertThat(delivery.answerSm3()).isEqualTo(Sm3.hex(new byte[1024 * 1024]));
    }

    @Test
    void answers_in_all_lawful_and_some_unlawful_shapes_are_understood_or_refused() {
        assertThat(answer("HTTP/1.1 204 No Content\r\n\r\n").outcome()).isEqualTo(Delivery.Outcome.TAKEN);
        assertThat(answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
                        .outcome())
                .isEqualTo(Delivery.Outcome.TAKEN);
        Delivery chunked =
                answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        assertThat(chunked.answer()).isEqualTo("HTTP 200 OK abcde");
        assertThat(chunked.answerSm3()).isEqualTo(Sm3.hex("abcde".getBytes(StandardCharsets.UTF_8)));
        assertThat(answer("SSH-2.0-OpenSSH_9.2\r\n").outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(answer("HTTP/1.1 999 No\r\n\r\n").outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(answer("HTTP/1.1 200 OK\r\nX: " + "a".repeat(70_000) + "\r\n\r\n")
                        .outcome())
                .isEqualTo(Delivery.Outcome.LATER);
        assertThat(answer("").outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(answer("HTTP/1.1 404 Not Found\r\n\r\n\u001b[31m\u202Ehey").answer())
                .doesNotContain("\u001b", "\u202E");
        Delivery later = answer("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n");
        assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(120));
        assertThat(answer("HTTP/1.1 503 x\r\nRetry-After: 999999\r\nContent-Length: 0\r\n\r\n")
                        .retryAfter())
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_the_guard_refuses_is_never_connected_to() {
        Delivery delivery = notifier.send(message("webhook", "http://localhost:" + good.port() + "/"), now());
        assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.NEVER);
        assertThat(delivery.answer()).contains("refused");
        assertThat(good.requests).isEmpty();
    }

    @Test
    void a_route_without_secret_waits_for_its_configuration() {
        var message = message("webhook", good.url());
        var other = new org.wanglou.model.cases.Message(
                message.id(),
                message.incidentId(),
                message.caseId(),
                message.reason(),
                "gone",
                message.notifier(),
                message.target(),
                message.body(),
                message.bodySm3(),
                message.state(),
                0,
                0,
                0,
                0,
                "");
        assertThat(notifier.send(other, now()).outcome()).isEqualTo(Delivery.Outcome.LATER);
        assertThat(good.requests).isEmpty();
    }

    @Test
    void a_resolver_that_hangs_costs_the_total_time_and_no_more() {
        try (WebhookNotifier stuck = new WebhookNotifier(
                new SsrfGuard(List.of(), host -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return List.of();
                }),
                route -> Optional.of(Given.SECRET),
                Sm2Signer.of(KEY.getPrivate()),
                SYSTEM,
                Duration.ofSeconds(1))) {
            long start = System.nanoTime();
            Delivery delivery = stuck.send(message("webhook", "https://slow.example/"), now());
            assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.LATER);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void over_tls_the_judged_address_is_connected_to_with_the_name_checked_against_the_certificate() throws Exception {
        SSLContext server = contextOf(keyStore("receiver.test"));
        try (Receiver secure = new Receiver(Receiver.OK, server.getServerSocketFactory())) {
            String name = "receiver.test:" + secure.port();
            String wrong = "other.test:" + secure.port();
            notifier.close();
            notifier = notifier(Duration.ofSeconds(8), server.getSocketFactory(), name, wrong);

            Delivery taken = notifier.send(message("webhook", "https://" + name + "/x"), now());
            assertThat(taken.outcome()).as(taken.answer()).isEqualTo(Delivery.Outcome.TAKEN);
            assertThat(secure.requests.get(0).headers()).containsEntry("host", name);

            Delivery refused = notifier.send(message("webhook", "https://" + wrong + "/x"), now());
            assertThat(refused.outcome()).isEqualTo(Delivery.Outcome.LATER);
            assertThat(refused.answer()).startsWith("TLS");

            WebhookNotifier distrusting = notifier(Duration.ofSeconds(8), SYSTEM, name);
            try (distrusting) {
                assertThat(distrusting
                                .send(message("webhook", "https://" + name + "/x"), now())
                                .answer())
                        .startsWith("TLS");
            }
            assertThat(secure.requests).hasSize(1);
        }
    }

    private Delivery answer(String raw) {
        failing.usually(Receiver.raw(raw));
        return notifier.send(message("webhook", failing.url()), now());
    }

    private static KeyStore keyStore(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve(STORE);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "r",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return store;
    }

    private static SSLContext contextOf(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        trusted.setCertificateEntry("r", store.getCertificate("r"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
