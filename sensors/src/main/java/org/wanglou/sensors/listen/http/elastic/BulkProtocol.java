package org.wanglou.sensors.listen.http.elastic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.sensors.frame.Outer;
import org.wanglou.sensors.listen.http.Answer;
import org.wanglou.sensors.listen.http.Call;
import org.wanglou.sensors.listen.http.Feed;
import org.wanglou.sensors.listen.http.HttpProtocol;

/**
 * Elasticsearch's bulk API ({@code POST} or {@code PUT /_bulk}, {@code /<index>/_bulk}), as far as shippers use it:
 * {@code index} and {@code create}. Each item is answered by itself: 201 once Kafka has it, 429 when it must be sent again,
 * 400 for {@code update} and {@code delete}, since logs are only added. A document that is no JSON is kept as an unparsed
 * event: its sender would drop it on 400. An action line that is none refuses the request before anything is taken. Ids:
 * {@code _id} with its index, else agent + file + offset of the document, else digest of the body, number, peer.
 */
public final class BulkProtocol implements HttpProtocol {
    @Override
    public String name() {
        return "bulk";
    }

    @Override
    public boolean serves(Call call) {
        return bulk(call) || ElasticProbes.serves(call.plainPath());
    }

    private static boolean bulk(Call call) {
        return call.plainPath().endsWith("/_bulk");
    }

    @Override
    public Optional<Answer> probe(Call call, boolean paused) {
        if (!bulk(call)) {
            return Optional.of(marked(ElasticProbes.answer(call)));
        }
        return call.method().equals("POST") || call.method().equals("PUT")
                ? Optional.empty()
                : Optional.of(refuse(call, 405, "use POST"));
    }

    @Override
    public Answer take(Call call, byte[] body, Feed feed) throws InterruptedException {
        long began = System.nanoTime();
        String[] parts = call.plainPath().split("/", -1);
        List<BulkBody.Item> items;
        try {
            items = BulkBody.read(body, parts.length > 2 ? Call.decoded(parts[1]) : "");
        } catch (BulkBody.Refused e) {
            return refuse(call, e.status(), e.why());
        }
        String batch = call.batch(body);
        for (int i = 0; i < items.size(); i++) {
            BulkBody.Item item = items.get(i);
            if (!item.error().isEmpty()) {
                feed.rejected();
            } else {
                boolean named = !item.id().isEmpty();
                String origin = named
                        ? "id " + item.index().length() + " " + item.index() + "/" + item.id()
                        : batch + "/" + i + "/" + item.index() + "/" + feed.peer();
                Outer outer = new Outer(where(item.index()), true, named ? Outer.Naming.SENDER : Outer.Naming.AGENT);
                if (!feed.take(body, item.from(), item.to(), origin, outer)) {
                    break;
                }
            }
        }
        boolean stored = feed.stored();
        if (!stored && none(feed)) { // all of it again, and later
            return refuse(call, 503, "not stored, send again");
        }
        return marked(Answer.json(200, items(call, items, feed, batch, (System.nanoTime() - began) / 1_000_000)));
    }

    private static boolean none(Feed feed) {
        for (int i = 0; i < feed.taken(); i++) {
            if (feed.stored(i)) {
                return false;
            }
        }
        return true;
    }

    /** ECS has fields for a data stream's name, none for an index. */
    private static Map<String, Object> where(String index) {
        String[] parts = index.split("-", 3);
        Map<String, Object> fields = new TreeMap<>();
        if (parts.length == 3 && (parts[0].equals("logs") || parts[0].equals("metrics") || parts[0].equals("traces"))) {
            fields.put("data_stream.type", parts[0]);
            fields.put("data_stream.dataset", parts[1]);
            fields.put("data_stream.namespace", parts[2]);
        } else if (!index.isEmpty()) {
            fields.put("wanglou.ingest.index", index);
        }
        return fields;
    }

    private static String items(Call call, List<BulkBody.Item> items, Feed feed, String batch, long millis) {
        boolean brief = call.query().containsKey("filter_path");
        StringBuilder text = new StringBuilder(64 + items.size() * (brief ? 32 : 200));
        boolean errors = false;
        int number = 0;
        for (int i = 0; i < items.size(); i++) {
            BulkBody.Item item = items.get(i);
            String error = item.error();
            int status = 400;
            if (error.isEmpty()) {
                boolean stored = number < feed.taken() && feed.stored(number);
                number++;
                status = stored ? 201 : 429;
                error = stored ? "" : "not stored, send again";
            }
            errors |= status >= 300;
            text.append(i == 0 ? "" : ",").append("{\"").append(item.action()).append("\":{");
            if (!brief) {
                String id = item.id().isEmpty() ? batch.substring(0, Math.min(16, batch.length())) + i : item.id();
                text.append("\"_index\":").append(Answer.quoted(item.index()));
                text.append(",\"_id\":").append(Answer.quoted(id)).append(',');
                if (status == 201) {
                    text.append("\"_version\":1,\"result\":\"created\",\"_shards\":"
                            + "{\"total\":1,\"successful\":1,\"failed\":0},\"_seq_no\":0,\"_primary_term\":1,");
                }
            }
            text.append("\"status\":").append(status);
            if (status != 201) {
                text.append(",\"error\":{\"type\":\"")
                        .append(status == 429 ? "es_rejected_execution_exception" : "illegal_argument_exception")
                        .append("\",\"reason\":")
                        .append(Answer.quoted(error))
                        .append('}');
            }
            text.append("}}");
        }
        return "{\"took\":" + millis + ",\"errors\":" + errors + ",\"items\":[" + text + "]}";
    }

    @Override
    public Answer refuse(Call call, int status, String why) {
        Answer answer = marked(ElasticProbes.error(status, why));
        return status == 401 ? answer.with("WWW-Authenticate", "Basic realm=\"wanglou\", ApiKey") : answer;
    }

    private static Answer marked(Answer answer) {
        return answer.with("X-elastic-product", "Elasticsearch");
    }
}
