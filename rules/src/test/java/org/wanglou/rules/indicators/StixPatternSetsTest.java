package org.wanglou.rules.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wanglou.rules.indicators.observe.ObservedData;
import org.wanglou.rules.indicators.observe.ObservedMatcher;
import org.wanglou.rules.indicators.pattern.BadPattern;
import org.wanglou.rules.indicators.pattern.StixPattern;
import org.wanglou.rules.indicators.pattern.StixPattern.Edition;

/** The pass and fail cases of OASIS' validator, the match and no-match cases of its matcher: all of them. */
class StixPatternSetsTest {
    @ParameterizedTest
    @EnumSource(Edition.class)
    void a_pattern_is_valid_exactly_when_the_validator_says_so(Edition edition) throws IOException {
        Optional<Path> set = SharedData.at("stix-patterns/" + name(edition) + ".jsonl");
        if (set.isEmpty()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        List<String> lines = Files.readAllLines(set.get());
        for (String line : lines) {
            JsonNode one = SharedData.JSON.readTree(line);
            String text = one.path("pattern").asText();
            String verdict = verdict(text, edition);
            if (verdict.isEmpty() != one.path("valid").asBoolean()) {
                wrong.add(text + " : " + verdict);
            }
        }
        System.out.println("stix-patterns " + edition + ": " + (lines.size() - wrong.size()) + " of " + lines.size());
        assertThat(wrong).isEmpty();
    }

    private static String verdict(String text, Edition edition) {
        try {
            return String.join("; ", StixPattern.parse(text, edition).doubts());
        } catch (BadPattern e) {
            return e.toString();
        }
    }

    private static String name(Edition edition) {
        return edition == Edition.V20 ? "v20" : "v21";
    }

    @ParameterizedTest
    @EnumSource(Edition.class)
    void a_pattern_matches_observations_exactly_when_the_matcher_says_so(Edition edition) throws IOException {
        Optional<Path> folder = SharedData.at("stix-pattern-match/" + name(edition));
        if (folder.isEmpty()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        try (Stream<Path> files = Files.list(folder.get())) {
            for (Path file : files.sorted().toList()) {
                JsonNode set = SharedData.json(file);
                for (JsonNode one : set.path("cases")) {
                    cases++;
                    String text = one.path("pattern").asText();
                    String expected = one.path("expected").asText();
                    JsonNode observations = set.path("observations")
                            .path(one.path("observations").asText());
                    String result = result(text, edition, observations);
                    boolean same = expected.endsWith("error") ? result.startsWith("error") : result.equals(expected);
                    if (!same) {
                        wrong.add(file.getFileName() + " " + text + " expected " + expected + " was " + result);
                    }
                }
            }
        }
        System.out.println("stix-pattern-match " + edition + ": " + (cases - wrong.size()) + " of " + cases);
        assertThat(wrong).isEmpty();
    }

    private static String result(String text, Edition edition, JsonNode observations) {
        try {
            StixPattern pattern = StixPattern.parse(text, edition);
            return ObservedMatcher.matches(pattern, ObservedData.in(observations)) ? "match" : "no-match";
        } catch (BadPattern e) {
            return "error " + e;
        }
    }

    @Test
    void each_field_of_each_observable_is_reached_by_its_path() throws IOException {
        Optional<Path> folder = SharedData.at("stix-fixtures-rstix/fixtures/pattern/sco-fields");
        if (folder.isEmpty()) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        JsonNode manifest = SharedData.json(folder.get().resolve("manifest.json"));
        for (JsonNode one : manifest) {
            JsonNode bundle =
                    SharedData.json(folder.get().resolve(one.path("bundle_file").asText()));
            String result = result(
                    one.path("pattern").asText(),
                    Edition.V21,
                    SharedData.JSON.createArrayNode().add(bundle).add(seen(bundle)));
            if (!result.equals(one.path("expect").asBoolean() ? "match" : "no-match")) {
                wrong.add(one.path("pattern").asText());
            }
        }
        System.out.println("sco-fields: " + (manifest.size() - wrong.size()) + " of " + manifest.size());
        // These compare octets in hexadecimal, numbers and truths with texts, which STIX 2.1 §9.6.1 and OASIS' matcher
        // deny.
        assertThat(wrong)
                .allMatch(pattern -> pattern.contains("_hex = '")
                        || pattern.contains("process:name")
                        || pattern.matches(".*(raster-image-ext|is_listening|aslr_enabled).*"))
                .hasSizeLessThanOrEqualTo(16);
    }

    /** Observed data that name every object of a bundle. */
    private static JsonNode seen(JsonNode bundle) {
        ObjectNode observed = SharedData.JSON.createObjectNode();
        observed.put("type", "observed-data").put("number_observed", 1);
        observed.put("first_observed", "2026-01-01T00:00:00Z").put("last_observed", "2026-01-01T00:00:00Z");
        bundle.path("objects").forEach(object -> observed.withArray("object_refs")
                .add(object.path("id").asText()));
        return observed;
    }

    @Test
    void every_example_of_the_standard_is_read() throws IOException, BadPattern {
        Optional<Path> folder = SharedData.at("stix-fixtures-rstix/fixtures/pattern");
        if (folder.isEmpty()) {
            return;
        }
        int read = 0;
        for (String name : List.of("spec-section-9-8-level1.txt", "spec-section-9-8-level23.txt")) {
            for (String line : Files.readAllLines(folder.get().resolve(name))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    StixPattern.parse(line);
                    read++;
                }
            }
        }
        System.out.println("examples of STIX 2.1 chapter 9.8: " + read + " read");
    }
}
