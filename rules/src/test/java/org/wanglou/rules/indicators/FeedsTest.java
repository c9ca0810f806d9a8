package org.wanglou.rules.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.read.IntakeReport;
import org.wanglou.rules.indicators.warning.Warninglists;

/** STIX bundles and MISP events. */
class FeedsTest {
    private static final long NOW = 1_790_000_000_000L;

    private static Intake taken(String text) {
        return Intake.read(Input.of("feed.json", text), IntakeOptions.plain());
    }

    private static String bundle(String... objects) {
        return "{\"type\":\"bundle\",\"id\":\"bundle--1\",\"objects\":[" + String.join(",", objects) + "]}";
    }

    private static String indicator(String pattern, String more) {
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--1\",\"pattern_type\":\"stix\","
                + "\"pattern\":\"" + pattern.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" + more + "}";
    }

    private static List<Hit> met(Intake intake, Object... namesAndValues) {
        Event.Builder event = Event.builder().set(Ecs.TIMESTAMP, NOW);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return IndicatorSet.of(List.of(intake.part()), Warninglists.NONE).match(event.build());
    }

    @Test
    void an_indicator_keeps_its_author_marking_confidence_and_sightings() {
        Intake intake = taken(bundle(
                indicator(
                        "[ipv4-addr:value = '203.0.113.5']",
                        ",\"confidence\":85,\"created_by_ref\":\"identity--7\",\"name\":\"c2\",\"object_marking_refs\":"
                                + "[\"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed\"]"),
                "{\"type\":\"sighting\",\"id\":\"sighting--1\",\"sighting_of_ref\":\"indicator--1\",\"count\":4}",
                "{\"type\":\"identity\",\"id\":\"identity--7\",\"name\":\"CERT Example\"}"));
        Indicator met = met(intake, "destination.ip", "203.0.113.5").get(0).indicator();
        assertThat(met.source()).isEqualTo("CERT Example");
        assertThat(met.origin().marking()).isEqualTo("TLP:RED");
        assertThat(met.confidence()).isEqualTo(85);
        assertThat(met.sightings()).isEqualTo(4);
        assertThat(met.description()).isEqualTo("c2 (indicator--1)");
    }

    @Test
    void revoked_foreign_and_windowed_patterns_are_told_apart() {
        IntakeReport report = taken(bundle(
                        indicator("[ipv4-addr:value = '203.0.113.5']", ",\"revoked\":true"),
                        "{\"type\":\"indicator\",\"pattern_type\":\"yara\",\"pattern\":\"rule x {}\"}",
                        indicator("[file:name = 'a.exe'] FOLLOWEDBY [process:name = 'b.exe']", ""),
                        indicator("[mutex:name = 'x']", ""),
                        indicator("[file:name = 'a.exe'", ""),
                        indicator("[file:hashes.MD5 = 'zz']", "")))
                .report();
        assertThat(report.skipped()).containsKeys("revoked", "pattern_type yara", "no event field is about mutex:name");
        assertThat(report.windowed()).hasSize(1).first().asString().contains("FOLLOWEDBY");
        assertThat(report.problems()).hasSize(2);
        assertThat(report.problems().get(0).message()).contains("/objects/4/pattern 1:21");
    }

    @Test
    void a_combined_pattern_holds_only_as_a_whole() {
        String pattern = "[(ipv4-addr:value = '203.0.113.5' OR domain-name:value = 'bad.example.com') AND"
                + " network-traffic:dst_port IN (443, 8443)]";
        Intake intake = taken(bundle(indicator(pattern, "")));
        assertThat(intake.report().combinedCount()).isEqualTo(1);
        IndicatorSet set = IndicatorSet.of(List.of(intake.part()), Warninglists.NONE);
        Event.Builder event = Event.builder()
                .set(Ecs.TIMESTAMP, NOW)
                .set("destination.ip", "203.0.113.5")
                .set("destination.port", 443L);
        assertThat(set.match(event.build())).hasSize(1);
        assertThat(set.match(event.set("destination.port", 80L).build())).isEmpty();
    }

    @Test
    void a_pattern_without_a_value_to_go_by_is_asked_of_every_event() {
        Intake intake = taken(bundle(indicator("[process:command_line MATCHES '(?i)mimi(katz|dogz)']", "")));
        assertThat(intake.report().everywhereCount()).isEqualTo(1);
        assertThat(met(intake, "process.command_line", "x MIMIKATZ y")).hasSize(1);
    }

    @Test
    void validity_of_a_pattern_ends_before_valid_until() {
        Intake intake = taken(bundle(indicator(
                "[url:value = 'http://bad.example.com/x']",
                ",\"valid_from\":\"2020-01-01T00:00:00Z\",\"valid_until\":\"2021-01-01T00:00:00Z\"")));
        assertThat(met(intake, "url.full", "http://bad.example.com/x")).isEmpty();
    }

    @Test
    void attributes_for_detection_become_indicators_the_rest_is_counted() {
        IntakeReport report = taken("""
                {"Event":{"info":"campaign","Orgc":{"name":"CERT"},"Tag":[{"name":"tlp:amber"}],
                 "Attribute":[
                  {"type":"ip-dst","value":"203.0.113.1","to_ids":true},
                  {"type":"ip-dst|port","value":"203.0.113.2|8080","to_ids":true},
                  {"type":"filename|sha1","value":"a.exe|0123456789abcdef0123456789abcdef01234567","to_ids":true},
                  {"type":"domain|ip","value":"bad.example.com|203.0.113.3","to_ids":true},
                  {"type":"ip-src","value":"203.0.113.4","to_ids":false},
                  {"type":"ip-src","value":"203.0.113.5","to_ids":true,"deleted":true},
                  {"type":"mutex","value":"m","to_ids":true},
                  {"type":"domain","value":"gone.example.com","to_ids":true,"Sighting":[{"type":"1"}]},
                  {"type":"md5","value":"xyz","to_ids":true}],
                 "Object":[{"name":"url","Attribute":[{"type":"url","value":"hxxp://bad[.]example[.]org/","to_ids":true}]}],
                 "ShadowAttribute":[{"type":"ip-dst","value":"203.0.113.9","to_ids":true}]}}
                """).report();
        assertThat(report.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        IndicatorType.IP, 3, IndicatorType.DOMAIN, 1, IndicatorType.HASH, 1, IndicatorType.URL, 1));
        assertThat(report.skipped())
                .containsOnlyKeys(
                        "not for detection (to_ids)",
                        "deleted",
                        "no event field is about MISP type mutex",
                        "seen as false more often than as true");
        assertThat(report.problems()).hasSize(1);
    }

    @Test
    void what_misp_and_stix_say_of_one_attribute_becomes_the_same_indicators() throws IOException {
        Optional<Path> file = SharedData.at("misp-stix-mapping/stix21_to_misp_attributes.json");
        if (file.isEmpty()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        int same = 0;
        int neither = 0;
        for (Map.Entry<String, JsonNode> entry : SharedData.json(file.get()).properties()) {
            JsonNode stix = entry.getValue().path("Indicator").path("STIX");
            JsonNode misp = entry.getValue().path("Indicator").path("MISP");
            if (!stix.path("pattern_type").asText().equals("stix")) {
                continue;
            }
            ObjectNode event = SharedData.JSON.createObjectNode();
            event.putObject("Event").putArray("Attribute").add(misp);
            Intake one = taken(stix.toString());
            Intake other = taken(event.toString());
            TreeSet<String> fromStix = values(one);
            TreeSet<String> fromMisp = values(other);
            if (!one.report().problems().isEmpty() || !other.report().problems().isEmpty()) {
                wrong.add(entry.getKey() + " " + one.report().problems()
                        + other.report().problems());
            } else if (fromStix.isEmpty() && fromMisp.isEmpty()) {
                neither++;
            } else if (fromStix.equals(fromMisp)
                    || one.report().combinedCount() == 1 && fromMisp.containsAll(fromStix)) {
                same++;
            } else {
                // The sample's own octets stand in the pattern of a malware-sample; no event has them.
                if (entry.getKey().equals("malware-sample") && fromStix.isEmpty()) {
                    continue;
                }
                wrong.add(entry.getKey() + " " + fromStix + " " + fromMisp + " "
                        + stix.path("pattern").asText());
            }
        }
        System.out.println("misp-stix-mapping: same " + same + ", no event field " + neither + ", differ " + wrong);
        assertThat(wrong).isEmpty();
    }

    private static TreeSet<String> values(Intake intake) {
        TreeSet<String> values = new TreeSet<>();
        intake.part()
                .segment()
                .each(one -> values.add(one.type().word() + " " + one.value() + " " + one.side() + " " + one.port()));
        return values;
    }

    @Test
    void bundles_and_events_of_others_are_read_to_their_end() throws IOException {
        int files = 0;
        int taken = 0;
        List<String> unread = new ArrayList<>();
        for (String set :
                List.of("stix2-examples", "stix-fixtures-rstix/fixtures/interop", "misp-events", "attack-stix")) {
            Optional<Path> folder = SharedData.at(set);
            if (folder.isEmpty()) {
                continue;
            }
            try (Stream<Path> walk = Files.walk(folder.get())) {
                for (Path file : walk.filter(path -> path.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    IntakeReport report =
                            Intake.read(Input.of(file), IntakeOptions.plain()).report();
                    files++;
                    taken += report.taken();
                    report.problems().forEach(problem -> unread.add(problem.toString()));
                }
            }
        }
        System.out.println("feeds: files " + files + " indicators " + taken + " problems " + unread);
        assertThat(unread).noneMatch(problem -> problem.contains("cannot be read further"));
    }
}
