package org.wanglou.app.intel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.wanglou.rules.indicators.read.Json;

/**
 * Pulls a MISP feed: a folder with {@code manifest.json} (event id → timestamp) and one file for each event. Only events
 * whose timestamp has changed are asked for; what is no more in the manifest is removed. Confined to its thread.
 */
final class MispPull {
    private static final String TYPE = "application/json";
    private static final int EVENTS_MAX = 200_000;

    private final Feed feed;
    private final Path folder;
    private final FeedClient client;

    MispPull(Feed feed, Path folder) throws IOException {
        this.feed = feed;
        this.folder = folder;
        this.client = new FeedClient(feed);
    }

    /** Pulls what is new; gives how many events came or went. */
    int pull() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Map<String, String> cursor = Cursor.read(folder);
        Map<String, String> there = new HashMap<>();
        JsonNode manifest;
        try (InputStream in = FeedClient.bounded(
                client.get(feed.url().resolve("manifest.json"), TYPE).body())) {
            manifest = Json.mapper().readTree(in);
        }
        for (Map.Entry<String, JsonNode> entry : manifest.properties()) {
            if (entry.getKey().matches("[0-9a-fA-F-]{36}") && there.size() < EVENTS_MAX) {
                there.put(entry.getKey(), entry.getValue().path("timestamp").asText());
            }
        }
        int changed = 0;
        for (Map.Entry<String, String> entry : there.entrySet()) {
            if (!entry.getValue().equals(cursor.get(entry.getKey()))) {
                event(entry.getKey());
                cursor.put(entry.getKey(), entry.getValue());
                changed++;
                if (changed % 100 == 0) {
                    Cursor.write(folder, cursor);
                }
            }
        }
        for (String gone :
                cursor.keySet().stream().filter(id -> !there.containsKey(id)).toList()) {
            Files.deleteIfExists(folder.resolve(gone + ".json"));
            cursor.remove(gone);
            changed++;
        }
        if (changed > 0) {
            Cursor.write(folder, cursor);
        }
        return changed;
    }

    private void event(String id) throws IOException, InterruptedException {
        Path fresh = folder.resolve("." + id + ".new");
        try (InputStream in = FeedClient.bounded(
                client.get(feed.url().resolve(id + ".json"), TYPE).body())) {
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        Cursor.durable(fresh);
        Files.move(
                fresh,
                folder.resolve(id + ".json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
