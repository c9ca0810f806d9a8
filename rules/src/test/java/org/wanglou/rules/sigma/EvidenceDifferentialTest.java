package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Event;
import org.wanglou.rules.Packs;

/** On SigmaHQ's own evidence every rule matches exactly where the interpreter says so, and nowhere else. */
class EvidenceDifferentialTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ONE_OF = 6;

    // The places in ECS of data that the formats write there; the rest stays where it is.
    private static final Map<String, String> ECS = Map.of(
            "Image", "process.executable",
            "ParentImage", "process.parent.executable",
            "CommandLine", "process.command_line",
            "ParentCommandLine", "process.parent.command_line",
            "CurrentDirectory", "process.working_directory",
            "OriginalFileName", "process.pe.original_file_name",
            "TargetFilename", "file.path",
            "ImageLoaded", "file.path",
            "TargetObject", "registry.path",
            "QueryName", "dns.question.name");

    @TempDir
    Path temp;

    @Test
    void matcher_and_interpreter_agree_on_every_rule_and_every_event_of_the_evidence() throws Exception {
        Path rules = SigmaSetsTest.data("sigma/rules.tar.gz");
        Path evidence = SigmaSetsTest.data("sigma/regression_data.tar.xz");
        if (rules == null || evidence == null) {
            return;
        }
        SigmaSetsTest.unpack(rules, temp);
        SigmaSetsTest.unpack(evidence, temp);
        boolean full = Boolean.getBoolean("wanglou.full");
        RuleSet compiled;
        try (Stream<Path> all = Files.list(temp)) {
            compiled = RuleSet.compile(Packs.fromFolders(
                    all.filter(path -> String.valueOf(path.getFileName()).startsWith("rules"))
                            .sorted()
                            .toList()));
        }
        List<Event> events = events();
        int matches = 0;
        int held = 0;
        for (int i = 0; i < events.size(); i += full ? 1 : ONE_OF) {
            Event event = events.get(i);
            held++;
            TreeSet<String> expected = new TreeSet<>();
            compiled.rules().stream()
                    .filter(rule -> Interpreter.matches(rule, event))
                    .forEach(rule -> expected.add(rule.id()));
            TreeSet<String> matched = new TreeSet<>();
            compiled.match(event, rule -> matched.add(rule.id()));
            assertThat(matched).as(event.extra().toString()).isEqualTo(expected);
            matches += matched.size();
        }
        System.out.println("evidence: " + compiled.rules().size() + " rules on " + held + " of " + events.size()
                + " events, " + matches + " matches, matcher and interpreter agree");
        assertThat(matches).isPositive();
    }

    private List<Event> events() throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.walk(temp.resolve("regression_data"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                try (MappingIterator<JsonNode> documents =
                        JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
                    while (documents.hasNext()) {
                        JsonNode document = documents.next();
                        for (JsonNode one : document.isArray() ? document : List.of(document)) {
                            events.add(event(one.path("Event")));
                        }
                    }
                }
            }
        }
        return events;
    }

    private static Event event(JsonNode node) {
        JsonNode system = node.path("System");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event.code", system.path("EventID").asText());
        fields.put(
                "event.provider",
                system.path("Provider").path("#attributes").path("Name").asText());
        fields.put("event.module", "windows");
        fields.put("host.os.type", "windows");
        fields.put("winlog.channel", system.path("Channel").asText());
        fields.put("winlog.computer_name", system.path("Computer").asText());
        node.path("EventData").fields().forEachRemaining(data -> {
            String value = data.getValue().asText();
            fields.put("winlog.event_data." + data.getKey(), value);
            String ecs = ECS.get(data.getKey());
            if (ecs != null && !value.isEmpty()) {
                fields.put(ecs, value);
            }
        });
        Event.Builder event = Event.builder();
        fields.forEach(event::set);
        return event.build();
    }
}
