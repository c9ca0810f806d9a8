package org.wanglou.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.crypto.sm.KeyRing;

/**
 * One instance's folder: configuration, secrets, registry and data directory. Ports are drawn once, so that senders find
 * the listeners again after a restart. Confined to its thread.
 */
public final class Instance {
    /** Sensor names by what they take. */
    public static final String HTTP_SYSLOG = "lines";

    public static final String HTTP_ECS = "ecs";
    public static final String UDP_SYSLOG = "udp";
    public static final String TCP_SYSLOG = "tcp";

    private final Path root;
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Secret secret = Secret.of(KeyRing.randomSecret(32));
    private final String token = java.util.HexFormat.of().formatHex(KeyRing.randomSecret(16));
    private final List<Path> packs = new ArrayList<>();
    private boolean builtInPacks = true;
    private String receiver = "";
    private String profile = "small";
    private List<String> pupils = List.of();

    private Instance(Path root) {
        this.root = root;
    }

    /** A fresh instance under a directory that exists, with the made-up sample registry and all four listeners. */
    public static Instance in(Path root) throws IOException {
        Instance instance = new Instance(root);
        for (String name : List.of("console", HTTP_SYSLOG, HTTP_ECS, UDP_SYSLOG, TCP_SYSLOG)) {
            instance.ports.put(name, freePort());
        }
        org.wanglou.store.registry.RegistryLoader.writeSample(instance.registry());
        Files.writeString(root.resolve("token"), instance.token + "\n");
        Files.writeString(root.resolve("webhook.secret"), instance.secret.reveal() + "\n");
        return instance;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Where messages go: a port of 127.0.0.1. */
    public Instance tells(int receiverPort) {
        receiver = "127.0.0.1:" + receiverPort;
        return this;
    }

    /** Another profile than {@code small}. */
    public Instance withProfile(String other) {
        profile = other;
        return this;
    }

    /** Uses these pack folders, with or without the built-in ones. */
    public Instance withPacks(boolean builtIn, Path... folders) {
        builtInPacks = builtIn;
        packs.addAll(List.of(folders));
        return this;
    }

    /** Masks these names and numbers wherever they stand. */
    public Instance withPupils(List<String> list) {
        pupils = List.copyOf(list);
        return this;
    }

    /** Writes the configuration and returns its file. */
    public Path configure() throws IOException {
        StringBuilder yaml = new StringBuilder();
        yaml.append("node: bench\nprofile: ")
                .append(profile)
                .append("\nconsole:\n  bind: \"127.0.0.1:")
                .append(port("console"))
                .append("\"\nsensors:\n");
        sensor(yaml, HTTP_SYSLOG, "http", "syslog");
        sensor(yaml, HTTP_ECS, "http", "ecs-json");
        sensor(yaml, UDP_SYSLOG, "udp", "syslog");
        sensor(yaml, TCP_SYSLOG, "tcp", "syslog");
        if (!receiver.isEmpty()) {
            yaml.append("notify:\n  allow: [\"").append(receiver).append("\"]\n  routes:\n");
            yaml.append("    - name: duty\n      notifier: webhook\n      url: \"http://")
                    .append(receiver)
                    .append("/\"\n      minimum: low\n      secret: \"file:")
                    .append(root.resolve("webhook.secret"))
                    .append("\"\n");
        }
        yaml.append("builtInPacks: ").append(builtInPacks).append('\n');
        if (!packs.isEmpty()) {
            yaml.append("packs:\n");
            packs.forEach(pack -> yaml.append("  - \"").append(pack).append("\"\n"));
        }
        if (!pupils.isEmpty()) {
            Path list = root.resolve("enrolled.csv");
            Files.writeString(list, "value\n" + String.join("\n", pupils) + "\n");
            yaml.append("privacy:\n  enrolled: \"").append(list).append("\"\n");
        }
        yaml.append("registry:\n");
        for (String table : List.of("organizations", "assets", "contacts")) {
            yaml.append("  ")
                    .append(table)
                    .append(": \"")
                    .append(registry().resolve(table + ".csv"))
                    .append("\"\n");
        }
        Path file = root.resolve("wanglou.yml");
        Files.writeString(file, yaml);
        return file;
    }

    private void sensor(StringBuilder yaml, String name, String listener, String format) {
        yaml.append("  - name: ").append(name).append("\n    listener: ").append(listener);
        yaml.append("\n    bind: \"127.0.0.1:")
                .append(port(name))
                .append("\"\n    format: ")
                .append(format);
        if (listener.equals("http")) {
            yaml.append("\n    token: \"file:").append(root.resolve("token")).append('"');
        }
        yaml.append('\n');
    }

    public int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("no listener " + name + ", only " + ports.keySet());
        }
        return port;
    }

    public Path root() {
        return root;
    }

    public Path data() {
        return root.resolve("data");
    }

    public Path registry() {
        return root.resolve("registry");
    }

    public Secret secret() {
        return secret;
    }

    public String token() {
        return token;
    }

    /** PEM of the public key that signs messages; there after the first start. */
    public Path notifyKey() {
        return data().resolve("keys").resolve("notify.pub.pem");
    }

    /** PEM of the public key that signs the ledger; there after the first start. */
    public Path ledgerKey() {
        return data().resolve("keys").resolve("ledger.pub.pem");
    }
}
