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
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.SensorConfig.Transport;

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

    private static final String TCP =
            "sensors:\n  - name: a\n    listener: tcp\n    bind: \"127.0.0.1:0\"\n    format: syslog\n";

    @Test
    void who_may_send_how_much_and_in_whose_name_is_read_and_dumped() {
        Configuration read = read(TCP + """
                    charset: gbk
                    rate: 5000
                    ratePerPeer: 100
                    allow: ["10.0.0.0/8", "2001:db8::/32"]
                    peers:
                      - {address: "10.1.0.0/16", organization: "3701", name: 县出口}
                      - {address: "10.1.2.3", name: fw}
                    multiline: {pattern: '^\\s|^Caused by:', maxLines: 50, timeout: 2}
                """);
        var options = read.sensors().get(0).options();
        assertThat(options.charset().orElseThrow().name()).isEqualTo("GBK");
        assertThat(options.perSecond()).isEqualTo(5000);
        assertThat(options.intake().perPeer()).isEqualTo(100);
        assertThat(options.intake().allow()).containsExactly("10.0.0.0/8", "2001:db8::/32");
        assertThat(options.intake().peers()).extracting("organization").containsExactly("3701", "");
        assertThat(options.intake().multiline().orElseThrow().timeoutMillis()).isEqualTo(2_000);
        String dump = ConfigDump.yaml(read);
        assertThat(dump).contains("charset: \"gbk\"", "ratePerPeer: 100", "县出口", "maxLines: 50", "negate: false");
        assertThat(ConfigDump.yaml(read(dump))).isEqualTo(dump);
    }

    @Test
    void what_is_wrong_with_an_intake_is_said_with_its_line() {
        assertThat(problems(TCP + """
                    charset: utf-9
                    rate: -1
                    ratePerPeer: many
                    allow: ["10.0.0.0/40"]
                    peers:
                      - {address: "10.1.0.0/16"}
                      - {address: "10.1.0.0/16", name: twice}
                      - {address: somewhere, name: x}
                    multiline: {pattern: '(?=a)'}
                """))
                .anyMatch(line -> line.startsWith("wanglou.yml:6: sensors[0].charset: there is no character set"))
                .anyMatch(line -> line.startsWith("wanglou.yml:7: sensors[0].rate: -1 is no rate"))
                .anyMatch(line -> line.startsWith("wanglou.yml:8: sensors[0].ratePerPeer:"))
                .anyMatch(line -> line.startsWith("wanglou.yml:9: sensors[0].allow: prefix length must be 0 to 32"))
                .anyMatch(line -> line.startsWith("wanglou.yml:11: sensors[0].peers[0]: says nothing"))
                .anyMatch(line -> line.startsWith("wanglou.yml:12: sensors[0].peers[1].address: stands twice"))
                .anyMatch(line -> line.startsWith("wanglou.yml:13: sensors[0].peers[2].address: not an address"))
                .anyMatch(line ->
                        line.startsWith("wanglou.yml:14: sensors[0].multiline.pattern: the pattern is none of RE2"));
        assertThat(problems(TCP + "    multiline: {match: beside}\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:6: sensors[0].multiline.pattern: is missing"));
        assertThat(problems(TCP + "    multiline: {pattern: x, maxLines: 1}\n"))
                .anyMatch(
                        line -> line.startsWith("wanglou.yml:6: sensors[0].multiline.maxLines: maxLines is 2 to 2000"));
        assertThat(
                        problems(
                                "sensors:\n  - {name: f, listener: file, path: /var/log/a.lz4, format: syslog, allow: [\"::1\"]}\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:2: sensors[0].path:") && line.contains("only gzip"));
        assertThat(
                        problems(
                                "sensors:\n  - {name: f, listener: file, path: /var/log/a, format: syslog, allow: [\"::1\"]}\n"))
                .anyMatch(line -> line.contains("sensors[0].allow: a file source has no peers"));
        assertThat(
                        problems(
                                "sensors:\n  - {name: u, listener: udp, bind: \"127.0.0.1:0\", format: syslog, tls: {key: a}}\n"))
                .anyMatch(line -> line.contains("sensors[0].tls: a udp source has no connections"));
    }

    private void pem(String name) throws Exception {
        Path store = temp.resolve(name + ".p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("keytool.log").toFile())
                .start();
        assertThat(made.waitFor(120, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        java.security.KeyStore keys = java.security.KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Base64.Encoder base64 = Base64.getMimeEncoder();
        Files.writeString(
                temp.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + base64.encodeToString(keys.getCertificate("k").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        Files.writeString(
                temp.resolve(name + ".key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + base64.encodeToString(
                                keys.getKey("k", "changeit".toCharArray()).getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    @Test
    void tls_is_read_from_pem_files_with_the_units_of_client_certificates() throws Exception {
        pem("server");
        pem("school");
        Configuration read = read(TCP + """
                    tls:
                      certificate: server.pem
                      key: server.key
                      units:
                        - {certificate: school.pem, organization: "370102"}
                """);
        var tls = read.sensors().get(0).options().tls().orElseThrow();
        assertThat(tls.required()).isTrue();
        assertThat(tls.units()).containsValue("370102");
        String dump = ConfigDump.yaml(read);
        assertThat(dump)
                .contains("key: \"server.key\"", "organization: \"370102\"")
                .doesNotContain("PRIVATE");
        assertThat(ConfigDump.yaml(read(dump))).isEqualTo(dump);
        assertThat(read(TCP + "    tls: {certificate: server.pem, key: server.key}\n")
                        .sensors()
                        .get(0)
                        .options()
                        .tls()
                        .orElseThrow()
                        .required())
                .isFalse();
        Files.writeString(temp.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n");
        assertThat(problems(TCP + "    tls:\n      certificate: server.pem\n      key: school.key\n"))
                .containsExactly("wanglou.yml:8: sensors[0].tls.key: is not the key of the certificate"
                        + " — name the key it was requested with");
        assertThat(problems(TCP + "    tls:\n      certificate: nowhere.pem\n      key: old.key\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:7: sensors[0].tls.certificate:")
                        && line.contains("cannot be read"))
                .anyMatch(line ->
                        line.startsWith("wanglou.yml:8: sensors[0].tls.key:") && line.contains("openssl pkcs8"));
        assertThat(problems(TCP
                        + "    tls:\n      certificate: server.key\n      key: server.key\n      units:\n        - {certificate: "
                        + "ab".repeat(32) + ", organization: x}\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:7: sensors[0].tls.certificate: holds no certificate"))
                .anyMatch(
                        line -> line.startsWith("wanglou.yml:10: sensors[0].tls.units[0].certificate: a digest alone"));
    }

    @Test
    void acknowledged_transports_and_foreign_topics_are_read_shown_and_checked() throws Exception {
        Files.writeString(temp.resolve("campus.pw"), "not to be shown\n");
        Files.writeString(temp.resolve("ca.pem"), "x\n");
        Configuration read = read("""
                sensors:
                  - {name: servers, listener: relp, bind: "127.0.0.1:0", format: auto, ratePerPeer: 100, allow: ["10.0.0.0/8"]}
                  - {name: beats, listener: lumberjack, bind: "127.0.0.1:0", format: auto}
                  - name: campus
                    listener: kafka
                    format: auto
                    kafka:
                      {servers: "k1.example:9093,k2.example:9093", topics: [fw, vpn], protocol: sasl_ssl, user: w, password: "file:campus.pw", authorities: ca.pem}
                """);
        assertThat(read.sensors())
                .extracting(SensorConfig::listener)
                .containsExactly(Transport.RELP, Transport.LUMBERJACK, Transport.KAFKA);
        String dump = ConfigDump.yaml(read);
        assertThat(dump + read).contains("fw", "vpn").doesNotContain("not to be shown");
        assertThat(dump).contains("authorities: \"" + temp.resolve("ca.pem").toAbsolutePath());
        assertThat(problems("sensors:\n  - {name: a, listener: kafka, format: auto}\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:2") && line.contains("needs a cluster"));
        assertThat(problems(
                        "sensors:\n  - name: a\n    listener: kafka\n    format: auto\n    allow: [\"10.0.0.0/8\"]\n"
                                + "    kafka: {servers: \"k:1\", topics: [t]}\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:5") && line.contains("no peers"));
        assertThat(problems("sensors:\n  - name: a\n    listener: kafka\n    format: auto\n"
                        + "    kafka: {servers: \"k:1\", topics: [t], authorities: none.pem}\n"))
                .anyMatch(line -> line.contains("none.pem cannot be read"));
        assertThat(problems(
                        "sensors:\n  - {name: a, listener: relp, bind: \"127.0.0.1:0\", format: auto, exit: true}\n"))
                .anyMatch(line -> line.startsWith("wanglou.yml:2") && line.contains("an exit needs the unit"));
    }
}
