package org.wanglou.rules.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.sigma.pipeline.PipelineReader;
import org.wanglou.rules.sigma.read.SigmaReader;

/** Rules and pipelines that others have written, read in place where they lie beside the project. */
class SigmaSetsTest {
    @TempDir
    Path temp;

    static @Nullable Path data(String name) {
        for (Path from = Path.of("").toAbsolutePath(); from != null; from = from.getParent()) {
            Path data = from.resolve("../shared/data").normalize().resolve(name);
            if (Files.exists(data)) {
                return data;
            }
        }
        System.out.println("conformance: " + name + " skipped, it is not beside the project (../shared/data)");
        return null;
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(path -> path.toString().matches(".*\\.ya?ml")).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    static void unpack(Path archive, Path folder) throws Exception {
        Path log = folder.resolve("tar.log");
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(tar.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(tar.exitValue()).as(Files.readString(log)).isZero();
    }

    private Map<String, String> unpacked(Path archive) throws Exception {
        unpack(archive, temp);
        return files(temp);
    }

    @Test
    void every_rule_of_sigmahq_loads() throws Exception {
        Path archive = data("sigma/rules.tar.gz");
        if (archive == null) {
            return;
        }
        Map<String, String> files = unpacked(archive);
        SigmaReader.Result result = SigmaReader.read("sigmahq", files);
        System.out.println(
                "sigmahq: " + files.size() + " files, " + result.rules().size() + " rules, "
                        + result.limits().size() + " limits, problems " + result.problems());
        assertThat(result.problems()).isEmpty();
        assertThat(result.rules()).hasSizeGreaterThan(2_000);
        assertThat(result.limits())
                .allSatisfy(limit -> assertThat(limit.message()).contains("placeholder"));
    }

    @Test
    void an_independent_collection_loads_but_for_aggregations() throws Exception {
        Path archive = data("sigma-mdecrevoisier/rules.tar.gz");
        if (archive == null) {
            return;
        }
        Map<String, String> files = unpacked(archive);
        SigmaReader.Result result = SigmaReader.read("mde", files);
        System.out.println("mdecrevoisier: " + files.size() + " files, "
                + result.rules().size() + " rules, " + result.documents().size() + " correlations");
        result.problems().forEach(problem -> System.out.println("  " + problem));
        assertThat(result.rules().size() + result.documents().size()).isGreaterThan(170);
    }

    @Test
    void every_document_of_the_specifications_own_tests_loads() throws IOException {
        Path folder = data("sigma-specification/tests/schema");
        if (folder == null) {
            return;
        }
        int[] loaded = {0};
        for (Map.Entry<String, String> file : files(folder).entrySet()) {
            SigmaReader.Result result = SigmaReader.read("s", Map.of(file.getKey(), file.getValue()));
            assertThat(result.problems()).as(file.getKey()).isEmpty();
            loaded[0] += result.rules().size() + result.documents().size();
        }
        assertThat(loaded[0]).isGreaterThan(8);
    }

    @Test
    void rule_sets_with_errors_name_them_and_pipelines_of_others_load() throws IOException {
        Path folder = data("pysigma-files/tests/files");
        if (folder == null) {
            return;
        }
        SigmaReader.Result wrong = SigmaReader.read("e", files(folder.resolve("ruleset_with_errors")));
        assertThat(wrong.rules()).isEmpty();
        assertThat(wrong.problems()).hasSize(1).allSatisfy(problem -> assertThat(problem.message())
                .contains("foobar"));
        SigmaReader.Result several = SigmaReader.read("n", files(folder.resolve("ruleset_nonduplicate")));
        assertThat(several.rules()).hasSize(2);
        List<RuleProblem> problems = new ArrayList<>();
        Map<String, String> pipelines = files(folder.resolve("pipelines"));
        pipelines.forEach((name, text) ->
                assertThat(PipelineReader.read(name, text, problems::add)).isPresent());
        assertThat(problems).isEmpty();
        assertThat(pipelines).hasSize(2);
    }
}
