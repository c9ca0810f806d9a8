package org.wanglou.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.store.events.LuceneIndex;

/** {@code wanglou run} as a process of its own, from the first start to the fourth. */
class RunTest {
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private Process start(String name) throws IOException {
        Path config = temp.resolve("wanglou.yml");
        Files.writeString(config, """
                node: run-test
                console: {bind: "127.0.0.1:0"}
                sensors:
                  - {name: syslog-udp, listener: udp, bind: "127.0.0.1:0", format: syslog}
                """);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        absoluteClassPath(),
                        "org.wanglou.app.Main",
                        "run",
                        "--config",
                        config.toString(),
                        "--data",
                        temp.resolve("data").toString(),
                        "--ready-file",
                        temp.resolve(name + ".json").toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static String absoluteClassPath() {
        List<String> absolute = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            absolute.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, absolute);
    }

    private JsonNode ready(Process process, String name) throws IOException {
        Path file = temp.resolve(name + ".json");
        await().atMost(LONG).until(() -> Files.exists(file) || !process.isAlive());
        assertThat(file).as(log(name)).exists();
        return Jsons.mapper().readTree(Files.readString(file));
    }

    private String log(String name) throws IOException {
        return Files.readString(temp.resolve(name + ".log"));
    }

    /** Events in the archive's last commit, read beside the process that writes it. */
    private int committed() throws IOException {
        try (FSDirectory directory = FSDirectory.open(temp.resolve("data/index"));
                DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.numDocs();
        }
    }

    private long archived() {
        try (LuceneIndex index = LuceneIndex.open(temp.resolve("data/index"))) {
            return index.count();
        }
    }

    @Test
    void it_starts_takes_events_stops_in_order_and_starts_again_even_after_a_kill() throws Exception {
        Process first = start("first");
        JsonNode ready = ready(first, "first");
        assertThat(ready.path("pid").asLong()).isEqualTo(first.pid());
        assertThat(ready.path("readySeconds").asDouble()).isPositive();
        assertThat(ready.path("uncleanStop").asBoolean()).isFalse();
        assertThat(log("first"))
                .contains("public key", "notify.pub.pem", temp.resolve("data").toString());

        Process second = start("second");
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).as(log("second")).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(log("second")).contains("is in use by another process");

        String[] bound = ready.path("sensors").path("syslog-udp").asText().split(":", -1);
        InetSocketAddress udp = new InetSocketAddress(bound[0], Integer.parseInt(bound[1]));
        for (int i = 0; i < 10; i++) {
            Samples.sshd(udp, "Failed password for root from 198.51.100.9 port 40000 ssh2", Instant.now());
        }
        await().atMost(LONG).ignoreExceptions().until(() -> committed() == 10);
        first.destroy();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).as(log("first")).isZero();
        assertThat(temp.resolve("data/running")).doesNotExist();

        Process third = start("third");
        assertThat(ready(third, "third").path("uncleanStop").asBoolean()).isFalse();
        assertThat(log("third")).doesNotContain("public key");
        third.destroyForcibly();
        third.waitFor();
        assertThat(archived()).isEqualTo(10);

        Process fourth = start("fourth");
        assertThat(ready(fourth, "fourth").path("uncleanStop").asBoolean()).isTrue();
        assertThat(log("fourth")).contains("did not stop in order");
        fourth.destroy();
        assertThat(fourth.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(fourth.exitValue()).as(log("fourth")).isZero();
    }
}
