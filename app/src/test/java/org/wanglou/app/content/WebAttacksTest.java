package org.wanglou.app.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;
import org.wanglou.rules.Packs;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/**
 * Requests of the OWASP CRS regression tests as access-log lines (crs-weblog): which of them the packs report. Lines whose
 * payload an access log does not show are left out of recall. The floors are the aims where they are reached.
 */
class WebAttacksTest {
    private static final long RECEIVED = Instant.parse("2026-11-24T02:00:00Z").toEpochMilli();
    // Half of these lines are of paranoia levels 3 and 4: any character beyond letters and digits. No rule of ours
    // wants that.
    private static final Set<String> NO_ATTACK_CLASS = Set.of("protocol-enforcement");

    private record Line(String request, String type, String rule, boolean visible, boolean attack, boolean benign) {}

    @Test
    void nine_of_ten_visible_attacks_of_each_class_are_reported_and_benign_requests_are_not() throws IOException {
        Path file = data();
        assumeTrue(file != null, "crs-weblog is not beside the project (../shared/data)");
        RuleSet rules = RuleSet.compile(Packs.builtIn());
        List<Line> lines = lines(file);
        Set<String> wanted = new HashSet<>();
        lines.stream().filter(line -> line.attack && line.visible).forEach(line -> wanted.add(line.request));
        Map<String, int[]> recall = new TreeMap<>();
        int benign = 0;
        int contradicted = 0;
        List<String> alarms = new ArrayList<>();
        for (Line line : lines) {
            Set<String> matched = matched(rules, line.request);
            if (line.attack && line.visible) {
                int[] counts = recall.computeIfAbsent(line.type, type -> new int[2]);
                counts[matched.isEmpty() ? 1 : 0]++;
                if (matched.isEmpty()) {
                    System.out.println("web attacks: missed " + line.rule + " " + shortened(line.request));
                }
            } else if (line.benign && wanted.contains(line.request)) {
                contradicted++;
            } else if (line.benign) {
                benign++;
                if (!matched.isEmpty()) {
                    alarms.add(line.rule + " " + shortened(line.request) + " " + matched);
                }
            }
        }
        alarms.forEach(alarm -> System.out.println("web attacks: false alarm " + alarm));
        recall.forEach((type, counts) ->
                System.out.println("web attacks: " + type + " " + counts[0] + " of " + (counts[0] + counts[1])));
        System.out.println("web attacks: false alarms " + alarms.size() + " of " + benign
                + ", lines that another test calls" + " an attack: " + contradicted);
        recall.forEach((type, counts) -> {
            if (!NO_ATTACK_CLASS.contains(type)) {
                assertThat(counts[0] * 100).as(type).isGreaterThanOrEqualTo(90 * (counts[0] + counts[1]));
            }
        });
        assertThat(alarms.size() * 100).isLessThanOrEqualTo(2 * benign);
    }

    private static Set<String> matched(RuleSet rules, String request) {
        Format format = Formats.named("nginx-access").orElseThrow();
        byte[] bytes = ("203.0.113.101 - - [15/Mar/2025:10:35:01 +0800] " + request).getBytes(StandardCharsets.UTF_8);
        Decoded decoded =
                format.decode(new Frame(bytes, "192.0.2.1", RECEIVED, "o", false), ZoneId.of("Asia/Shanghai"));
        Set<String> matched = new TreeSet<>();
        if (decoded instanceof Decoded.Events events) {
            for (Event.Builder event : events.events()) {
                rules.match(event.build(), rule -> matched.add(rule.id()));
            }
        }
        return matched;
    }

    private static List<Line> lines(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            JsonNode node = json.readTree(text);
            String log = node.get("log").asText();
            lines.add(new Line(
                    log.substring(log.indexOf("] ") + 2),
                    node.get("class").asText(),
                    node.get("rule_id").asText(),
                    node.get("payload_visible_in_access_log").asBoolean(),
                    !node.get("expect_ids").isEmpty(),
                    node.get("expect_ids").isEmpty()
                            && !node.get("no_expect_ids").isEmpty()));
        }
        return lines;
    }

    private static String shortened(String request) {
        return request.substring(0, Math.min(200, request.length()));
    }

    private static @Nullable Path data() {
        for (Path from = Path.of("").toAbsolutePath(); from != null; from = from.getParent()) {
            Path file = from.resolve("../shared/data/crs-weblog/weblog.jsonl").normalize();
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }
}
