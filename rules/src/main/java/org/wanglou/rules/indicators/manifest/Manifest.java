package org.wanglou.rules.indicators.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.wanglou.crypto.envelope.Jcs;
import org.wanglou.rules.indicators.read.Json;

/**
 * The lists in force. Immutable.
 *
 * @param folder where files are kept, each named by its digest; every node that shall take the lists has it at this path
 * @param own the unit's own blocks: an indicator in one raises no alarm
 * @param suffixes public suffix lists in addition to the built-in one; none or one
 */
public record Manifest(
        Path folder, List<Source> sources, List<Kept> warninglists, List<Kept> suffixes, List<String> own) {
    /** Name of the file in a pack. */
    public static final String FILE = "intel.json";

    private static final String VERSION = "1";

    /** One source: its files are read as one. */
    public record Source(String name, int confidence, int lifetimeDays, boolean observables, List<Kept> files) {
        public Source {
            files = List.copyOf(files);
        }
    }

    /** A file: name for messages, hex SM3 of its content, octets. */
    public record Kept(String name, String digest, long size) {
        public Kept {
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("no digest: " + digest);
            }
        }
    }

    public Manifest {
        sources = List.copyOf(sources);
        warninglists = List.copyOf(warninglists);
        suffixes = List.copyOf(suffixes);
        own = List.copyOf(own);
    }

    /** Canonical JSON. */
    public String json() {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("intel", VERSION).put("folder", folder.toString());
        ArrayNode all = root.putArray("sources");
        for (Source source : sources) {
            ObjectNode one = all.addObject();
            one.put("name", source.name)
                    .put("confidence", source.confidence)
                    .put("lifetimeDays", source.lifetimeDays)
                    .put("observables", source.observables);
            put(one.putArray("files"), source.files);
        }
        put(root.putArray("warninglists"), warninglists);
        put(root.putArray("suffixes"), suffixes);
        own.forEach(root.putArray("own")::add);
        return Jcs.canonical(root.toString());
    }

    private static void put(ArrayNode array, List<Kept> files) {
        files.forEach(file -> array.addObject()
                .put("name", file.name)
                .put("digest", file.digest)
                .put("size", file.size));
    }

    /**
     * Reads {@link #json()}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Manifest parse(String json) {
        JsonNode root;
        try {
            root = Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("manifest of indicators is damaged: " + Json.reason(e), e);
        }
        if (!root.path("intel").asText().equals(VERSION)) {
            throw new IllegalArgumentException("manifest of indicators of another version: upgrade this node");
        }
        List<Source> sources = new ArrayList<>();
        for (JsonNode one : root.path("sources")) {
            sources.add(new Source(
                    one.path("name").asText(),
                    one.path("confidence").asInt(),
                    one.path("lifetimeDays").asInt(),
                    one.path("observables").asBoolean(),
                    files(one.path("files"))));
        }
        List<String> own = new ArrayList<>();
        root.path("own").forEach(one -> own.add(one.asText()));
        return new Manifest(
                Path.of(root.path("folder").asText()),
                sources,
                files(root.path("warninglists")),
                files(root.path("suffixes")),
                own);
    }

    private static List<Kept> files(JsonNode array) {
        List<Kept> files = new ArrayList<>();
        array.forEach(one -> files.add(new Kept(
                one.path("name").asText(),
                one.path("digest").asText(),
                one.path("size").asLong())));
        return files;
    }
}
