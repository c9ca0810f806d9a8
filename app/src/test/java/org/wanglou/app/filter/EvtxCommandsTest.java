package org.wanglou.app.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.app.Run;
import org.wanglou.bus.codec.Jsons;

/** Event log files of a seized machine, through the commands a responder has. */
class EvtxCommandsTest {
    @TempDir
    Path temp;

    /** Three failed sign-ins, made by the writer of the sensors' tests. */
    private static byte[] logons() throws IOException {
        try (InputStream in = EvtxCommandsTest.class.getResourceAsStream("/evtx/logons.evtx.gz")) {
            assertThat(in).isNotNull();
            return new GZIPInputStream(in).readAllBytes();
        }
    }

    private static Run piped(byte[] input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return Run.of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void a_file_gives_an_event_for_each_record_by_name_and_recognised_and_from_a_pipe() throws Exception {
        Path file = Files.write(temp.resolve("Security.evtx"), logons());
        Run named = Run.of("normalize", "--format", "evtx", file.toString());
        assertThat(named.exit()).as(named.err()).isZero();
        assertThat(named.err()).isEmpty();
        List<String> events = named.out().lines().toList();
        assertThat(events).hasSize(3).doesNotHaveDuplicates();
        JsonNode first = Jsons.mapper().readTree(events.get(0));
        assertThat(first.at("/event/action").asText()).isEqualTo("logon-failed");
        assertThat(first.at("/source/ip").asText()).isEqualTo("203.0.113.9");
        assertThat(first.at("/winlog/event_data/TargetUserName").asText()).isEqualTo("张三");
        assertThat(first.at("/event/original").asText()).startsWith("<Event xmlns=");
        assertThat(Run.of("normalize", file.toString()).out()).isEqualTo(named.out());
        assertThat(piped(logons(), "normalize", "--format", "evtx").out()).isEqualTo(named.out());
        assertThat(piped(logons(), "normalize").out()).isEqualTo(named.out());
    }

    @Test
    void lines_and_event_logs_may_stand_side_by_side() throws Exception {
        Path lines =
                Files.writeString(temp.resolve("a.log"), "Elf\n<38>Nov 24 09:59:58 h sshd[8]: Connection closed\n");
        Path file = Files.write(temp.resolve("Security.evtx"), logons());
        Run run = Run.of("normalize", lines.toString(), file.toString(), lines.toString());
        assertThat(run.out().lines()).hasSize(7);
    }

    @Test
    void what_is_damaged_is_told_with_file_chunk_and_record_and_kept() throws Exception {
        byte[] bytes = logons();
        int second = 4096 + 512;
        for (int found = 0; found < 2; second++) {
            found += bytes[second] == 0x2a && bytes[second + 1] == 0x2a && bytes[second + 2] == 0 ? 1 : 0;
        }
        bytes[second - 1 + 28] = 0x33;
        Path file = Files.write(temp.resolve("Security.evtx"), bytes);
        Run run = Run.of("normalize", "--format", "evtx", file.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.err())
                .contains(file + ": chunk 0 record 2: has a token that does not exist")
                .contains(file + ": 2 records read, 1 lost, 2 places damaged");
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out().lines().filter(event -> event.contains("\"dataset\":\"unparsed\"")))
                .singleElement()
                .asString()
                .contains("evtx: chunk 0 record 2: has a token that does not exist");
    }

    @Test
    void a_sigma_rule_finds_what_the_file_holds() throws Exception {
        Files.writeString(Files.createDirectory(temp.resolve("rules")).resolve("failed.yml"), """
                title: Failed sign-in
                id: 0f5a4d8e-1c7e-4d0c-9d7a-3f3d3c8c2b11
                status: test
                logsource:
                    product: windows
                    service: security
                detection:
                    selection:
                        EventID: 4625
                        IpAddress: 203.0.113.9
                    condition: selection
                level: low
                """);
        Path file = Files.write(temp.resolve("Security.evtx"), logons());
        Path events = Files.writeString(
                temp.resolve("events.ndjson"),
                Run.of("normalize", file.toString()).out());
        Run run = Run.of("detect", "--rules", temp.resolve("rules").toString(), "--in", events.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(3);
    }
}
