package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.listen.TlsServer;

/** rsyslog and syslog-ng themselves ship to us: every line arrives, through restarts of either side. */
class ShippersTest {
    private static final Pattern NUMBER = Pattern.compile("number (\\d+) of");
    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static SSLContext context;
    private static Path authority;
    private static Path key;

    private final Shelf shelf = new Shelf();
    private Meters meters = new Meters();
    private Sensors sensors;
    private Shippers shipper;
    private int epoch;

    @BeforeAll
    static void prepare() throws Exception {
        String missing = Shippers.missing();
        if (!missing.isEmpty()) {
            System.out.println("ShippersTest is passed over: " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        Path file = keys.resolve("server.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-ext",
                        "BC=ca:true",
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
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        authority = keys.resolve("server.pem");
        pem(authority, "CERTIFICATE", store.getCertificate("server").getEncoded());
        key = keys.resolve("key.pem");
        pem(key, "PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded());
    }

    private static void pem(Path file, String what, byte[] bytes) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (shipper != null) {
            shipper.close();
        }
        if (sensors != null) {
            sensors.close();
        }
    }

    /** Starts, or starts again on the same port. */
    private int listen(Transport transport, boolean tls, int port) throws Exception {
        SensorConfig config = new SensorConfig(
                "shipped",
                transport,
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port),
                Bench.format("syslog"),
                SensorConfig.DEFAULT_ZONE,
                "",
                "");
        meters = new Meters();
        sensors = Bench.sensors(
                List.of(tls ? config.over(TlsServer.of(context)) : config),
                shelf,
                meters,
                Durable.NONE,
                "epoch" + epoch++);
        sensors.start();
        return sensors.boundAddress("shipped").getPort();
    }

    private static Set<Integer> numbers(List<Event> events) {
        return events.stream()
                .map(event -> NUMBER.matcher(event.text(Ecs.EVENT_ORIGINAL).orElse("")))
                .filter(Matcher::find)
                .map(matcher -> Integer.valueOf(matcher.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void await(int lines) throws Exception {
        Set<Integer> all = IntStream.range(0, lines).boxed().collect(Collectors.toSet());
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> shelf.events.size() >= lines
                            && numbers(shelf.events).containsAll(all));
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(numbers(shelf.events).size() + " lines; the shipper says " + shipper.output(), e);
        }
    }

    private void closes() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            SourceCounts counts = sensors.sources().get(0).counts();
            assertThat(counts.pending()).isZero();
            assertThat(counts.received())
                    .isEqualTo(counts.published()
                            + counts.dropped().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
        });
    }

    private String queue() {
        return queue("LinkedList");
    }

    private String queue(String type) {
        return "action.resumeRetryCount=\"-1\" action.resumeInterval=\"1\" queue.type=\"" + type + "\""
                + " queue.filename=\"owed\" queue.saveOnShutdown=\"on\" queue.timeoutShutdown=\"1000\"";
    }

    private Shippers fwd(int port, String protocol) throws Exception {
        return Shippers.rsyslog(
                folder,
                "",
                "action(type=\"omfwd\" target=\"127.0.0.1\" port=\"" + port + "\" protocol=\"" + protocol
                        + "\" template=\"RSYSLOG_SyslogProtocol23Format\" " + queue() + ")");
    }

    @Test
    void rsyslog_over_udp() throws Exception {
        shipper = fwd(listen(Transport.UDP, false, 0), "udp");
        shipper.start();
        shipper.write(0, 200);
        await(200);
        closes();
    }

    /** TCP has no answer: what was on its way when our side went is lost, so the shipper is the one that restarts. */
    @Test
    void rsyslog_over_tcp_restarted_ships_what_it_still_had() throws Exception {
        shipper = fwd(listen(Transport.TCP, false, 0), "tcp");
        restarted();
        keepsIds();
    }

    @Test
    void rsyslog_over_tls_restarted_ships_what_it_still_had() throws Exception {
        int port = listen(Transport.TCP, true, 0);
        shipper = Shippers.rsyslog(
                folder,
                "defaultNetstreamDriver=\"gtls\" defaultNetstreamDriverCAFile=\"" + authority + "\"",
                "action(type=\"omfwd\" target=\"127.0.0.1\" port=\"" + port + "\" protocol=\"tcp\""
                        + " streamDriver=\"gtls\" streamDriverMode=\"1\" streamDriverAuthMode=\"x509/certvalid\""
                        + " TCP_Framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\" " + queue()
                        + ")");
        restarted();
        keepsIds();
    }

    private void restarted() throws Exception {
        shipper.start();
        shipper.write(0, 300);
        await(300);
        shipper.stop();
        shipper.write(300, 600);
        shipper.start();
        shipper.write(600, 900);
        await(900);
        closes();
    }

    /** Whatever came twice has its id. */
    private void keepsIds() {
        assertThat(ids()).hasSize(900);
    }

    private Set<String> ids() {
        return shelf.events.stream().map(Event::id).collect(Collectors.toSet());
    }

    /**
     * With one worker that does not end: a worker of omrelp that ends while its connection is broken forgets what is
     * unanswered, and that of the disk half of a disk-assisted queue ends whenever that half is empty.
     */
    private Shippers relp(int port, String more) throws Exception {
        return Shippers.rsyslog(
                folder,
                "",
                "module(load=\"omrelp\")\naction(type=\"omrelp\" target=\"127.0.0.1\" port=\"" + port
                        + "\" template=\"RSYSLOG_SyslogProtocol23Format\" timeout=\"10\"" + more + " "
                        + queue("Disk") + " queue.timeoutWorkerthreadShutdown=\"-1\")");
    }

    @Test
    void rsyslog_over_relp_and_tls_restarted_ships_what_it_still_had() throws Exception {
        int port = listen(Transport.RELP, true, 0);
        shipper = relp(
                port,
                " tls=\"on\" tls.caCert=\"" + authority + "\" tls.myCert=\"" + authority + "\" tls.myPrivKey=\"" + key
                        + "\" tls.authMode=\"name\" tls.permittedPeer=[\"localhost\"]");
        restarted();
        keepsIds();
    }

    @Test
    void rsyslog_over_relp_loses_nothing_when_either_side_restarts_or_kafka_is_away() throws Exception {
        int port = listen(Transport.RELP, false, 0);
        shipper = relp(port, "");
        shipper.start();
        shipper.write(0, 1_000);
        await(1_000);
        assertThat(ids()).hasSize(1_000);
        shelf.away = true;
        shipper.write(1_000, 2_000);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sensors.sources().get(0).counts().dropped().getOrDefault("handed_back", 0L) > 0);
        assertThat(numbers(shelf.events)).hasSize(1_000);
        shelf.away = false;
        await(2_000);
        assertThat(ids()).as("nothing was stored twice under two ids").hasSize(2_000);
        closes();
        shipper.write(2_000, 6_000);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.events.size() > 2_500);
        sensors.close();
        listen(Transport.RELP, false, port);
        await(6_000);
        assertThat(ids()).hasSize(6_000);
        closes();
        shipper.stop();
        shipper.write(6_000, 7_000);
        shipper.start();
        shipper.write(7_000, 8_000);
        await(8_000);
        assertThat(ids()).hasSize(8_000);
        closes();
    }

    @Test
    void syslog_ng_over_tcp_restarted_ships_what_it_still_had() throws Exception {
        int port = listen(Transport.TCP, false, 0);
        shipper = Shippers.syslogNg(
                folder,
                "network(\"127.0.0.1\" port(" + port + ") transport(\"tcp\") flags(syslog-protocol) " + disk() + ");");
        restarted();
        keepsIds();
    }

    @Test
    void syslog_ng_over_tls_with_counted_octets_restarted_ships_what_it_still_had() throws Exception {
        int port = listen(Transport.TCP, true, 0);
        shipper = Shippers.syslogNg(
                folder,
                "syslog(\"127.0.0.1\" port(" + port + ") transport(\"tls\") tls(ca-file(\"" + authority
                        + "\") peer-verify(required-trusted)) " + disk() + ");");
        restarted();
        keepsIds();
    }

    private String disk() {
        return "disk-buffer(reliable(yes) disk-buf-size(4194304) mem-buf-size(1048576) dir(\"" + folder.resolve("work")
                + "\"))";
    }
}
