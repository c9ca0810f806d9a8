package org.wanglou.app.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.app.DataDirectory;
import org.wanglou.app.Run;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.store.events.LuceneIndex;

class OperateCommandsTest {
    @TempDir
    Path temp;

    @Test
    void status_tells_running_from_stopped_in_order_and_not_in_order() throws Exception {
        Path data = temp.resolve("data");
        try (DataDirectory directory = DataDirectory.open(data)) {
            directory.keys();
            Files.writeString(data.resolve("running"), "2026-11-24T00:00:00Z\n");
            Run running = Run.of("status", "--data", data.toString(), "--format", "json");
            assertThat(running.exit()).isZero();
            assertThat(running.out()).contains("\"running\":true", "2026-11-24T00:00:00Z");
        }
        Run killed = Run.of("status", "--data", data.toString());
        assertThat(killed.exit()).isEqualTo(1);
        assertThat(killed.out()).contains("did not stop in order");
        Files.delete(data.resolve("running"));
        assertThat(Run.of("status", "--data", data.toString()).out())
                .contains("not running")
                .doesNotContain("in order");
        assertThat(Run.of("status", "--data", temp.resolve("none").toString()).exit())
                .isEqualTo(3);
    }

    @Test
    void trace_finds_an_archived_event_and_says_when_there_is_none() {
        Path data = temp.resolve("data");
        String id = "00112233445566778899aabbccddeeff";
        try (DataDirectory directory = DataDirectory.open(data)) {
            directory.keys();
            try (LuceneIndex index = LuceneIndex.open(directory.sub("index"))) {
                Event event = Event.builder()
                        .set(Ecs.EVENT_ID, id)
                        .set(Ecs.TIMESTAMP, 1_795_000_000_000L)
                        .set(Ecs.EVENT_DATASET, "openssh")
                        .set(Ecs.ORGANIZATION_ID, "org-1")
                        .build();
                index.append(List.of(event), Map.of());
            }
            assertThat(Run.of("trace", id, "--data", data.toString()).exit())
                    .as("while an instance holds the directory")
                    .isEqualTo(3);
        }
        Run found = Run.of("trace", id, "--data", data.toString());
        assertThat(found.exit()).as(found.err()).isZero();
        assertThat(found.out()).contains("openssh", "org-1");
        assertThat(Run.of("trace", "none", "--data", data.toString()).exit()).isEqualTo(1);
    }

    @Test
    void completion_knows_every_command_and_every_command_has_help() {
        String script = Run.of("completion").out();
        List<String> commands = new ArrayList<>();
        for (String line :
                Run.of("--help").err().concat(Run.of("--help").out()).lines().toList()) {
            if (line.matches(" {2}[a-z]+ .*")) {
                commands.add(line.strip().replaceFirst(" .*", ""));
            }
        }
        assertThat(commands).contains("run", "verify", "ledger", "normalize", "detect", "replay", "status");
        for (String command : commands) {
            assertThat(script).contains(command);
            if (!command.equals("help")) {
                Run help = Run.of(command, "--help");
                assertThat(help.exit()).as(command).isZero();
                assertThat(help.out()).contains("Usage: wanglou " + command);
            }
        }
        assertThat(commands).doesNotContain("train");
    }
}
