package org.wanglou.rules.sigma.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;
import org.wanglou.rules.Packs;
import org.wanglou.rules.sigma.Interpreter;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.read.SigmaReader;

/**
 * Compiled rules and the interpreter give the same answer on events made of the rules' own strings and on near misses: the packs'
 * rules always, those of a corpus beside the checkout where there is one. A million events with {@code -Dwanglou.full=true}.
 */
class SoundnessTest {
    private static final boolean FULL = Boolean.getBoolean("wanglou.full");

    private static List<SigmaRule> corpus = List.of();

    @BeforeAll
    static void readCorpus() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path archive = at.resolve("shared/data/sigma/rules.tar.gz");
            if (Files.isRegularFile(archive)) {
                corpus = SigmaReader.read("corpus", tar(archive)).rules();
                return;
            }
        }
    }

    @Test
    void rules_of_the_packs_match_what_the_interpreter_says() {
        List<SigmaRule> rules = new ArrayList<>();
        Packs.builtIn().forEach(pack -> rules.addAll(pack.rules()));
        check(rules, FULL ? 200_000 : 4_000);
    }

    @Test
    void rules_of_the_corpus_match_what_the_interpreter_says() {
        Assumptions.assumeFalse(corpus.isEmpty(), "no corpus of Sigma rules beside the checkout");
        check(corpus, FULL ? 1_000_000 : 600);
    }

    private static void check(List<SigmaRule> rules, int events) {
        long seed = Long.getLong("wanglou.seed", 20_261_125);
        System.out.println("SoundnessTest seed " + seed + ", " + rules.size() + " rules, " + events + " events");
        Matcher routed = new Matcher(rules, true, Set.of());
        Matcher unrouted = new Matcher(rules, false, Set.of());
        int[] matches = IntStream.range(0, FULL ? 64 : 4)
                .parallel()
                .map(part -> part(rules, events / (FULL ? 64 : 4), new SplittableRandom(seed + part), routed, unrouted))
                .toArray();
        assertThat(IntStream.of(matches).sum())
                .as("events that match their rule, so that it is not all silence")
                .isGreaterThan(events / 4);
    }

    private static int part(
            List<SigmaRule> rules, int events, SplittableRandom random, Matcher routed, Matcher unrouted) {
        EventsOfRules maker = new EventsOfRules(random);
        AffectedRules affected = new AffectedRules(rules);
        Matching inScope = routed.open();
        Matching anywhere = unrouted.open();
        int matches = 0;
        for (int i = 0; i < events; i++) {
            SigmaRule rule = rules.get(random.nextInt(rules.size()));
            Map<String, Object> fields = maker.of(rule);
            Event event = EventsOfRules.event(i % 3 == 2 ? maker.nearly(fields) : fields);
            Set<String> found = new LinkedHashSet<>();
            inScope.match(event, one -> found.add(one.id()));
            Set<String> everywhere = new LinkedHashSet<>();
            anywhere.match(event, one -> everywhere.add(one.id()));
            Set<String> expected = new LinkedHashSet<>();
            Set<String> expectedEverywhere = new LinkedHashSet<>();
            for (SigmaRule one : affected.by(event)) {
                if (Interpreter.holds(one.condition(), event)) {
                    expectedEverywhere.add(one.id());
                    if (Interpreter.holds(one.scope(), event)) {
                        expected.add(one.id());
                    }
                }
            }
            assertThat(everywhere).as("without scopes: %s", fields).isEqualTo(expectedEverywhere);
            assertThat(found).as("%s", fields).isEqualTo(expected);
            matches += found.contains(rule.id()) ? 1 : 0;
        }
        return matches;
    }

    /** The texts of a tar archive (POSIX ustar) that end in {@code .yml}. */
    private static Map<String, String> tar(Path archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            String longName = "";
            for (byte[] head = in.readNBytes(512); head.length == 512 && head[0] != 0; head = in.readNBytes(512)) {
                String name = longName.isEmpty() ? text(head, 0, 100) : longName;
                String prefix = text(head, 345, 155);
                String octal = text(head, 124, 12).strip();
                int size = octal.isEmpty() ? 0 : Integer.parseInt(octal, 8);
                byte[] body = in.readNBytes((size + 511) / 512 * 512);
                longName = head[156] == 'L' ? text(body, 0, size) : "";
                if (name.endsWith(".yml") && head[156] != 'L') {
                    files.put(
                            prefix.isEmpty() ? name : prefix + "/" + name,
                            new String(body, 0, size, StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
