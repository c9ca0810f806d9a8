package org.wanglou.rules.packs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.rules.Pack;
import org.wanglou.rules.PackReader;
import org.wanglou.rules.Packs;
import org.wanglou.rules.grading.Tables;

/**
 * Packs and tables as one canonical JSON (RFC 8785) text, from which the same rules can be made again on any node and
 * years later: {@code {"archive":"1","kind":…,"packs":[{"files":{name:text},"id":…}],"tables":{…},"assembly":…,
 * "grading":…}}. Of kind {@value #RULES} it holds what detection and correlation read, of kind {@value #KNOWLEDGE} what
 * stories and grading read, so that a change of one is none of the other. No path, time or playbook is in it: equal
 * content gives equal bytes. Immutable.
 *
 * @param packs in their order, which decides between two rules of one id
 * @param tables without rows in an archive of rules
 * @param assemblyDrl the default assembly; empty in an archive of rules
 * @param gradingDrl the grading rules; empty in an archive of rules
 */
public record PackArchive(String kind, List<Pack> packs, Tables tables, String assemblyDrl, String gradingDrl) {
    public static final String RULES = "rules";
    public static final String KNOWLEDGE = "knowledge";

    private static final String VERSION = "1";
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(16 << 20)
                            .build())
                    .build())
            .build();

    public PackArchive {
        packs = List.copyOf(packs);
    }

    /** What detection and correlation need: Sigma files, indicator lists and manifests. */
    public static byte[] rules(List<Pack> packs) {
        ObjectNode root = root(RULES, packs, PackArchive::isDetection);
        return canonical(root);
    }

    /** What stories and grading need: story DRL, claims, tables and the shipped DRL. */
    public static byte[] knowledge(List<Pack> packs, Tables tables) {
        ObjectNode root = root(KNOWLEDGE, packs, name -> name.equals("pack.yml") || name.equals("story.drl"));
        ObjectNode texts = root.putObject("tables");
        tables.files().forEach(texts::put);
        root.put("assembly", Packs.assemblyDrl());
        root.put("grading", Packs.gradingDrl());
        return canonical(root);
    }

    /**
     * Reads either kind. Problems inside a pack are the pack's, as when it was first read.
     *
     * @throws IllegalArgumentException when it is no such text, or of a later version
     */
    public static PackArchive read(byte[] archive) {
        JsonNode root;
        try {
            root = JSON.readTree(archive);
        } catch (IOException e) {
            throw new IllegalArgumentException("rule archive is damaged: " + e.getMessage(), e);
        }
        String version = root == null ? "" : root.path("archive").asText();
        if (root == null || !VERSION.equals(version)) {
            throw new IllegalArgumentException("rule archive of version '" + version + "', known is " + VERSION
                    + ": upgrade this node to the version that wrote it");
        }
        List<Pack> packs = new ArrayList<>();
        for (JsonNode pack : root.path("packs")) {
            packs.add(PackReader.read(pack.path("id").asText(), "archive", texts(pack.path("files"))));
        }
        return new PackArchive(
                root.path("kind").asText(),
                packs,
                Tables.of(texts(root.path("tables"))),
                root.path("assembly").asText(),
                root.path("grading").asText());
    }

    private static boolean isDetection(String name) {
        boolean test = name.endsWith(".test.yml") || name.endsWith("scenario.yml");
        return !test && name.matches(".*\\.(ya?ml|csv)");
    }

    private static ObjectNode root(String kind, List<Pack> packs, Predicate<String> wanted) {
        ObjectNode root = JSON.createObjectNode();
        root.put("archive", VERSION).put("kind", kind);
        ArrayNode all = root.putArray("packs");
        for (Pack pack : packs) {
            ObjectNode files = JSON.createObjectNode();
            pack.files().forEach((name, text) -> {
                if (wanted.test(name)) {
                    files.put(name, text);
                }
            });
            if (!files.isEmpty()) {
                all.addObject().put("id", pack.id()).set("files", files);
            }
        }
        return root;
    }

    private static byte[] canonical(ObjectNode root) {
        return Jcs.canonical(root.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
