package org.wanglou.bench.detect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * The events of the run by kind. Real where the operator has corpora (Windows events of attack simulations, lines with web
 * attacks), the rest written by {@link Written}; the names of the kinds say which.
 */
final class Corpora {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Of one channel and code no more, so that the commonest kind is not nearly all. */
    private static final int MOST_ALIKE = 6_000;

    private Corpora() {}

    /** @param folder of corpora; where it or a part of it is absent, that kind is left out */
    static Map<String, byte[][]> read(Path folder, long seed) throws IOException {
        Map<String, byte[][]> kinds = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> processes = new ArrayList<>();
        Records windows = new Records("json", "windows");
        windows(folder.resolve("security-datasets"), windows, processes);
        kinds.put("windows, real", windows.all());
        Records varied = new Records("json", "processes");
        vary(processes, varied, random, 30_000);
        kinds.put("process creation, real ones varied", varied.all());
        kinds.put("process creation, the same without the copies of their text", Records.lean(varied.all()));
        Records linux = new Records("ecs-json", "linux");
        Records web = new Records("nginx-access", "web");
        Records attacks = new Records("nginx-access", "web");
        Records dns = new Records("syslog", "dns");
        Records firewall = new Records("fortinet-fortigate", "firewall");
        for (int i = 0; i < 20_000; i++) {
            linux.add(Written.linuxProcess(i, random));
            web.add(Written.access(i, random));
            dns.add(Written.dnsmasq(i, random));
            firewall.add(Written.fortigate(i, random));
        }
        attacks(folder.resolve("crs-weblog/weblog.jsonl"), attacks);
        kinds.put("linux processes, written", linux.all());
        kinds.put("web, written", web.all());
        kinds.put("web attacks, real", attacks.all());
        kinds.put("dns, written", dns.all());
        kinds.put("firewall, written", firewall.all());
        kinds.values().removeIf(records -> records.length == 0);
        return kinds;
    }

    private static void windows(Path folder, Records records, List<String> processes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Map<String, Integer> alike = new HashMap<>();
        List<Path> archives;
        try (Stream<Path> walk = Files.walk(folder)) {
            archives = walk.filter(path -> path.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        }
        for (Path archive : archives) {
            try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    if (entry.getName().endsWith(".json")) {
                        windows(in, records, processes, alike);
                    }
                }
            } catch (ZipException e) {
                // Some archives are encrypted, which Java's reader does not take: the others are enough.
                continue;
            }
        }
    }

    private static void windows(InputStream in, Records records, List<String> processes, Map<String, Integer> alike)
            throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode node;
            try {
                node = JSON.readTree(line);
            } catch (IOException e) {
                continue;
            }
            String code = node.path("EventID").asText();
            String kind = node.path("Channel").asText() + code;
            if (alike.merge(kind, 1, Integer::sum) <= MOST_ALIKE) {
                records.add(line);
            }
            if (code.equals("1") && node.has("CommandLine") || code.equals("4688")) {
                processes.add(line);
            }
        }
    }

    /** Real process creations with other users, paths, numbers: what differs between two runs of one program. */
    private static void vary(List<String> processes, Records records, SplittableRandom random, int count)
            throws IOException {
        for (int i = 0; !processes.isEmpty() && i < count; i++) {
            ObjectNode node = (ObjectNode) JSON.readTree(processes.get(random.nextInt(processes.size())));
            for (String name : List.of("CommandLine", "ParentCommandLine", "Message")) {
                if (node.has(name)) {
                    node.put(name, Written.varied(node.get(name).asText(), random));
                }
            }
            node.put("ProcessId", String.valueOf(1000 + random.nextInt(30_000)));
            node.put("ProcessGuid", "{" + Long.toHexString(random.nextLong()) + "}");
            records.add(node.toString());
        }
    }

    private static void attacks(Path file, Records records) throws IOException {
        if (Files.isRegularFile(file)) {
            for (String line : Files.readAllLines(file)) {
                records.add(JSON.readTree(line).path("log").asText());
            }
        }
    }
}
