package org.wanglou.correlator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the whole process, broker and stages, while a swap is under way and events come in. */
class SwitchKillTest {
    @TempDir
    Path directory;

    @Timeout(300)
    @Test
    void after_a_kill_around_the_switch_every_event_was_judged_by_the_rules_its_switch_record_names() throws Exception {
        long seed = new Random().nextLong();
        long pause = new Random(seed).nextLong(1500);
        System.out.println("seed=" + seed + " killed after " + pause + " ms");
        Process first = start("run");
        try (BufferedReader said = reader(first)) {
            String line = said.readLine();
            while (line != null && !line.equals(KilledAtSwitch.SWAPPING)) {
                line = said.readLine();
            }
            assertThat(line).isNotNull();
            TimeUnit.MILLISECONDS.sleep(pause);
        } finally {
            first.destroyForcibly().waitFor();
        }

        Process second = start("prove");
        List<String> all = new ArrayList<>();
        try (BufferedReader said = reader(second)) {
            said.lines().forEach(all::add);
        } finally {
            second.destroyForcibly().waitFor();
        }
        assertThat(all).as("seed " + seed).anyMatch(line -> line.startsWith(KilledAtSwitch.PROVEN));
        all.stream().filter(line -> line.startsWith(KilledAtSwitch.PROVEN)).forEach(System.out::println);
    }

    private Process start(String phase) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledAtSwitch.class.getName(),
                        directory.toString(),
                        phase)
                .redirectError(Files.createTempFile(directory, phase, ".err").toFile())
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
