package org.wanglou.sensors.format.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;

/** Sets that say what a line is, or how many events a file holds, rather than what its fields are. */
final class Recognised {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int LINES_OF_A_FILE = 400;
    /** Which dataset or program a file's lines must be recognised as. */
    private static final Map<String, String> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("SonicWall", "sonicwall.firewall"),
            Map.entry("apparmor", "auditd.log"),
            Map.entry("checkpoint_smart1", "checkpoint.firewall"),
            Map.entry("dnsmasq", "dns.dnsmasq"),
            Map.entry("dropbear", "program dropbear"),
            Map.entry("modsecurity", "apache.error"),
            Map.entry("named", "dns.bind"),
            Map.entry("nextcloud", "json"),
            Map.entry("openbsd-dhcpd", "dhcp.server"),
            Map.entry("owlh", "zeek."),
            Map.entry("pix", "cisco."),
            Map.entry("postfix", "postfix.log"),
            Map.entry("rsh", "program rshd"),
            Map.entry("samba", "program smbd"),
            Map.entry("squid_rules", "squid.log"),
            Map.entry("su", "program su"),
            Map.entry("sudo", "program sudo"),
            Map.entry("systemd", "program systemd"),
            Map.entry("pam", "pam")));

    private Recognised() {}

    static void rules(Path data, Tally tally) throws IOException {
        for (String set : List.of("wazuh-rules-ini", "ossec-ini")) {
            Tally.Row row = tally.row(set);
            try (Stream<Path> files = Files.list(data.resolve(set))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".ini"))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replace(".ini", "");
                    String kind = KINDS.get(name);
                    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                        int equals = line.indexOf(" = ");
                        // a line that must not match a rule may be another program's on purpose
                        if (line.startsWith("log ")
                                && equals > 0
                                && line.substring(0, equals).endsWith("pass")
                                && kind != null) {
                            row.inputs++;
                            one(row, name, kind, line.substring(equals + 3).strip());
                        }
                    }
                }
            }
        }
    }

    private static void one(Tally.Row row, String name, String kind, String line) {
        Event.Builder event = Inputs.event("auto", line, SHANGHAI);
        String dataset = event == null ? "malformed" : String.valueOf(event.get(Ecs.EVENT_DATASET));
        boolean right = event != null
                && (kind.equals("pam")
                        ? event.get(Ecs.EVENT_ACTION) != null
                        : kind.startsWith("program ")
                                ? kind.substring(8).equals(event.get(Ecs.PROCESS_NAME))
                                : kind.endsWith(".") ? dataset.startsWith(kind) : dataset.equals(kind));
        count(row, right, name + " as " + dataset, line);
    }

    private static void count(Tally.Row row, boolean right, String what, String line) {
        if (right) {
            row.agree++;
        } else {
            row.wrong++;
            row.fields.merge(what, 1, Integer::sum);
            if (row.examples.size() < 12) {
                row.examples.add(what + " | " + line.substring(0, Math.min(220, line.length())));
            }
        }
    }

    /** Windows and Linux events of the attack simulations: each must have its id, or be an audit record. */
    static void simulations(Path data, Tally tally) throws IOException {
        Tally.Row row = tally.row("security-datasets");
        try (Stream<Path> files = Files.walk(data.resolve("security-datasets"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".zip")).sorted().toList()) {
                try (ZipFile zip = new ZipFile(file.toFile())) {
                    for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                        if (!entry.isDirectory()
                                && !entry.getName().startsWith("__MACOSX")
                                && (entry.getName().endsWith(".json")
                                        || entry.getName().endsWith(".log"))) {
                            try (BufferedReader in = new BufferedReader(
                                    new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
                                simulation(in, row);
                            }
                        }
                    }
                } catch (java.util.zip.ZipException e) {
                    // a few archives are encrypted
                    System.out.println("conformance: " + file.getFileName() + " skipped: " + e.getMessage());
                }
            }
        }
    }

    private static void simulation(BufferedReader in, Tally.Row row) throws IOException {
        int lines = 0;
        String first = in.readLine();
        if (first == null || !first.startsWith("{") && !first.startsWith("type=")) {
            return;
        }
        for (String line = first; line != null && lines < LINES_OF_A_FILE; line = in.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            lines++;
            row.inputs++;
            Event.Builder event = Inputs.event("auto", line, SHANGHAI);
            if (line.startsWith("{")) {
                JsonNode node = JSON.readTree(line);
                JsonNode id = node.path("EventID");
                String expected = id.isMissingNode() ? node.path("event_id").asText() : id.asText();
                if (!expected.isEmpty()) {
                    count(
                            row,
                            event != null && expected.equals(event.get(Ecs.EVENT_CODE)),
                            "event.code of " + expected,
                            line);
                } else {
                    count(row, event != null, "malformed", line);
                }
            } else {
                count(row, event != null && event.get(Ecs.TIMESTAMP) != null, "no time", line);
            }
        }
    }

    /** Zeek's baselines: as many events as lines that are no comment. The archive is opened with the machine's tar. */
    static void zeek(Path data, Tally tally) throws IOException {
        Path folder = Files.createTempDirectory("zeek-logs");
        try {
            Process tar = new ProcessBuilder(
                            "tar",
                            "-xf",
                            data.resolve("zeek-logs/baseline-logs.tar.xz").toString(),
                            "-C",
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            if (!tar.waitFor(60, TimeUnit.SECONDS) || tar.exitValue() != 0) {
                System.out.println("conformance: zeek-logs skipped, tar could not open the archive");
                return;
            }
            Tally.Row row = tally.row("zeek-logs");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".log"))
                        .sorted()
                        .toList()) {
                    log(file, row);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void log(Path file, Tally.Row row) throws IOException {
        byte[] all = Files.readAllBytes(file);
        String first = new String(all, 0, Math.min(all.length, 200), StandardCharsets.ISO_8859_1);
        Format format = Inputs.format(first.startsWith("{") ? "zeek-json" : "zeek-tsv");
        if (!first.startsWith("{") && !first.contains("#separator")) {
            return;
        }
        for (byte[] frame : Inputs.frames(file, format).values()) {
            Decoded decoded = Inputs.decode(format, frame, SHANGHAI);
            row.inputs++;
            String text = new String(frame, StandardCharsets.UTF_8);
            count(
                    row,
                    decoded instanceof Decoded.Events events && events.events().size() == 1,
                    file.getFileName().toString(),
                    text.substring(text.lastIndexOf('\n') + 1));
        }
    }

    /** Access lines of attacks: every one must be read, its request kept as it was. */
    static void weblog(Path data, Tally tally) throws IOException {
        Tally.Row row = tally.row("crs-weblog");
        for (String line : Files.readAllLines(data.resolve("crs-weblog/weblog.jsonl"))) {
            JsonNode node = JSON.readTree(line);
            String log = node.path("line").asText(node.path("log").asText());
            if (!log.isEmpty()) {
                row.inputs++;
                Event.Builder event = Inputs.event("nginx-access", log, SHANGHAI);
                count(row, event != null && event.get(Ecs.HTTP_STATUS) != null, "malformed", log);
            }
        }
    }
}
