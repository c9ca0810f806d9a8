package org.wanglou.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.alerting.notify.Route;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.alerting.notify.webhook.ReceiverVerifier;
import org.wanglou.app.demo.Receiver;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.model.Ecs;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.rules.Packs;
import org.wanglou.rules.grading.Tables;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.format.Formats;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.events.EventIndex.EventQuery;
import org.wanglou.store.events.Retention;
import org.wanglou.store.registry.RegistryLoader;

/**
 * One brute-force login walks through every room: from UDP packets to a signed message and a sealed leaf. The skeleton
 * of docs/architecture.md, "Life of an event". Real broker, real archive, real database, real sockets.
 */
class GoldenPathTest {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    @Test
    void twenty_failures_from_one_address_are_one_signed_sealed_message_and_nineteen_are_none() throws Exception {
        long seed = System.nanoTime();
        System.out.println("GoldenPathTest seed=" + seed);
        Random random = new Random(seed);
        // Outside the sample indicators, which would be heard of for their own reason.
        String guilty = "198.51.100." + (1 + random.nextInt(60));
        String innocent = "198.51.100." + (150 + random.nextInt(100));
        String user = "user" + random.nextInt(1_000_000);
        Clock clock = Clock.systemUTC();
        Secret secret = Secret.of(KeyRing.randomSecret(32));
        try (DataDirectory data = DataDirectory.open(temp.resolve("data"))) {
            KeyRing keys = data.keys();
            try (Receiver receiver = new Receiver(
                    new ReceiverVerifier(secret, List.of(new Sm2Verifier(keys.publicKey("notify")))), clock)) {
                receiver.start();
                try (Tower tower = Tower.start(data, settings(receiver.port(), secret), clock)) {
                    await().atMost(LONG).until(tower::ready);
                    InetSocketAddress udp = tower.sensors().boundAddress("syslog-udp");
                    for (int i = 0; i < 20; i++) {
                        send(udp, user, guilty, clock.instant());
                        if (i < 19) {
                            send(udp, user, innocent, clock.instant());
                        }
                    }

                    await().atMost(LONG).until(() -> tower.index().count() == 39);
                    await().atMost(LONG).until(() -> !receiver.arrivals().isEmpty());
                    await().atMost(LONG)
                            .until(() -> tower.cases().transaction(tx -> tx.countMessages()
                                                    .getOrDefault(Message.State.DELIVERED, 0L))
                                            == 1
                                    && tower.ledgerPending() == 0);

                    List<Case> cases = tower.cases().transaction(tx -> tx.cases(CaseQuery.ALL));
                    assertThat(cases).hasSize(1);
                    assertThat(cases.get(0).incident().actors()).containsExactly(guilty);
                    assertThat(cases.get(0).incident().category().key()).isEqualTo("attack.credential");
                    assertThat(cases.get(0).incident().grades()).isNotEmpty();
                    assertThat(cases.get(0).incident().explanation()).isNotEmpty();

                    assertThat(receiver.arrivals()).hasSize(1);
                    Receiver.Arrival message = receiver.arrivals().get(0);
                    assertThat(message.verified()).isTrue();
                    assertThat(message.body()).contains(guilty).doesNotContain(innocent);

                    assertThat(tower.ledger().size()).isPositive();
                    assertThat(tower.ledger().problemAgainst(tower.cases().transaction(tx -> tx.ledgerHead())))
                            .isEmpty();
                    String digest = tower.cases()
                            .transaction(tx -> tx.messagesOf(cases.get(0).id()))
                            .get(0)
                            .bodySm3();
                    assertThat(leaves(tower))
                            .as("the body's digest is in the ledger")
                            .contains(digest);

                    var raw = tower.index()
                            .search(new EventQuery("source.ip:" + guilty, 0, Long.MAX_VALUE, List.of(), "", 100));
                    assertThat(raw.events()).hasSize(20);
                    assertThat(raw.events().get(0).text(Ecs.USER_NAME)).contains(user);
                    assertThat(tower.trouble()).isEmpty();
                    assertThat(tower.meters().total("wanglou_sensors_received_total"))
                            .isEqualTo(39);
                    assertThat(tower.meters().total("wanglou_sensors_published_total"))
                            .isEqualTo(39);
                }
                opensslAgrees(data.root().resolve("keys/notify.pub.pem"), keys);
            }
        }
    }

    private static String leaves(Tower tower) {
        StringBuilder leaves = new StringBuilder();
        for (long i = 0; i < tower.ledger().size(); i++) {
            leaves.append(new String(tower.ledger().entry(i), StandardCharsets.UTF_8));
        }
        return leaves.toString();
    }

    /** The exported public key and a signature of the notification key, checked by another implementation. */
    private void opensslAgrees(Path publicKey, KeyRing keys) throws Exception {
        Path text = Files.writeString(temp.resolve("text"), "msg_1.1700000000.{}");
        Path signature = temp.resolve("signature");
        Files.write(signature, keys.signer("notify").sign(Files.readAllBytes(text)));
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "dgst",
                        "-sm3",
                        "-verify",
                        publicKey.toString(),
                        "-sigopt",
                        "distid:1234567812345678",
                        "-signature",
                        signature.toString(),
                        text.toString())
                .redirectErrorStream(true)
                .start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        openssl.getInputStream().transferTo(said);
        assertThat(openssl.waitFor()).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static void send(InetSocketAddress to, String user, String address, Instant now) throws Exception {
        String stamp = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
                .format(now.atZone(SensorConfig.DEFAULT_ZONE));
        byte[] bytes = ("<38>" + stamp + " web01 sshd[812]: Failed password for " + user + " from " + address
                        + " port 53221 ssh2")
                .getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to.getPort()));
        }
    }

    private static Settings settings(int receiverPort, Secret secret) {
        return new Settings(
                "golden",
                4,
                List.of(new SensorConfig(
                        "syslog-udp",
                        SensorConfig.Transport.UDP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Formats.named("syslog").orElseThrow(),
                        SensorConfig.DEFAULT_ZONE,
                        "",
                        "")),
                List.of(new Route(
                        "duty", "webhook", "http://127.0.0.1:" + receiverPort + "/", List.of(), Level.LOW, secret)),
                List.of("127.0.0.1:" + receiverPort),
                Packs.builtIn(),
                Tables.builtIn(),
                RegistryLoader.sample(),
                Optional.empty(),
                Retention.DEFAULT_DAYS);
    }
}
