package org.wanglou.sensors.format.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;

/** Filebeat's module fixtures: {@code X.log} and {@code X.log-expected.json}, event by event, by the offset of the line. */
final class BeatsSet {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Map<String, String> FORMATS = new TreeMap<>(Map.ofEntries(
            Map.entry("apache/access", "apache-access"),
            Map.entry("apache/error", "apache-error"),
            Map.entry("auditd/log", "auditd"),
            Map.entry("haproxy/log", "haproxy"),
            Map.entry("iis/access", "iis-w3c"),
            Map.entry("nginx/access", "nginx-access"),
            Map.entry("nginx/ingress_controller", "nginx-ingress"),
            Map.entry("system/auth", "syslog"),
            Map.entry("system/syslog", "syslog"),
            Map.entry("elasticsearch/server", "elasticsearch"),
            Map.entry("elasticsearch/deprecation", "elasticsearch"),
            Map.entry("elasticsearch/slowlog", "elasticsearch"),
            Map.entry("elasticsearch/audit", "elasticsearch"),
            Map.entry("logstash/log", "logstash"),
            Map.entry("logstash/slowlog", "logstash"),
            Map.entry("kafka/log", "kafka"),
            Map.entry("icinga/main", "icinga"),
            Map.entry("icinga/debug", "icinga"),
            Map.entry("nats/log", "nats"),
            Map.entry("mongodb/log", "mongodb"),
            Map.entry("osquery/result", "osquery"),
            Map.entry("mysql/error", "mysql-error"),
            Map.entry("mysql/slowlog", "mysql-slow"),
            Map.entry("postgresql/log", "postgresql"),
            Map.entry("redis/log", "redis"),
            Map.entry("traefik/access", "traefik-access")));

    private BeatsSet() {}

    static void run(Path data, Tally tally, Compare compare) throws IOException {
        for (Map.Entry<String, String> entry : FORMATS.entrySet()) {
            Path folder = data.resolve("beats-filebeat-oss").resolve(entry.getKey());
            try (Stream<Path> files = Files.list(folder)) {
                for (Path expected : files.filter(f -> f.toString().endsWith("-expected.json"))
                        .sorted()
                        .toList()) {
                    String name = expected.getFileName().toString();
                    Path log = folder.resolve(name.substring(0, name.length() - "-expected.json".length()));
                    file(log, expected, entry.getKey(), Inputs.format(entry.getValue()), tally, compare);
                }
            }
        }
    }

    private static void file(Path log, Path expected, String set, Format format, Tally tally, Compare compare)
            throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        List<Map<String, Object>> events = JSON.readValue(expected.toFile(), new TypeReference<>() {});
        TreeMap<Long, byte[]> frames = Inputs.frames(log, format);
        Tally.Row row = tally.row("filebeat " + set);
        for (Map<String, Object> want : events) {
            long offset = ((Number) want.getOrDefault("log.offset", 0)).longValue();
            byte[] frame = frames.getOrDefault(offset, new byte[0]);
            Decoded decoded = Inputs.decode(format, frame, ZoneOffset.ofHours(-2));
            Event.Builder got =
                    decoded instanceof Decoded.Events all && !all.events().isEmpty()
                            ? all.events().get(0)
                            : null;
            row.inputs++;
            want.forEach((field, value) -> {
                if (compare.counts(field)) {
                    compare.compare(row, field, value, got, new String(frame, StandardCharsets.UTF_8));
                }
            });
        }
    }
}
