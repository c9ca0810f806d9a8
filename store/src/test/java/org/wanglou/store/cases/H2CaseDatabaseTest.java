package org.wanglou.store.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2CaseDatabaseTest extends CaseDatabaseContract {
    @TempDir
    Path directory;

    @Override
    CaseDatabase open() {
        return CaseDatabases.embedded(directory);
    }

    @Override
    CaseDatabase reopen() {
        return CaseDatabases.embedded(directory);
    }

    @Test
    void what_was_committed_survives_kill_nine(@TempDir Path other) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Committer.class.getName(),
                        other.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int acknowledged = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("committed ")) {
                    acknowledged = Integer.parseInt(line.substring(10));
                }
                if (acknowledged == 40) {
                    process.toHandle().destroyForcibly(); // SIGKILL; leaves the pipe readable
                }
            }
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        int expected = acknowledged;
        try (CaseDatabase reopened = CaseDatabases.embedded(other)) {
            long kept = reopened.transaction(CaseDatabase.Transaction::lastFeedSeq);
            assertThat(kept).isGreaterThanOrEqualTo(expected);
            java.util.List<CaseDatabase.FeedRow> rows = reopened.transaction(t -> t.feedAfter(0, 10_000));
            assertThat(rows).hasSize((int) kept);
        }
        assertThat(expected).isGreaterThanOrEqualTo(40);
    }

    /** Commits feed rows for ever and says so after each. */
    static final class Committer {
        public static void main(String[] arguments) {
            try (CaseDatabase database = CaseDatabases.embedded(Path.of(arguments[0]))) {
                for (int i = 1; i < 100_000; i++) {
                    int number = i;
                    database.transaction(t -> {
                        t.feed("case", "n" + number, number, CaseSamples.NOW);
                        return true;
                    });
                    System.out.println("committed " + i);
                }
            }
        }
    }

    @Test
    void the_password_beside_the_file_is_random_and_for_its_owner_only(@TempDir Path other) throws Exception {
        CaseDatabases.embedded(other).close();
        Path kept = other.resolve("cases.password");
        assertThat(Files.readString(kept))
                .matches("[0-9a-f]{48}")
                .isNotEqualTo(Files.readString(directory.resolve("cases.password")));
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> CaseDatabases.embedded(other, "guessed")).hasMessageContaining("password");
    }

    @Test
    void a_url_of_another_database_is_refused_without_repeating_its_secrets() {
        assertThatThrownBy(() -> CaseDatabases.open("jdbc:mysql://db/x?password=s3cret", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageNotContaining("s3cret");
    }
}
