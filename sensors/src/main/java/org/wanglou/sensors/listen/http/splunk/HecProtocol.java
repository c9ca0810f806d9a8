package org.wanglou.sensors.listen.http.splunk;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.wanglou.sensors.frame.Outer;
import org.wanglou.sensors.listen.http.Answer;
import org.wanglou.sensors.listen.http.Call;
import org.wanglou.sensors.listen.http.Feed;
import org.wanglou.sensors.listen.http.HttpProtocol;
import org.wanglou.sensors.listen.http.JsonCutter;

/**
 * Splunk's HTTP event collector: {@code /services/collector[/event[/1.0]]} takes JSON objects behind one another, {@code
 * /raw[/1.0]} lines, {@code /health[/1.0]} says that it is there. Answers are HEC's own {@code {"text","code"}}. Over the
 * rate it is 503 like "busy", because HEC's shippers send nothing again on any 4xx. At the first thing that is no event
 * the answer is 400 with its number, as Splunk's; what came before is taken, and the rest is kept as one unparsed event,
 * since its sender will not bring it again. Acknowledgement by channel ({@code /ack}) is not offered: the answer itself
 * comes after Kafka has everything. Ids: agent + file + offset of an event's object, else digest of the body, number,
 * index, peer.
 */
public final class HecProtocol implements HttpProtocol {
    private static final String ROOT = "/services/collector";
    private static final Set<String> EVENTS = Set.of(ROOT, ROOT + "/event", ROOT + "/event/1.0");
    private static final Set<String> RAW = Set.of(ROOT + "/raw", ROOT + "/raw/1.0");
    private static final Set<String> HEALTH = Set.of(ROOT + "/health", ROOT + "/health/1.0");

    @Override
    public String name() {
        return "hec";
    }

    @Override
    public boolean serves(Call call) {
        return call.path().equals(ROOT) || call.path().startsWith(ROOT + "/");
    }

    @Override
    public boolean open(Call call) {
        return HEALTH.contains(call.plainPath());
    }

    @Override
    public Optional<Answer> probe(Call call, boolean paused) {
        String path = call.plainPath();
        if (HEALTH.contains(path)) {
            return Optional.of(paused ? said(503, "HEC is unhealthy, queues are full", 18) : healthy());
        }
        if (path.equals(ROOT + "/ack")) {
            return Optional.of(said(400, "ACK is disabled", 14));
        }
        if (!EVENTS.contains(path) && !RAW.contains(path)) {
            return Optional.of(said(404, "The requested URL was not found on this server.", 404));
        }
        return call.method().equals("POST") ? Optional.empty() : Optional.of(refuse(call, 405, "use POST"));
    }

    private static Answer healthy() {
        return said(200, "HEC is healthy", 17);
    }

    @Override
    public Answer take(Call call, byte[] body, Feed feed) throws InterruptedException {
        if (blank(body, 0)) {
            return said(400, "No data", 5);
        }
        String batch = call.batch(body);
        Optional<Answer> fault =
                RAW.contains(call.plainPath()) ? raw(call, body, batch, feed) : events(call, body, batch, feed);
        return feed.stored() ? fault.orElseGet(() -> said(200, "Success", 0)) : refuse(call, 503, "");
    }

    private static Optional<Answer> events(Call call, byte[] body, String batch, Feed feed)
            throws InterruptedException {
        JsonCutter cutter = new JsonCutter(body, 0, body.length);
        Map<String, Object> given = HecEvent.parameters(call.query());
        while (cutter.next()) {
            int number = feed.taken();
            HecEvent event = HecEvent.read(body, cutter.from(), cutter.to(), given);
            if (event.code() != 0) {
                int rest = event.code() == 6 ? body.length : cutter.to();
                feed.take(
                        body,
                        cutter.from(),
                        rest,
                        origin(batch, number, "", feed),
                        new Outer(given, false, Outer.Naming.BATCH));
                if (rest < body.length && !blank(body, rest)) {
                    feed.take(body, rest, body.length, origin(batch, number + 1, "", feed), Outer.NONE);
                }
                return Optional.of(Answer.json(
                        400,
                        "{\"text\":\"" + event.text() + "\",\"code\":" + event.code() + ",\"invalid-event-number\":"
                                + number + "}"));
            }
            Outer outer = new Outer(event.fields(), event.document(), Outer.Naming.AGENT);
            if (!feed.take(event.payload(), origin(batch, number, event.index(), feed), outer)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Answer> raw(Call call, byte[] body, String batch, Feed feed) throws InterruptedException {
        Map<String, Object> fields = new TreeMap<>(HecEvent.parameters(call.query()));
        String index = call.query().getOrDefault("index", "");
        call.header("x-splunk-request-channel")
                .or(() -> Optional.ofNullable(call.query().get("channel")))
                .ifPresent(channel -> fields.put("wanglou.ingest.channel", channel));
        Outer line = new Outer(fields, false, Outer.Naming.BATCH);
        Outer document = new Outer(fields, true, Outer.Naming.AGENT);
        boolean goes = true;
        for (int at = 0; goes && at < body.length; ) {
            int end = at;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            int to = end > at && body[end - 1] == '\r' ? end - 1 : end;
            if (to > at) {
                Outer outer = body[at] == '{' ? document : line;
                goes = feed.line(body, at, to, origin(batch, feed.taken(), index, feed), outer);
            }
            at = end + 1;
        }
        return Optional.empty();
    }

    private static String origin(String batch, int number, String index, Feed feed) {
        return batch + "/" + number + "/" + index + "/" + feed.peer();
    }

    private static boolean blank(byte[] body, int from) {
        return new String(body, from, Math.min(body.length - from, 4_096), StandardCharsets.ISO_8859_1).isBlank();
    }

    @Override
    public Answer refuse(Call call, int status, String why) {
        return switch (status) {
            case 401 -> {
                Optional<String> given = call.header("authorization");
                if (given.isEmpty()) {
                    yield said(401, "Token is required", 2);
                }
                yield given.get().indexOf(' ') < 0
                        ? said(401, "Invalid authorization", 3)
                        : said(403, "Invalid token", 4);
            }
            case 429, 503 -> said(503, "Server is busy", 9);
            case 400 -> said(400, "Invalid data format", 6);
            default -> said(status, why, status);
        };
    }

    private static Answer said(int status, String text, int code) {
        return Answer.json(status, "{\"text\":" + Answer.quoted(text) + ",\"code\":" + code + "}");
    }
}
