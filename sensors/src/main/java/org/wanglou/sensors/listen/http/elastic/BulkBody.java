package org.wanglou.sensors.listen.http.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.sensors.listen.http.JsonText;

/**
 * The body of a bulk request: lines of an action, each followed by the document's line unless it is {@code delete}. Read
 * whole before anything is taken, as Elasticsearch does. Pure.
 */
final class BulkBody {
    /** More in one request are 413, on which shippers send less at once. */
    static final int MOST_ITEMS = 65_536;

    private static final int ACTION_LIMIT = 16 << 10;

    private BulkBody() {}

    /**
     * One action.
     *
     * @param action {@code index}, {@code create}, {@code update} or {@code delete}
     * @param from where its document begins in the body
     * @param error why it is not done; empty when it is
     */
    record Item(String action, String index, String id, int from, int to, String error) {}

    /** The request cannot be read. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;
        private final String why;

        Refused(int status, String why) {
            super(why, null, false, false);
            this.status = status;
            this.why = why;
        }

        int status() {
            return status;
        }

        String why() {
            return why;
        }
    }

    /** @param index of items that name none */
    static List<Item> read(byte[] body, String index) throws Refused {
        List<Item> items = new ArrayList<>();
        int line = 0;
        for (int at = 0; at < body.length; ) {
            int end = end(body, at);
            line++;
            if (blank(body, at, end)) {
                at = end + 1;
                continue;
            }
            if (items.size() >= MOST_ITEMS) {
                throw new Refused(413, "more than 65,536 items");
            }
            int number = line;
            Map.Entry<String, JsonNode> action = action(body, at, end)
                    .orElseThrow(() -> new Refused(400, "Malformed action/metadata line [" + number + "]"));
            String name = action.getKey();
            String into = text(action.getValue(), "_index").orElse(index);
            String id = text(action.getValue(), "_id").orElse("");
            at = end + 1;
            if (name.equals("delete")) {
                items.add(new Item(name, into, id, 0, 0, "logs are only added: no delete"));
                continue;
            }
            int documentEnd = at < body.length ? end(body, at) : at;
            line++;
            if (at >= body.length || blank(body, at, documentEnd)) {
                throw new Refused(400, "no document behind the action on line " + number);
            }
            String error = name.equals("update") ? "logs are only added: no update" : "";
            items.add(new Item(name, into, id, at, cut(body, at, documentEnd), error));
            at = documentEnd + 1;
        }
        if (items.isEmpty()) {
            throw new Refused(400, "request body is required");
        }
        return items;
    }

    private static Optional<Map.Entry<String, JsonNode>> action(byte[] body, int from, int to) {
        if (to - from > ACTION_LIMIT) {
            return Optional.empty();
        }
        Optional<JsonNode> tree = JsonText.tree(body, from, to);
        if (tree.isEmpty() || !tree.get().isObject() || tree.get().size() != 1) {
            return Optional.empty();
        }
        Iterator<Map.Entry<String, JsonNode>> fields = tree.get().fields();
        Map.Entry<String, JsonNode> only = fields.next();
        boolean known = List.of("index", "create", "update", "delete").contains(only.getKey());
        return known && only.getValue().isObject() ? Optional.of(only) : Optional.empty();
    }

    private static Optional<String> text(JsonNode action, String name) {
        JsonNode value = action.get(name);
        return value == null || !value.isValueNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    private static int end(byte[] body, int from) {
        int at = from;
        while (at < body.length && body[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int cut(byte[] body, int from, int end) {
        return end > from && body[end - 1] == '\r' ? end - 1 : end;
    }

    private static boolean blank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\r' && body[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
