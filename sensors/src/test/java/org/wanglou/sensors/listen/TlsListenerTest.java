package org.wanglou.sensors.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.sensors.frame.Frame;

class TlsListenerTest {
    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    static Path folder;

    private static KeyStore server;
    private static KeyStore client;
    private final List<Frame> frames = new CopyOnWriteArrayList<>();
    private Listener listener;

    @BeforeAll
    static void keys() throws Exception {
        server = key("server");
        client = key("client");
    }

    private static KeyStore key(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** A context with a key, if any, that trusts one certificate. */
    private static SSLContext context(KeyStore own, KeyStore trusted, String alias) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(alias, trusted.getCertificate(alias));
        TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusts.init(trust);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, own == null ? null : PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static String fingerprint(KeyStore store, String alias) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(store.getCertificate(alias).getEncoded()));
    }

    private void start(boolean required) throws Exception {
        TlsServer tls = new TlsServer(
                context(server, client, "client"), Map.of(fingerprint(client, "client"), "3701"), required);
        listener = new TcpListener(
                "tls",
                new InetSocketAddress("127.0.0.1", 0),
                Optional.of(tls),
                frames::add,
                RateLimit.none(),
                new LongAdder(),
                Clock.systemUTC(),
                "e");
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private void send(SSLContext context, String line) throws IOException {
        try (Socket socket = context.getSocketFactory()
                .createSocket("127.0.0.1", listener.boundAddress().getPort())) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> frames.stream()
                    .anyMatch(frame -> new String(frame.bytes(), StandardCharsets.UTF_8).equals(line)));
        }
    }

    @Test
    void a_listed_client_certificate_stands_for_its_unit_and_without_one_the_sender_stands_for_none() throws Exception {
        start(false);
        send(context(client, server, "server"), "<13>with certificate");
        send(context(null, server, "server"), "<13>without");
        assertThat(frames.get(0).unit()).isEqualTo("3701");
        assertThat(frames.get(1).unit()).isEmpty();
    }

    @Test
    void where_a_certificate_is_required_nothing_comes_without() throws Exception {
        start(true);
        send(context(client, server, "server"), "<13>first");
        SSLContext nobody = context(null, server, "server");
        try (Socket socket = nobody.getSocketFactory()
                .createSocket("127.0.0.1", listener.boundAddress().getPort())) {
            assertThatThrownBy(() -> {
                        socket.setSoTimeout(20_000);
                        OutputStream out = socket.getOutputStream();
                        out.write("<13>second\n".getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        if (socket.getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(frames).hasSize(1);
    }

    @Test
    void a_stream_in_two_records_at_any_byte_or_a_record_for_each_byte_gives_the_same_messages() throws Exception {
        start(false);
        SSLContext context = context(null, server, "server");
        byte[] stream = "<13>one\n11 <13>two\nx y<13>三\r\n5 <1>ab".getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut <= stream.length; cut++) {
            frames.clear();
            try (Socket socket = context.getSocketFactory()
                    .createSocket("127.0.0.1", listener.boundAddress().getPort())) {
                OutputStream out = socket.getOutputStream(); // each write is a record
                if (cut == stream.length) {
                    for (byte one : stream) {
                        out.write(one);
                    }
                } else {
                    out.write(stream, 0, cut);
                    out.write(stream, cut, stream.length - cut);
                }
                out.flush();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> frames.size() >= 4);
            }
            assertThat(frames.stream().map(frame -> new String(frame.bytes(), StandardCharsets.UTF_8)))
                    .as("split at " + cut)
                    .containsExactly("<13>one", "<13>two\nx y", "<13>三", "<1>ab");
        }
    }

    @Test
    void a_sender_that_knows_only_1_2_is_heard_over_a_cipher_of_today() throws Exception {
        start(false);
        SSLContext context = context(client, server, "server");
        try (SSLSocket old = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", listener.boundAddress().getPort())) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            old.startHandshake();
            assertThat(old.getSession().getCipherSuite()).matches("TLS_ECDHE_.*(GCM|POLY1305).*");
        }
    }

    @Test
    void an_older_cipher_and_clear_text_are_refused_and_the_next_sender_is_heard() throws Exception {
        start(false);
        SSLContext context = context(client, server, "server");
        try (SSLSocket old = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", listener.boundAddress().getPort())) {
            old.setEnabledProtocols(new String[] {"TLSv1.2"});
            old.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(old::startHandshake).isInstanceOf(IOException.class);
        }
        try (Socket clear = new Socket("127.0.0.1", listener.boundAddress().getPort())) {
            clear.getOutputStream().write("<13>clear\n".getBytes(StandardCharsets.UTF_8));
            clear.setSoTimeout(20_000);
            while (clear.getInputStream().read() >= 0) {
                // an alert, then the end
            }
        } catch (IOException e) {
            // or a reset
        }
        send(context, "<13>next");
        assertThat(frames).hasSize(1);
    }

    @Test
    void http_goes_over_tls_as_well() throws Exception {
        TlsServer tls = TlsServer.of(context(server, client, "client"));
        listener = new HttpListener(
                "h",
                new InetSocketAddress("127.0.0.1", 0),
                Optional.of(tls),
                "a-token-of-a-source-17",
                frame -> {
                    frames.add(frame);
                    return CompletableFuture.completedFuture(null);
                },
                RateLimit.none(),
                new LongAdder(),
                (what, protocol) -> new LongAdder(),
                Clock.systemUTC());
        listener.start();
        try (Socket socket = context(null, server, "server")
                .getSocketFactory()
                .createSocket("127.0.0.1", listener.boundAddress().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /ingest/h HTTP/1.1\r\nAuthorization: Bearer a-token-of-a-source-17\r\n"
                                    + "Content-Length: 2\r\n\r\na\n")
                            .getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 200");
        }
        assertThat(frames).hasSize(1);
    }
}
