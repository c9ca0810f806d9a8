package org.wanglou.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.sm.Keys;
import picocli.CommandLine;

class MainTest {
    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void keys_are_made_and_the_public_one_is_given_out_as_pem() {
        String data = temp.resolve("d").toString();
        assertThat(run("keys", "init", "--data", data)).isZero();
        assertThat(run("keys", "export", "notify", "--data", data)).isZero();
        String pem = out.toString().substring(out.toString().indexOf("-----BEGIN"));
        assertThat(out.toString()).contains("notify " + Keys.kid(Keys.publicFromPem(pem)));
        assertThat(out.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void a_wrong_name_is_a_usage_error_that_lists_the_right_ones() {
        assertThat(run("keys", "export", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("[ledger, notify, rules, report]");
    }

    @Test
    void a_missing_data_directory_is_an_environment_error_with_its_remedy() {
        assertThat(run("keys", "export", "--data", temp.resolve("none").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("wanglou keys init");
    }
}
