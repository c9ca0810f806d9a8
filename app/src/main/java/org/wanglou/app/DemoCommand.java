package org.wanglou.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.wanglou.alerting.notify.Route;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.alerting.notify.webhook.ReceiverVerifier;
import org.wanglou.app.demo.Player;
import org.wanglou.app.demo.Receiver;
import org.wanglou.app.demo.Scenario;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.rules.Packs;
import org.wanglou.rules.grading.Tables;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.format.Formats;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.store.events.Retention;
import org.wanglou.store.registry.RegistryLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wanglou demo}: a fresh instance on loopback, the recorded scenario over real sockets, and a receiver that
 * verifies what it is told. With {@code --once} it ends with the summary as its last line.
 */
@Command(
        name = "demo",
        description = "Plays a recorded scenario through the real path (演示数据).",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--once", description = "End after the receiver has verified the messages; last line is JSON.")
    private boolean once;

    @Option(names = "--seed", paramLabel = "N", description = "Draws addresses and users; printed when not given.")
    private Long seed = new SplittableRandom().nextLong(1_000_000);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory to use and keep (default: a fresh one, removed at the end).")
    private Path data = Path.of("");

    @Override
    public Integer call() throws Exception {
        boolean fresh = data.toString().isEmpty();
        Path root = fresh ? Files.createTempDirectory("wanglou-demo") : data;
        PrintWriter out = spec.commandLine().getOut();
        out.println("演示数据 demonstration data, seed " + seed);
        try (DataDirectory directory = DataDirectory.open(root)) {
            return run(directory, out);
        } finally {
            if (fresh) {
                remove(root);
            }
        }
    }

    private int run(DataDirectory directory, PrintWriter out) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        KeyRing keys = directory.keys();
        Secret secret = Secret.of(KeyRing.randomSecret(32));
        Scenario scenario = Scenario.load(seed);
        long started = System.nanoTime();
        try (Receiver receiver =
                new Receiver(new ReceiverVerifier(secret, List.of(new Sm2Verifier(keys.publicKey("notify")))), clock)) {
            receiver.start();
            try (Tower tower = Tower.start(directory, settings(receiver.port(), secret), clock)) {
                if (!await(tower::ready, READY_LIMIT)) {
                    throw new IllegalStateException("not ready after " + READY_LIMIT + ": " + tower.trouble());
                }
                double readySeconds = (System.nanoTime() - started) / 1e9;
                out.printf("ready after %.1f s; receiver on http://127.0.0.1:%d%n", readySeconds, receiver.port());
                Player player = new Player(
                        scenario,
                        tower.sensors().boundAddress("syslog-udp"),
                        tower.sensors().boundAddress("syslog-tcp"),
                        tower.sensors().boundAddress("netflow"),
                        clock);
                int sent = player.play(Duration.ofMillis(20));
                out.println("played " + sent + " records; " + scenario.attacker() + " guesses passwords");
                boolean settled = await(() -> quiet(tower, sent), SETTLE_LIMIT);
                show(tower, out);
                if (!once) {
                    out.println("running; press Ctrl-C to stop");
                    new java.util.concurrent.CountDownLatch(1).await();
                }
                ObjectNode summary = summary(tower, receiver, player, readySeconds);
                out.println(Jsons.text(summary));
                return settled && summary.path("messages").path("verified").asInt() > 0 ? 0 : 1;
            }
        }
    }

    private static Settings settings(int receiverPort, Secret secret) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var syslog = Formats.named("syslog").orElseThrow();
        var netflow = Formats.named("netflow-v5").orElseThrow();
        return new Settings(
                "demo",
                4,
                List.of(
                        new SensorConfig(
                                "syslog-udp",
                                SensorConfig.Transport.UDP,
                                any,
                                syslog,
                                SensorConfig.DEFAULT_ZONE,
                                "",
                                ""),
                        new SensorConfig(
                                "syslog-tcp",
                                SensorConfig.Transport.TCP,
                                any,
                                syslog,
                                SensorConfig.DEFAULT_ZONE,
                                "",
                                ""),
                        new SensorConfig(
                                "netflow",
                                SensorConfig.Transport.UDP,
                                any,
                                netflow,
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

    /** All that was sent is archived, nothing is owed, and the ledger has everything. */
    private static boolean quiet(Tower tower, int sent) {
        Map<Message.State, Long> messages = tower.cases().transaction(tx -> new HashMap<>(tx.countMessages()));
        return tower.index().count() >= sent
                && messages.getOrDefault(Message.State.DELIVERED, 0L) > 0
                && messages.getOrDefault(Message.State.OWED, 0L) == 0
                && tower.ledgerPending() == 0;
    }

    private static void show(Tower tower, PrintWriter out) {
        for (Case one : tower.cases().transaction(tx -> tx.cases(CaseQuery.ALL))) {
            Incident incident = one.incident();
            out.println(one.id() + " [" + incident.severity().word() + "] " + incident.title() + " — "
                    + incident.category().name());
            incident.grades()
                    .forEach(grade -> out.println("    建议 " + grade.scheme() + " "
                            + grade.value().chinese() + (grade.verified() ? "" : "（待核）") + ": " + grade.basis()));
        }
    }

    private static ObjectNode summary(Tower tower, Receiver receiver, Player player, double readySeconds) {
        ObjectNode summary = Jsons.mapper().createObjectNode();
        summary.put("ready_seconds", Math.round(readySeconds * 10) / 10.0);
        ObjectNode events = summary.putObject("events");
        events.put("received", tower.meters().total("wanglou_sensors_received_total"));
        events.put("published", tower.meters().total("wanglou_sensors_published_total"));
        events.put("archived", tower.index().count());
        events.put(
                "detected",
                tower.correlator().detected().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        events.putObject("dropped").put("all", tower.meters().total("wanglou_sensors_dropped_total"));
        var incidents = summary.putArray("incidents");
        for (Case one : tower.cases().transaction(tx -> tx.cases(CaseQuery.ALL))) {
            ObjectNode incident = incidents.addObject();
            incident.put("id", one.incidentId());
            incident.put("case", one.id());
            incident.put("title", one.incident().title());
            incident.put("category", one.incident().category().key());
            var grades = incident.putArray("grades");
            one.incident().grades().forEach(grade -> grades.addObject()
                    .put("scheme", grade.scheme())
                    .put("value", grade.value().chinese())
                    .put("state", grade.state().name().toLowerCase(java.util.Locale.ROOT)));
        }
        Map<Message.State, Long> states = tower.cases().transaction(tx -> new HashMap<>(tx.countMessages()));
        ObjectNode messages = summary.putObject("messages");
        messages.put("delivered", states.getOrDefault(Message.State.DELIVERED, 0L));
        messages.put(
                "verified",
                receiver.arrivals().stream().filter(Receiver.Arrival::verified).count());
        ObjectNode ledger = summary.putObject("ledger");
        ledger.put("size", tower.ledger().size());
        String head = tower.cases().transaction(tx -> tx.ledgerHead());
        ledger.put("check", tower.ledger().problemAgainst(head).orElse("ok"));
        List<Double> latencies = receiver.latencies(player.completedAt());
        ObjectNode latency = summary.putObject("latency_ms");
        latency.put("samples", latencies.size());
        if (!latencies.isEmpty()) {
            latency.put("p50", Math.round(latencies.get(latencies.size() / 2)));
            latency.put("p99", Math.round(latencies.get((int) Math.ceil(latencies.size() * 0.99) - 1)));
        }
        summary.put("peak_rss_mb", peakRssMegabytes());
        return summary;
    }

    /** Peak resident memory as the kernel counts it (proc(5) VmHWM); -1 where there is no such file. */
    private static long peakRssMegabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException e) {
            return -1;
        }
        return -1;
    }

    private static boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    private static void remove(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
