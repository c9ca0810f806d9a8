package org.wanglou.store.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Event;

class LuceneIndexTest extends EventIndexContract {
    @TempDir
    Path directory;

    @Override
    EventIndex open() {
        return LuceneIndex.open(directory);
    }

    @Override
    EventIndex reopen() {
        return LuceneIndex.open(directory);
    }

    @Test
    void what_was_appended_and_its_offset_survive_kill_nine_together(@TempDir Path other) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        other.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long acknowledged = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("appended ")) {
                    acknowledged = Long.parseLong(line.substring(9));
                }
                if (acknowledged == 300) {
                    process.toHandle().destroyForcibly(); // SIGKILL; leaves the pipe readable
                }
            }
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged).isGreaterThanOrEqualTo(300);
        try (EventIndex reopened = LuceneIndex.open(other)) {
            long next = reopened.position("wanglou.events/0").orElseThrow();
            assertThat(next).isGreaterThanOrEqualTo(acknowledged);
            assertThat(reopened.count()).isEqualTo(next);
        }
    }

    /** Appends ten events at a time for ever and says so after each. */
    static final class Appender {
        public static void main(String[] arguments) {
            try (EventIndex index = LuceneIndex.open(Path.of(arguments[0]))) {
                for (long number = 0; number < 1_000_000; number += 10) {
                    List<Event> events = new ArrayList<>();
                    for (long i = number; i < number + 10; i++) {
                        events.add(EventSamples.login(i, "10.0.0.1", "u", "failure", "o"));
                    }
                    index.append(events, Map.of("wanglou.events/0", number + 10));
                    System.out.println("appended " + (number + 10));
                }
            }
        }
    }
}
