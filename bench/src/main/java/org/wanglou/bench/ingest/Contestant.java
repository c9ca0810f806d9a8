package org.wanglou.bench.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.wanglou.bench.process.ProcFs;

/**
 * A running process of the comparison, with the port on which it takes lines and the topic to which it writes them.
 * {@link #close} ends it.
 *
 * @param port 0 for the broker before it has said its own
 */
public record Contestant(String name, String topic, int port, Process process, Path log) implements AutoCloseable {
    /** System property: the folder into which the packages of rsyslog and syslog-ng were unpacked; empty or missing: none. */
    public static final String SHIPPERS = "wanglou.shippers";

    /** The broker of all, in a process of its own. */
    public static Contestant broker(Path folder) throws IOException, InterruptedException {
        List<String> command =
                java("-Xmx768m", BrokerMain.class, folder.resolve("kafka").toString());
        Contestant started = start("broker", "", 0, command, folder);
        for (int i = 0; i < 1_200 && started.process.isAlive(); i++) {
            for (String line : Files.readAllLines(started.log)) {
                if (line.startsWith("port ")) {
                    int port = Integer.parseInt(line.substring(5));
                    return new Contestant("broker", "", port, started.process, started.log);
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the broker is not up:\n" + started.tail());
    }

    /** @param flags further ones of the JVM */
    public static Contestant wanglou(Path folder, String broker, List<String> flags) throws IOException {
        int port = freePort();
        List<String> command = java("-Xmx512m", SensorsMain.class, broker, port + "", folder.resolve("state") + "");
        command.addAll(1, flags);
        return start("wanglou", "wanglou.events", port, command, folder);
    }

    public static Contestant rsyslog(Path folder, String broker) throws IOException {
        int port = freePort();
        Path root = shippers();
        write(folder, "lines.rulebase", port, broker, "rsyslog");
        Path file = write(folder, "rsyslog.conf", port, broker, "rsyslog");
        String modules = root.resolve("usr/lib/x86_64-linux-gnu/rsyslog").toString();
        List<String> command = List.of(
                root.resolve("usr/sbin/rsyslogd") + "", "-n", "-i", "NONE", "-M", modules, "-f", file.toString());
        return start("rsyslog", "rsyslog", port, command, folder);
    }

    public static Contestant syslogNg(Path folder, String broker) throws IOException {
        int port = freePort();
        Path root = shippers();
        write(folder, "patterns.xml", port, broker, "syslog-ng");
        Path file = write(folder, "syslog-ng.conf", port, broker, "syslog-ng");
        List<String> command = List.of(
                root.resolve("usr/sbin/syslog-ng").toString(),
                "-F",
                "--no-caps",
                "--module-path=" + root.resolve("usr/lib/syslog-ng/3.38"),
                "--cfgfile=" + file,
                "--persist-file=" + folder.resolve("persist"),
                "--pidfile=" + folder.resolve("pid"),
                "--control=" + folder.resolve("ctl"));
        return start("syslog-ng", "syslog-ng", port, command, folder);
    }

    private static Path shippers() {
        String root = System.getProperty(SHIPPERS, "");
        if (root.isEmpty()) {
            throw new IllegalStateException("rsyslog and syslog-ng could not be fetched");
        }
        return Path.of(root);
    }

    private static List<String> java(String heap, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(heap, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path write(Path folder, String name, int port, String broker, String topic) throws IOException {
        try (InputStream in = Objects.requireNonNull(Contestant.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@PORT@", port + "")
                    .replace("@FOLDER@", folder.toString())
                    .replace("@BROKER@", broker)
                    .replace("@TOPIC@", topic);
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), text);
        }
    }

    private static Contestant start(String name, String topic, int port, List<String> command, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        String root = System.getProperty(SHIPPERS, "");
        if (!command.get(0).endsWith("java")) {
            builder.environment().put("TZ", "CST-8"); // as the lines' times are meant
            builder.environment()
                    .put(
                            "LD_LIBRARY_PATH",
                            root + "/lib/x86_64-linux-gnu:" + root + "/usr/lib/x86_64-linux-gnu:" + root
                                    + "/usr/lib/syslog-ng");
        }
        return new Contestant(name, topic, port, builder.start(), log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it takes connections. */
    public Contestant ready() throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return this;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException(name + " does not take connections:\n" + tail());
    }

    public double cpuSeconds() throws IOException {
        return new ProcFs(process.pid()).cpuSeconds();
    }

    /** CPU seconds of its threads by name; of threads that have ended, none. */
    public Map<String, Double> cpuByThread() throws IOException {
        return new ProcFs(process.pid()).cpuByThread();
    }

    public long peakMib() throws IOException {
        return new ProcFs(process.pid()).peakMib();
    }

    /** The end of what it has printed. */
    public String tail() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - 4_000));
            ByteBuffer end = ByteBuffer.allocate(4_000);
            channel.read(end);
            return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        if (!log.getFileName().toString().matches("(broker|wanglou)\\.log")) {
            process.destroy();
        }
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
