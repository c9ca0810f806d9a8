package org.wanglou.app.intel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.rules.indicators.read.Json;

/**
 * Pulls collections of a TAXII 2.1 server (OASIS TAXII 2.1 §5.3, §5.4). Pages are asked for with {@code next} until there
 * are no more, from {@code added_after} on; the cursor moves only when all pages are in the feed's file. Confined to its
 * thread.
 */
final class TaxiiPull {
    private static final String TYPE = "application/taxii+json;version=2.1";
    private static final int PAGES_MAX = 100_000;
    private static final int COLLECTIONS_MAX = 1_000;

    private final Feed feed;
    private final Path folder;
    private final FeedClient client;

    TaxiiPull(Feed feed, Path folder) throws IOException {
        this.feed = feed;
        this.folder = folder;
        this.client = new FeedClient(feed);
    }

    /** Pulls what is new; gives how many objects came. */
    int pull() throws IOException, InterruptedException {
        Map<String, String> cursor = Cursor.read(folder);
        int objects = 0;
        for (String collection : collections()) {
            objects += collection(collection, cursor);
        }
        return objects;
    }

    private List<String> collections() throws IOException, InterruptedException {
        List<String> wanted = new ArrayList<>();
        for (JsonNode one : document(feed.url().resolve("collections/")).path("collections")) {
            String id = one.path("id").asText();
            boolean named = feed.collection().isEmpty()
                    || id.equals(feed.collection())
                    || one.path("title").asText().equals(feed.collection());
            if (named
                    && one.path("can_read").asBoolean()
                    && id.matches("[0-9A-Za-z-]{1,64}")
                    && wanted.size() < COLLECTIONS_MAX) {
                wanted.add(id);
            }
        }
        if (wanted.isEmpty()) {
            throw new IOException("feed " + feed.name() + " has no readable collection"
                    + (feed.collection().isEmpty() ? "" : " named " + feed.collection()));
        }
        return wanted;
    }

    private JsonNode document(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.get(address, TYPE);
        requireTaxii(response);
        try (InputStream in = FeedClient.bounded(response.body())) {
            return Json.mapper().readTree(in);
        }
    }

    private void requireTaxii(HttpResponse<InputStream> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).replace(" ", "").startsWith("application/taxii+json")) {
            response.body().close();
            throw new IOException("feed " + feed.name() + " does not answer in TAXII 2.1 but in '"
                    + (type.length() > 80 ? type.substring(0, 80) : type) + "'");
        }
    }

    private int collection(String id, Map<String, String> cursor) throws IOException, InterruptedException {
        String after = cursor.getOrDefault(id, "");
        String next = "";
        String last = after;
        ObjectFile file = new ObjectFile(folder.resolve(id + ".json"));
        try {
            for (int page = 0; page < PAGES_MAX; page++) {
                HttpResponse<InputStream> response = client.get(address(id, after, next), TYPE);
                requireTaxii(response);
                ObjectFile.Page read;
                try (InputStream in = FeedClient.bounded(response.body())) {
                    read = file.add(in);
                }
                String added =
                        response.headers().firstValue("X-TAXII-Date-Added-Last").orElse("");
                last = added.compareTo(last) > 0 ? added : last;
                if (!read.more()) {
                    break;
                }
                if (read.next().isEmpty() || read.next().equals(next)) {
                    throw new IOException("feed " + feed.name() + " says there is more but not where");
                }
                next = read.next();
            }
            int objects = file.merge();
            if (!last.equals(after)) {
                cursor.put(id, last);
                Cursor.write(folder, cursor);
            }
            return objects;
        } finally {
            file.close();
        }
    }

    private URI address(String id, String after, String next) {
        List<String> words = new ArrayList<>();
        if (!after.isEmpty()) {
            words.add("added_after=" + URLEncoder.encode(after, StandardCharsets.UTF_8));
        }
        if (!next.isEmpty()) {
            words.add("next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        }
        String query = words.isEmpty() ? "" : "?" + String.join("&", words);
        return feed.url().resolve("collections/" + id + "/objects/" + query);
    }
}
