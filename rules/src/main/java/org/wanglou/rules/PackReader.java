package org.wanglou.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Level;
import org.wanglou.model.judgement.Claim;
import org.wanglou.rules.behaviour.BehaviourReader;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.playbook.CacaoReader;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.rules.sigma.SigmaRule;
import org.wanglou.rules.sigma.pipeline.Pipeline;
import org.wanglou.rules.sigma.pipeline.PipelineReader;
import org.wanglou.rules.sigma.pipeline.Pipelines;
import org.wanglou.rules.sigma.read.SigmaReader;
import org.wanglou.rules.text.YamlNode;
import org.wanglou.rules.text.YamlReader;

/**
 * Reads a pack from a folder or from the class path. A folder without pack.yml is a pack of all the Sigma files below
 * it. Stateless.
 */
public final class PackReader {
    private static final long LARGEST = 8L << 20;
    private static final Set<String> OTHER = Set.of("pack.yml", "scenario.yml", "pipeline.yml");

    private PackReader() {}

    public static Pack read(Path folder) {
        return read(folder, Pipelines.standard());
    }

    /** @param pipelines what its rules go through; those in the folder ({@code pipeline.yml}) come in addition */
    public static Pack read(Path folder, Pipelines pipelines) {
        Map<String, String> files = new TreeMap<>();
        List<RuleProblem> problems = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder, 12)) {
            walk.filter(Files::isRegularFile).forEach(found::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            problems.add(new RuleProblem(folder.toString(), 0, "cannot be read: " + e.getMessage(), "check the path"));
        }
        for (Path path : found) {
            String name = Files.isDirectory(folder)
                    ? folder.relativize(path).toString().replace('\\', '/')
                    : String.valueOf(path.getFileName());
            try {
                if (name.matches(".*\\.(ya?ml|drl|json|csv|md)") && Files.size(path) <= LARGEST) {
                    files.put(name, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                problems.add(new RuleProblem(path.toString(), 0, "cannot be read: " + e.getMessage(), "check rights"));
            }
        }
        Path name = folder.getFileName();
        return read(name == null ? "rules" : name.toString(), folder.toString(), files, problems, pipelines);
    }

    /**
     * Reads a pack whose files are at hand.
     *
     * @param folder name that stands for the id when pack.yml gives none
     * @param files text by relative name
     */
    public static Pack read(String folder, String source, Map<String, String> files) {
        return read(folder, source, files, new ArrayList<>(), Pipelines.standard());
    }

    /** Reads a pack of the distribution: {@code root} is such as {@code packs/ssh-brute-force}. */
    static Pack read(ClassLoader loader, String root, List<String> names) {
        Map<String, String> files = new TreeMap<>();
        for (String name : names) {
            files.put(name, resource(loader, root + "/" + name));
        }
        return read(
                root.substring(root.lastIndexOf('/') + 1),
                "classpath:" + root,
                files,
                new ArrayList<>(),
                Pipelines.standard());
    }

    static String resource(ClassLoader loader, String name) {
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program is damaged: " + name + ": " + e.getMessage(), e);
        }
    }

    private static Pack read(
            String folder, String source, Map<String, String> files, List<RuleProblem> problems, Pipelines pipelines) {
        YamlNode manifest = YamlReader.read("pack.yml", files.getOrDefault("pack.yml", ""), problems::add).stream()
                .findFirst()
                .orElse(YamlNode.missing(0));
        String id = manifest.text("id", folder);
        Map<String, String> sigma = new LinkedHashMap<>();
        files.forEach((name, text) -> {
            boolean yaml = name.endsWith(".yml") || name.endsWith(".yaml");
            boolean other = name.endsWith(".test.yml")
                    || name.endsWith(BehaviourReader.ENDING)
                    || OTHER.contains(name.substring(name.lastIndexOf('/') + 1));
            if (yaml && !other) {
                sigma.put(name, text);
            }
        });
        List<Pipeline> own = new ArrayList<>();
        files.forEach((name, text) -> {
            if (name.substring(name.lastIndexOf('/') + 1).equals("pipeline.yml")) {
                PipelineReader.read(name, text, problems::add).ifPresent(own::add);
            }
        });
        SigmaReader.Result rules = SigmaReader.read(id, sigma, pipelines.and(own));
        problems.addAll(rules.problems());
        Optional<Playbook> playbook = Optional.ofNullable(files.get("playbook.json"))
                .flatMap(text -> CacaoReader.read("playbook.json", text, problems::add));
        List<Claim> claims = manifest.texts("claims").stream()
                .map(rule -> new Claim(rule, id))
                .toList();
        return new Pack(
                id,
                manifest.text("title", id),
                manifest.text("version", "0"),
                source,
                rules.rules(),
                rules.correlations(),
                BehaviourReader.read(id, files, names(rules.rules()), problems::add),
                Optional.ofNullable(files.get("story.drl")),
                claims,
                playbook,
                manifest.get("indicators").flatMap(node -> indicators(id, node, files, problems)),
                files,
                problems,
                rules.limits());
    }

    private static Map<String, String> names(List<SigmaRule> rules) {
        Map<String, String> names = new TreeMap<>();
        rules.forEach(rule -> {
            names.put(rule.id(), rule.id());
            if (!rule.name().isEmpty()) {
                names.put(rule.name(), rule.id());
            }
        });
        return names;
    }

    private static Optional<IndicatorRule> indicators(
            String packId, YamlNode node, Map<String, String> files, List<RuleProblem> problems) {
        String file = node.text("file", "indicators.csv");
        String text = files.get(file);
        if (text == null) {
            problems.add(new RuleProblem("pack.yml", node.line(), file + " does not exist", "add the list"));
            return Optional.empty();
        }
        IndicatorSet set = IndicatorSet.read(file, text, problems::add);
        return Optional.of(new IndicatorRule(
                node.text("id", packId + "-indicator"),
                node.text("title", packId),
                Sm3.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16),
                Level.of(node.text("level", "high")).orElse(Level.HIGH),
                node.texts("outbound-tags"),
                node.texts("inbound-tags"),
                packId,
                set));
    }
}
