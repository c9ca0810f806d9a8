package org.wanglou.sensors.listen.http;

import java.util.Optional;
import org.wanglou.sensors.frame.Outer;

/**
 * {@code POST /ingest/<source>}: one event a line (NDJSON or any other text), or a JSON array with one an element (RFC
 * 8259); a string among them is a line. Acknowledged with 200 {@code {"accepted":n}} only after Kafka has every one. A
 * broken element is one unparsed event; one that never ends makes the rest of the body lines. Ids: {@code event.id}, else
 * {@code Idempotency-Key} or digest of the body, number, peer.
 */
final class IngestProtocol implements HttpProtocol {
    private final String path;

    IngestProtocol(String source) {
        this.path = "/ingest/" + source;
    }

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public boolean serves(Call call) {
        return call.path().equals(path);
    }

    @Override
    public Optional<Answer> probe(Call call, boolean paused) {
        return call.method().equals("POST") ? Optional.empty() : Optional.of(refuse(call, 405, "use POST"));
    }

    @Override
    public Answer take(Call call, byte[] body, Feed feed) throws InterruptedException {
        String batch = call.batch(body);
        int start = solid(body, 0);
        boolean array = start < body.length
                && body[start] == '['
                && (call.mediaType().equals("application/json") || opens(body, solid(body, start + 1)));
        if (array) {
            elements(body, start + 1, batch, feed);
        } else {
            lines(body, 0, batch, feed);
        }
        return feed.stored()
                ? Answer.json(200, "{\"accepted\":" + feed.handed() + "}")
                : refuse(call, 503, "not stored, send again");
    }

    private static void elements(byte[] body, int from, String batch, Feed feed) throws InterruptedException {
        JsonCutter cutter = new JsonCutter(body, from, body.length);
        boolean goes = true;
        while (goes && cutter.next()) {
            int at = cutter.from();
            if (!cutter.whole()) {
                lines(body, at, batch, feed);
                return;
            }
            if (body[at] == ']') {
                lines(body, cutter.to(), batch, feed);
                return;
            }
            Optional<String> line = body[at] == '"' ? JsonText.string(body, at, cutter.to()) : Optional.empty();
            String origin = origin(batch, feed);
            goes = line.isPresent()
                    ? feed.take(line.get().getBytes(java.nio.charset.StandardCharsets.UTF_8), origin, Outer.NONE)
                    : feed.take(body, at, cutter.to(), origin, outer(body[at]));
        }
    }

    private static void lines(byte[] body, int from, String batch, Feed feed) throws InterruptedException {
        boolean goes = true;
        for (int at = from; goes && at < body.length; ) {
            int end = at;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            int to = end > at && body[end - 1] == '\r' ? end - 1 : end;
            if (to > at) {
                goes = feed.line(body, at, to, origin(batch, feed), outer(body[at]));
            }
            at = end + 1;
        }
    }

    private static Outer outer(byte first) {
        return first == '{' ? Outer.DOCUMENT : Outer.NONE;
    }

    private static String origin(String batch, Feed feed) {
        return batch + "/" + feed.taken() + "/" + feed.peer();
    }

    private static boolean opens(byte[] body, int at) {
        return at < body.length && (body[at] == '{' || body[at] == ']');
    }

    private static int solid(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
            at++;
        }
        return at;
    }

    @Override
    public Answer refuse(Call call, int status, String why) {
        return Answer.json(status, "{\"error\":" + Answer.quoted(why) + "}");
    }
}
