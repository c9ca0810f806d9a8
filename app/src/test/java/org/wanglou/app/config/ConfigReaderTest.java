package org.wanglou.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String SECRET = "whsec_"
            + Base64.getEncoder()
                    .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final String TOKEN = "a-token-of-enough-letters";
    private static final Map<String, String> ENVIRONMENT = Map.of("PORTAL_TOKEN", TOKEN, "DUTY_SECRET", SECRET);

    @TempDir
    Path temp;

    private Configuration read(String yaml) {
        return ConfigReader.read("wanglou.yml", yaml, temp, ENVIRONMENT);
    }

    private List<String> problems(String yaml) {
        BadConfiguration bad = catchThrowableOfType(BadConfiguration.class, () -> read(yaml));
        assertThat(bad).as("nothing was found wrong with\n" + yaml).isNotNull();
        return bad.problems().stream().map(ConfigProblem::toString).toList();
    }

    @Test
    void the_example_is_a_valid_file_and_speaks_of_every_key() {
        Configuration example = read(ConfigReader.example());
        assertThat(example.node()).isEqualTo("school-1");
        assertThat(example.sensors()).extracting("name").contains("syslog-udp", "portal", "border-flows");
        assertThat(example.routes()).hasSize(1);
        for (Key key : Keys.all()) {
            assertThat(ConfigReader.example()).as(key.path()).contains(key.word() + ":");
        }
    }

    @Test
    void the_reference_page_has_the_table_of_keys_as_the_program_prints_it() throws Exception {
        String page = Files.readString(Path.of("../docs/administrators/configuration.md"));
        assertThat(page).contains(Keys.markdown());
    }

    @Test
    void an_empty_file_means_the_defaults() {
        Configuration empty = read("");
        assertThat(empty.profile()).isEqualTo(Profile.SMALL);
        assertThat(empty.console().getPort()).isEqualTo(8443);
        assertThat(empty.console().getAddress().isLoopbackAddress()).isTrue();
        assertThat(empty.sensors()).isEmpty();
        assertThat(empty.builtInPacks()).isTrue();
        assertThat(empty.retentionDays()).isEqualTo(190);
    }

    @Test
    void an_unknown_key_is_named_with_its_line_and_the_likely_word() {
        assertThat(problems("node: a\nretention_days: 200\n"))
                .containsExactly("wanglou.yml:2: retention_days: there is no such key — did you mean retentionDays?");
        assertThat(problems(
                        "sensors:\n  - name: a\n    listener: udp\n    bnid: \"127.0.0.1:1\"\n    format: syslog\n"))
                .anyMatch(line ->
                        line.startsWith("wanglou.yml:4: sensors[0].bnid: there is no such key — did you mean bind?"));
    }

    @Test
    void a_literal_secret_is_refused_without_being_quoted() {
        List<String> problems = problems(
                "notify:\n  routes:\n    - {name: a, url: \"https://x.example/\", secret: \"" + SECRET + "\"}\n");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0))
                .startsWith("wanglou.yml:3: notify.routes[0].secret: a secret stands in the file itself")
                .doesNotContain(SECRET);
    }

    @Test
    void secrets_come_from_the_environment_or_a_file_and_print_as_asterisks() throws Exception {
        Files.writeString(temp.resolve("duty"), SECRET + "\n");
        Configuration read = read("""
                sensors:
                  - {name: portal, listener: http, bind: "127.0.0.1:0", format: ecs-json, token: "${PORTAL_TOKEN}"}
                notify:
                  routes:
                    - {name: a, url: "https://x.example/", secret: "file:duty"}
                """);
        assertThat(read.sensors().get(0).token()).isEqualTo(TOKEN);
        assertThat(read.routes().get(0).secret().reveal()).isEqualTo(SECRET);
        assertThat(ConfigDump.yaml(read))
                .contains("secret: \"***\"", "token: \"***\"")
                .doesNotContain(SECRET, TOKEN);
        assertThat(read.toString()).doesNotContain(SECRET, TOKEN);
    }

    @Test
    void a_variable_that_is_not_set_is_named() {
        assertThat(problems("notify: {routes: [{name: a, url: \"https://x.example/\", secret: \"${NOBODY}\"}]}"))
                .anyMatch(line -> line.contains("the environment variable NOBODY is not set"));
    }

    @Test
    void everything_wrong_is_said_at_once() {
        assertThat(problems("""
                node: "School 1"
                profile: huge
                console: {bind: "8443"}
                sensors:
                  - {name: a, listener: carrier-pigeon, format: syslog}
                  - {name: b, listener: udp, bind: "127.0.0.1:5514", format: nonsense}
                  - {name: c, listener: http, bind: "127.0.0.1:0", format: syslog}
                  - {name: d, listener: udp, bind: "127.0.0.1:5514", format: syslog, zone: Mars}
                notify: {allow: [everything]}
                packs: [nowhere]
                builtInPacks: maybe
                registry: {assets: nowhere.csv}
                retentionDays: 30
                """))
                .anyMatch(line -> line.startsWith("wanglou.yml:1: node:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:2: profile:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:3: console.bind:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:5: sensors[0].listener:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:6: sensors[1].format:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:7: sensors[2].token:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:8: sensors[3].zone:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:9: notify.allow:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:10: packs:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:11: builtInPacks:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:12: registry.organizations:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:13: retentionDays:") && line.contains("网络安全法"));
    }

    @Test
    void the_dump_is_itself_a_valid_file_but_for_its_secrets() {
        String dump = ConfigDump.yaml(read(ConfigReader.example()))
                .replace("token: \"***\"", "token: \"${PORTAL_TOKEN}\"")
                .replace("secret: \"***\"", "secret: \"${DUTY_SECRET}\"");
        assertThat(ConfigDump.yaml(read(dump))).isEqualTo(ConfigDump.yaml(read(ConfigReader.example())));
    }

    @Test
    void two_sensors_may_not_share_a_name_or_a_socket() {
        assertThat(problems("""
                sensors:
                  - {name: a, listener: udp, bind: "127.0.0.1:5514", format: syslog}
                  - {name: a, listener: udp, bind: "127.0.0.1:5514", format: syslog}
                """))
                .anyMatch(line -> line.contains("another sensor is named a"))
                .anyMatch(line -> line.contains("another sensor listens there"));
    }
}
