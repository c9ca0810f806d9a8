package org.wanglou.app.intel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Asks one configured server. Its certificate is verified; it is not followed to another place; size and time of an answer
 * are bounded. Confined to its thread.
 */
final class FeedClient {
    /** Octets of the largest answer. */
    static final long ANSWER_MAX = 512L << 20;

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofMinutes(5);

    /** The server asks to wait, or is away: try again after so many seconds, 0 for the usual. */
    static final class LaterException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long seconds;

        LaterException(String message, long seconds) {
            super(message);
            this.seconds = seconds;
        }

        long seconds() {
            return seconds;
        }
    }

    private final Feed feed;
    private final HttpClient http;

    FeedClient(Feed feed) throws IOException {
        this.feed = feed;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (feed.authorities().isPresent()) {
            builder.sslContext(trusting());
        }
        this.http = builder.build();
    }

    private SSLContext trusting() throws IOException {
        try (InputStream in = Files.newInputStream(feed.authorities().orElseThrow())) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("a" + number++, one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("authorities of feed " + feed.name() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Gets what is at an address of the feed's own server.
     *
     * @throws LaterException on 429 and 5xx
     * @throws IOException on any other answer than 200, and when the address is another server's
     */
    HttpResponse<InputStream> get(URI address, String accept) throws IOException, InterruptedException {
        boolean own = feed.url().getScheme().equals(address.getScheme())
                && feed.url().getHost().equals(address.getHost())
                && feed.url().getPort() == address.getPort();
        if (!own) {
            throw new IOException("feed " + feed.name() + " points to another server: not asked");
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(ANSWER).header("Accept", accept);
        if (!feed.secret().isEmpty()) {
            String basic = Base64.getEncoder()
                    .encodeToString((feed.user() + ":" + feed.secret()).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", feed.user().isEmpty() ? "Bearer " + feed.secret() : "Basic " + basic);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        int status = response.statusCode();
        if (status != 200) {
            response.body().close();
            String message = "feed " + feed.name() + " answered " + status
                    + (status == 401 || status == 403 ? ": check user and secret" : "");
            throw status == 429 || status >= 500
                    ? new LaterException(message, wait(response))
                    : new IOException(message);
        }
        return response;
    }

    private static long wait(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        return text.matches("\\d{1,6}") ? Math.min(86_400, Long.parseLong(text)) : 0;
    }

    /** An answer's body that ends with an error where it is larger than any answer should be. */
    static InputStream bounded(InputStream body) {
        return new FilterInputStream(body) {
            private long left = ANSWER_MAX;

            @Override
            public int read() throws IOException {
                int octet = super.read();
                spend(octet < 0 ? 0 : 1);
                return octet;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, length);
                spend(Math.max(0, read));
                return read;
            }

            private void spend(int octets) throws IOException {
                left -= octets;
                if (left < 0) {
                    throw new IOException("an answer is larger than " + (ANSWER_MAX >> 20) + " MiB");
                }
            }
        };
    }
}
