package org.wanglou.app.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.app.Run;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.store.registry.RegistryLoader;

class KnowledgeCommandsTest {
    private static final String RULE = """
            title: Root
            id: test-root
            status: test
            logsource: {category: test}
            detection:
              selection: {user.name: root}
              condition: selection
            """;

    @TempDir
    Path temp;

    @Test
    void the_packs_of_the_distribution_pass_check_and_test_and_cover_something() throws Exception {
        assertThat(Run.of("rules", "check").exit()).isZero();
        Run test = Run.of("rules", "test");
        assertThat(test.exit()).as(test.out()).isZero();
        assertThat(test.out()).contains("ok ssh-brute-force");
        assertThat(Jsons.mapper()
                        .readTree(
                                Run.of("rules", "coverage", "--format", "json").out())
                        .at("/techniques/T1110.001"))
                .isNotEmpty();
    }

    @Test
    void a_bad_rule_fails_the_check_with_file_line_and_reason_and_the_good_one_is_ok() throws Exception {
        Files.writeString(temp.resolve("good.yml"), RULE);
        Files.writeString(
                temp.resolve("bad.yml"), RULE.replace("test-root", "test-bad").replace(": selection\n", ": nobody\n"));
        Run run = Run.of("rules", "check", temp.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("ok test-root").containsPattern("FAILED .*bad.yml:[0-9]+: ");
        Run json = Run.of("rules", "check", temp.toString(), "--format", "json");
        assertThat(json.out().lines().map(line -> line.contains("\"ok\":true"))).contains(true, false);
    }

    @Test
    void a_failing_rule_test_fails_and_says_which_event() throws Exception {
        Files.writeString(temp.resolve("rule.yml"), RULE);
        Files.writeString(temp.resolve("rule.test.yml"), "rule: test-root\nmatch:\n  - {user.name: nobody}\n");
        Run run = Run.of("rules", "test", temp.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("rule.test.yml:3: test-root does not match");
    }

    @Test
    void explain_shows_each_part() throws Exception {
        Files.writeString(temp.resolve("rule.yml"), RULE);
        Path events = Files.writeString(temp.resolve("e.ndjson"), "{\"user\":{\"name\":\"root\"}}\n");
        Run yes = Run.of(
                "rules", "explain", "--rule", "test-root", "--rules", temp.toString(), "--in", events.toString());
        assertThat(yes.exit()).as(yes.err()).isZero();
        assertThat(yes.out()).contains("✓");
        Files.writeString(events, "{\"user\":{\"name\":\"nobody\"}}\n");
        Run no = Run.of(
                "rules", "explain", "--rule", "test-root", "--rules", temp.toString(), "--in", events.toString());
        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.out()).contains("✗", "nobody");
        assertThat(Run.of("rules", "explain", "--rule", "none").exit()).isEqualTo(2);
    }

    @Test
    void an_import_says_what_runs_what_has_limits_and_what_cannot_and_writes_a_pack() throws Exception {
        Path checkout = Files.createDirectories(temp.resolve("checkout"));
        Path rules = Files.createDirectories(checkout.resolve("rules/windows"));
        Files.createDirectories(checkout.resolve("deprecated"));
        Files.writeString(checkout.resolve("deprecated/old.yml"), RULE);
        Files.writeString(checkout.resolve("LICENSE"), "theirs");
        String rule =
                "title: %1$s\nid: %1$s\nlogsource: {%2$s}\ndetection:\n  a: {%3$s}\n  b: {%4$s}\n  condition: a or b\n";
        String process = "product: windows, category: process_creation";
        Files.writeString(rules.resolve("runs.yml"), rule.formatted("runs", process, "Image: x", "CommandLine: y"));
        Files.writeString(
                rules.resolve("limits.yml"),
                rule.formatted("limits", "category: webserver", "cs-cookie: x", "sc-status: 500"));
        Files.writeString(rules.resolve("cannot.yml"), rule.formatted("cannot", "product: nowhere", "a: x", "b: y"));
        Files.writeString(rules.resolve("wrong.yml"), rule.formatted("wrong", process, "'Image|no': x", "b: y"));
        Path out = temp.resolve("pack");
        Run run = Run.of("rules", "import", checkout.toString(), "--out", out.toString());
        assertThat(run.exit()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("runs runs ", "limited limits ", "http.request.cookies", "cannot cannot ")
                .containsPattern("REFUSED .*wrong.yml:5: ")
                .contains("{cannot=1, limited=1, refused=1, runs=1, written=2}");
        assertThat(out.resolve("rules/windows/runs.yml")).exists();
        assertThat(out.resolve("rules/windows/cannot.yml")).doesNotExist();
        assertThat(out.resolve("LICENSE")).exists();
        assertThat(Run.of("rules", "check", out.toString()).exit()).isZero();
        assertThat(Run.of("rules", "import", checkout.toString(), "--out", out.toString())
                        .exit())
                .isEqualTo(2);
        assertThat(Run.of("rules", "coverage", checkout.toString()).out()).contains("no format writes events of");
    }

    @Test
    void a_pipeline_of_the_operators_own_gives_placeholders_their_values() throws Exception {
        Files.createDirectories(temp.resolve("rules"));
        Files.writeString(temp.resolve("rules/r.yml"), RULE.replace("{user.name: root}", "{'who|expand': '%admins%'}"));
        Path pipeline = Files.writeString(
                temp.resolve("own.yml"),
                "name: own\nvars: {admins: [root]}\ntransformations:\n  - {type: field_name_mapping, mapping: {who: user.name}}\n");
        Path events = Files.writeString(temp.resolve("e.ndjson"), "{\"user\":{\"name\":\"root\"}}\n");
        String rules = temp.resolve("rules").toString();
        assertThat(Run.of("rules", "check", rules).out()).contains("LIMITS", "%admins%");
        assertThat(Run.of("detect", "--rules", rules, "--pipeline", pipeline.toString(), "--in", events.toString())
                        .out())
                .contains("test-root");
        assertThat(Run.of("detect", "--rules", rules, "--in", events.toString()).out())
                .isEmpty();
        Files.move(pipeline, temp.resolve("rules/pipeline.yml"));
        assertThat(Run.of("detect", "--rules", rules, "--in", events.toString()).out())
                .contains("test-root");
        Files.writeString(pipeline, "transformations: [{type: nothing}]\n");
        assertThat(Run.of("detect", "--rules", rules, "--pipeline", pipeline.toString())
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void indicators_are_checked_and_met_in_events() throws Exception {
        Path list = Files.writeString(temp.resolve("list.csv"), "198.51.100.7\nbad.example\n");
        assertThat(Run.of("intel", "check", list.toString()).out()).contains("2 indicators");
        Path events = Files.writeString(
                temp.resolve("e.ndjson"), "{\"event\":{\"id\":\"a\"},\"source\":{\"ip\":\"198.51.100.7\"}}\n");
        Run met = Run.of("intel", "match", list.toString(), "--in", events.toString());
        assertThat(met.exit()).as(met.err()).isZero();
        assertThat(met.out()).contains("\"event\":\"a\"", "\"field\":\"source.ip\"");
        Path bad = Files.writeString(
                temp.resolve("bad.csv"), "type,value,description,source,confidence,from,to\nip,nonsense,,,,,\n");
        assertThat(Run.of("intel", "check", bad.toString()).exit()).isEqualTo(1);
    }

    @Test
    void a_registry_is_checked_then_written_then_exported_and_a_faulty_one_is_not_written() throws Exception {
        Path sample = temp.resolve("sample");
        RegistryLoader.writeSample(sample);
        String data = temp.resolve("data").toString();
        Path written = temp.resolve("data/registry/assets.csv");
        assertThat(Run.of("assets", "import", "--dry-run", "--data", data, sample.toString())
                        .exit())
                .isZero();
        assertThat(written).doesNotExist();
        assertThat(Run.of(
                                "orgs",
                                "import",
                                "--data",
                                data,
                                sample.resolve("organizations.csv").toString())
                        .exit())
                .isZero();
        assertThat(written).doesNotExist();
        assertThat(Run.of("assets", "import", "--data", data, sample.toString()).exit())
                .isZero();
        assertThat(written).hasSameBinaryContentAs(sample.resolve("assets.csv"));

        Path faulty = Files.createDirectories(temp.resolve("faulty")).resolve("assets.csv");
        Files.writeString(faulty, Files.readString(sample.resolve("assets.csv")) + "x,y,no-such-unit\n");
        Run refused = Run.of("assets", "import", "--data", data, faulty.toString());
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("no-such-unit", "NOT written");
        assertThat(written).hasSameBinaryContentAs(sample.resolve("assets.csv"));

        Path out = temp.resolve("out");
        assertThat(Run.of("assets", "export", "--data", data, "--out", out.toString())
                        .exit())
                .isZero();
        assertThat(out.resolve("assets.csv")).hasSameBinaryContentAs(written);
    }
}
