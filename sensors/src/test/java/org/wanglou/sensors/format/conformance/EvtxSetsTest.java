package org.wanglou.sensors.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Container.Piece;
import org.wanglou.sensors.format.Container.Pieces;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;

/** Every event log file of the data beside the project; counts are those of an independent reader, see docs/conformance.md. */
class EvtxSetsTest {
    @TempDir
    Path temp;

    private final Set<String> fields = new TreeSet<>();
    private int files;
    private int records;
    private int unread;
    private int damaged;

    private boolean unpacked(String archive) throws Exception {
        Path data = Inputs.data();
        Path file = data == null ? Path.of("none") : data.resolve(archive);
        if (!Files.exists(file)) {
            System.out.println("conformance: " + archive + " skipped, it is not beside the project (../shared/data)");
            return false;
        }
        Process tar = new ProcessBuilder("tar", "-xJf", file.toString(), "-C", temp.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("tar.log").toFile())
                .start();
        assertThat(tar.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tar.exitValue())
                .as(Files.readString(temp.resolve("tar.log")))
                .isZero();
        return true;
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(temp)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private void readAll() throws IOException {
        Format format = Inputs.format("evtx");
        for (Path file : files(".evtx")) {
            files++;
            try (InputStream in = Files.newInputStream(file)) {
                Pieces pieces = format.container().orElseThrow().open(in);
                for (Optional<Piece> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                    if (piece.get() instanceof Piece.Message message) {
                        count(Inputs.decode(format, message.bytes(), ZoneOffset.UTC));
                    } else {
                        damaged++;
                    }
                }
            }
        }
    }

    private void count(Decoded decoded) {
        if (decoded instanceof Decoded.Events events) {
            records++;
            fields.add(said(events.events().get(0).set("event.id", "i").set("event.original", null)));
        } else {
            unread++;
        }
    }

    private static String said(Event.Builder event) {
        return event.build().toString();
    }

    @Test
    void the_attack_samples_are_read_whole() throws Exception {
        if (unpacked("evtx-attack-samples/evtx.tar.xz")) {
            readAll();
            assertThat(List.of(files, records, unread, damaged)).containsExactly(184, 6286, 0, 0);
        }
    }

    @Test
    void the_samples_by_technique_are_read_whole() throws Exception {
        if (unpacked("evtx-to-mitre/evtx.tar.xz")) {
            readAll();
            assertThat(List.of(files, records, unread, damaged)).containsExactly(161, 3877, 0, 0);
        }
    }

    @Test
    void damaged_files_give_what_is_whole_and_the_records_others_expect() throws Exception {
        if (!unpacked("evtx-parser/samples.tar.xz")) {
            return;
        }
        readAll();
        assertThat(files).isEqualTo(12);
        assertThat(records).as("an independent reader finds 10,223").isEqualTo(10_261);
        int compared = 0;
        for (Path snapshot : files(".snap")) {
            String text = Files.readString(snapshot, StandardCharsets.UTF_8);
            int xml = text.indexOf("<Event ");
            if (xml > 0) {
                Event.Builder expected = Inputs.event("windows-event-xml", text.substring(xml), ZoneOffset.UTC);
                assertThat(expected).as(snapshot.toString()).isNotNull();
                assertThat(fields)
                        .as(snapshot.toString())
                        .contains(said(expected.set("event.id", "i").set("event.original", null)));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(5);
    }
}
