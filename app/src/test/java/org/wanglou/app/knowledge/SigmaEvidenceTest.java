package org.wanglou.app.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Event;
import org.wanglou.rules.Packs;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.sensors.format.Container.Piece;
import org.wanglou.sensors.format.Container.Pieces;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** SigmaHQ's own evidence: every rule that has some matches it through our formats, as event log and as JSON. */
class SigmaEvidenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    private static @Nullable Path data() {
        for (Path from = Path.of("").toAbsolutePath(); from != null; from = from.getParent()) {
            Path data = from.resolve("../shared/data/sigma").normalize();
            if (Files.isDirectory(data)) {
                return data;
            }
        }
        return null;
    }

    private void unpack(Path archive) throws Exception {
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", temp.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("tar.log").toFile())
                .start();
        assertThat(tar.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(tar.exitValue())
                .as(Files.readString(temp.resolve("tar.log")))
                .isZero();
    }

    @Test
    void every_rule_with_evidence_matches_it_through_our_formats() throws Exception {
        Path data = data();
        if (data == null) {
            System.out.println("conformance: sigma evidence skipped, it is not beside the project (../shared/data)");
            return;
        }
        unpack(data.resolve("rules.tar.gz"));
        unpack(data.resolve("regression_data.tar.xz"));
        List<String[]> rows = Files.readAllLines(data.resolve("regression_index.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
        RuleSet rules = RuleSet.compile(Packs.fromFolders(folders(rows)));
        List<String> missed = new ArrayList<>();
        TreeMap<String, Integer> others = new TreeMap<>();
        int[] events = {0};
        int files = 0;
        for (String[] row : rows) {
            for (Path file : files(temp.resolve(row[5]))) {
                List<Event> read = events(file);
                if (read.isEmpty()) {
                    continue;
                }
                files++;
                int hits = 0;
                for (Event event : read) {
                    events[0]++;
                    Set<String> matched = new TreeSet<>();
                    rules.match(event, rule -> matched.add(rule.id()));
                    hits += matched.contains(row[0]) ? 1 : 0;
                    matched.stream().filter(id -> !id.equals(row[0])).forEach(id -> others.merge(id, 1, Integer::sum));
                }
                // The evidence of one rule holds whole sessions, so more events than the promised ones may match.
                if (hits < (row[3].isEmpty() ? 1 : Integer.parseInt(row[3]))) {
                    missed.add(file + ": " + hits + " of " + row[3]);
                }
            }
        }
        System.out.println("sigma evidence: " + rows.size() + " rules, " + files + " files, " + events[0]
                + " events; missed " + missed.size() + "; " + others.size() + " other rules matched "
                + others.values().stream().mapToInt(Integer::intValue).sum() + " times, of "
                + rules.rules().size() + " loaded");
        assertThat(missed).isEmpty();
        assertThat(files).isGreaterThan(200);
    }

    // In full all rules are there to match what they should not; else those of the folders that have evidence.
    private List<Path> folders(List<String[]> rows) throws IOException {
        if (Boolean.getBoolean("wanglou.full")) {
            try (Stream<Path> all = Files.list(temp)) {
                return all.filter(path -> String.valueOf(path.getFileName()).startsWith("rules"))
                        .toList();
            }
        }
        return rows.stream().map(row -> temp.resolve(row[4])).distinct().toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !path.toString().endsWith(".yml"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Event> events(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        String name = file.toString();
        if (name.endsWith(".evtx")) {
            Format format = Formats.named("evtx").orElseThrow();
            try (InputStream in = Files.newInputStream(file)) {
                Pieces pieces = format.container().orElseThrow().open(in);
                for (Optional<Piece> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                    if (piece.get() instanceof Piece.Message message) {
                        decode(format, message.bytes(), events);
                    }
                }
            }
        } else if (name.endsWith(".raw")) {
            Format format = Formats.named("cisco-ios").orElseThrow();
            for (String line : Files.readAllLines(file)) {
                decode(format, line.getBytes(StandardCharsets.UTF_8), events);
            }
        } else if (name.contains(".json")) {
            Format format = Formats.named("windows-event-json").orElseThrow();
            try (MappingIterator<JsonNode> documents =
                    JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
                while (documents.hasNext()) {
                    JsonNode document = documents.next();
                    for (JsonNode one : document.isArray() ? document : List.of(document)) {
                        decode(format, JSON.writeValueAsBytes(one), events);
                    }
                }
            }
        }
        return events;
    }

    private static void decode(Format format, byte[] bytes, List<Event> events) {
        Decoded decoded = format.decode(new Frame(bytes, "192.0.2.1", 1_764_000_000_000L, "o", false), ZoneOffset.UTC);
        if (decoded instanceof Decoded.Events read) {
            read.events().forEach(event -> events.add(event.build()));
        }
    }
}
