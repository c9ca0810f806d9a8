package org.wanglou.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.app.config.BadConfiguration;
import org.wanglou.app.config.ConfigReader;
import org.wanglou.app.config.Configuration;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.ui.Console;
import sun.misc.Signal;

/**
 * One run of an instance: starts it, serves requests by signal and stops it in order. Confined to the thread that runs
 * it; signals only put requests into its queue.
 */
final class Runner {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Path DEFAULT_CONFIG = Path.of("wanglou.yml");
    /** What a start without any file does: hear syslog from this machine. */
    private static final String NO_FILE = """
            sensors:
              - {name: syslog-udp, listener: udp, bind: "127.0.0.1:5514", format: syslog}
              - {name: syslog-tcp, listener: tcp, bind: "127.0.0.1:5514", format: syslog}
            """;

    private enum Asked {
        STOP,
        STOP_FULL_DISK,
        RELOAD
    }

    private final Path config;
    private final Path data;
    private final Path readyFile;
    private final PrintWriter out;

    // One of each kind can wait; asking again for what already waits changes nothing.
    private final BlockingQueue<Asked> asked = new ArrayBlockingQueue<>(8);

    /**
     * @param config empty: the file in the current directory, if there is one
     * @param readyFile empty: none
     */
    Runner(Path config, Path data, Path readyFile, PrintWriter out) {
        this.config = config;
        this.data = data;
        this.readyFile = readyFile;
        this.out = out;
    }

    /** Returns the exit code when it was asked to stop. */
    int run() throws IOException, InterruptedException {
        long started = System.nanoTime();
        Configuration configuration = read();
        Settings settings = Settings.of(configuration, data);
        if (!readyFile.toString().isEmpty()) {
            Files.deleteIfExists(readyFile);
        }
        listen("TERM", Asked.STOP);
        listen("INT", Asked.STOP);
        listen("HUP", Asked.RELOAD);
        boolean first = !Files.exists(data.resolve("keys"));
        try (DataDirectory directory = DataDirectory.open(data);
                Tower tower = Tower.start(directory, settings, Clock.systemUTC())) {
            tower.onFullDisk(reason -> ask(Asked.STOP_FULL_DISK));
            greet(directory, tower, configuration, first);
            try (Console console = TowerConsole.run(tower, directory, configuration.console())) {
                console.start();
                show(console);
                return serve(tower, console, started);
            }
        }
    }

    /** Where the console is, and a link for each administrator who has no password yet. */
    private void show(Console console) {
        out.println("console       " + console.url() + "/");
        List<Console.FirstLink> links = console.firstStart();
        if (!links.isEmpty()) {
            out.println("Each link below opens its account once, within 30 minutes, to set a password"
                    + " (首次登录链接，30 分钟内有效，仅可使用一次):");
            links.forEach(link -> out.printf("  %-10s %s  %s%n", link.account(), link.displayName(), link.link()));
        }
        out.flush();
    }

    private Configuration read() {
        if (!config.toString().isEmpty()) {
            return ConfigReader.read(config, System.getenv());
        }
        if (Files.exists(DEFAULT_CONFIG)) {
            return ConfigReader.read(DEFAULT_CONFIG, System.getenv());
        }
        return ConfigReader.read("(no file)", NO_FILE, Path.of(""), System.getenv());
    }

    private void listen(String signal, Asked what) {
        try {
            Signal.handle(new Signal(signal), caught -> ask(what));
        } catch (IllegalArgumentException e) {
            // the JVM was told to leave it alone (-Xrs), or the system has no such signal
            LOG.warn("signal not handled signal={} reason={}", signal, e.getMessage());
        }
    }

    private void ask(Asked what) {
        if (!asked.contains(what) && !asked.offer(what)) {
            LOG.warn("request ignored, too many wait request={}", what);
        }
    }

    private void greet(DataDirectory directory, Tower tower, Configuration configuration, boolean first) {
        Path root = directory.root().toAbsolutePath().normalize();
        out.println("configuration " + configuration.file() + "; node " + configuration.node());
        if (configuration.file().startsWith("(")) {
            out.println("no configuration file: 'wanglou config example > wanglou.yml' writes one to begin with");
        }
        out.println("data          " + root);
        if (first) {
            out.println(
                    "keys          made in " + root.resolve("keys") + ": back them up, whoever has them is this node");
            DataDirectory.KEYS.forEach(
                    name -> out.println("public key    " + root.resolve("keys").resolve(name + ".pub.pem") + " (kid "
                            + tower.keys().signer(name).kid() + ")"));
        }
        tower.uncleanStop()
                .ifPresent(
                        began -> out.println(
                                "the run begun " + began
                                        + " did not stop in order; what it had received by UDP or plain TCP and not published is lost"));
        addresses(tower).forEach((name, address) -> out.println("listening     " + name + " " + address));
        int megabytes = (int) (Runtime.getRuntime().maxMemory() >> 20);
        if (megabytes < configuration.profile().heapMegabytes() * 9 / 10) {
            LOG.warn(
                    "heap is smaller than the profile needs heapMegabytes={} profile={} needsMegabytes={}"
                            + " remedy=\"set WANGLOU_HEAP\"",
                    megabytes,
                    configuration.profile().word(),
                    configuration.profile().heapMegabytes());
        }
    }

    private static Map<String, String> addresses(Tower tower) {
        Map<String, String> addresses = new TreeMap<>();
        for (SensorConfig sensor : tower.settings().sensors()) {
            if (sensor.bind().isUnresolved()) {
                continue; // a source that listens nowhere
            }
            InetSocketAddress bound = tower.sensors().boundAddress(sensor.name());
            String host = bound.getAddress().getHostAddress();
            addresses.put(sensor.name(), (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort());
        }
        return addresses;
    }

    private int serve(Tower tower, Console console, long started) throws InterruptedException, IOException {
        boolean ready = false;
        boolean late = false;
        while (true) {
            Asked next = asked.poll(ready ? 1000 : 50, TimeUnit.MILLISECONDS);
            if (next == Asked.RELOAD) {
                reload(tower);
            } else if (next != null) {
                out.println("stopping");
                return next == Asked.STOP ? 0 : EmbeddedBroker.HALTED;
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            if (!ready && tower.ready()) {
                ready = true;
                writeReady(tower, console, seconds);
                out.printf("ready after %.1f s%n", seconds);
            } else if (!ready && !late && seconds > READY_LIMIT.toSeconds()) {
                late = true;
                LOG.error("not ready seconds={} trouble=\"{}\"", (long) seconds, tower.trouble());
            }
        }
    }

    private void reload(Tower tower) {
        try {
            Settings next = Settings.of(read(), data);
            next.problems().forEach(problem -> LOG.warn("problem in new settings problem={}", problem));
            Optional<String> failure = tower.reload(next, "SIGHUP");
            out.println(failure.orElse("reloaded"));
        } catch (BadConfiguration e) {
            out.println("reload refused, the old settings stay:\n" + e.getMessage());
        }
    }

    private void writeReady(Tower tower, Console console, double seconds) throws IOException {
        if (readyFile.toString().isEmpty()) {
            return;
        }
        Map<String, Object> ready = new TreeMap<>();
        ready.put("pid", ProcessHandle.current().pid());
        ready.put("node", tower.settings().node());
        ready.put("readySeconds", Math.round(seconds * 10) / 10.0);
        ready.put("sensors", addresses(tower));
        ready.put("console", console.url());
        ready.put("uncleanStop", tower.uncleanStop().isPresent());
        Path fresh = readyFile.resolveSibling(readyFile.getFileName() + ".new");
        Files.writeString(fresh, Jsons.text(ready) + "\n");
        Files.move(fresh, readyFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
