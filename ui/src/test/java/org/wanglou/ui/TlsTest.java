package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.wanglou.ui.http.LocalCertificate;

class TlsTest extends ConsoleContext {
    private static final char[] PASSWORD = "key store".toCharArray();

    private static SSLContext trusting(LocalCertificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("console", certificate.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void the_console_speaks_tls_1_3_with_its_own_certificate_and_a_host_cookie() throws Exception {
        LocalCertificate made =
                LocalCertificate.make(Set.of("tower.example", "192.0.2.7"), PASSWORD, town.clock.instant());
        LocalCertificate kept = LocalCertificate.read(made.pkcs12(), PASSWORD);
        assertThat(kept.fingerprint()).isEqualTo(made.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(kept.stale(town.clock.instant())).isFalse();
        assertThat(kept.stale(town.clock.instant().plus(Duration.ofDays(380)))).isTrue();
        SSLContext trusting = trusting(kept);

        try (Console secure = new Console(
                new ConsoleConfig("127.0.0.1", 0, Optional.of(kept.sslContext()), Set.of(), "", false, "37", "test"),
                town.parts(),
                town.clock,
                town.meters)) {
            secure.start();
            Browser browser = new Browser(
                    secure.url(), HttpClient.newBuilder().sslContext(trusting).build());
            Browser.Answer entered = browser.enter(secure.oneTimeLink("op")).is(200);
            assertThat(secure.url()).startsWith("https://127.0.0.1:");
            assertThat(entered.header("Set-Cookie")).startsWith("__Host-wl=").contains("Secure", "HttpOnly", "Path=/");
            assertThat(entered.header("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(browser.get("/me")
                            .is(200)
                            .response()
                            .sslSession()
                            .orElseThrow()
                            .getProtocol())
                    .isEqualTo("TLSv1.3");

            try (SSLSocket old = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", secure.port())) {
                old.setEnabledProtocols(new String[] {"TLSv1.2"});
                assertThatThrownBy(old::startHandshake).isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void a_key_store_with_another_password_is_refused() {
        byte[] bytes =
                LocalCertificate.make(Set.of(), PASSWORD, town.clock.instant()).pkcs12();
        assertThatThrownBy(() -> LocalCertificate.read(bytes, "wrong".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
