package org.wanglou.sensors.listen.http.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.wanglou.sensors.listen.http.Answer;
import org.wanglou.sensors.listen.http.Call;
import org.wanglou.sensors.listen.http.Feed;
import org.wanglou.sensors.listen.http.HttpProtocol;

/**
 * OTLP/HTTP 1.x, logs only: {@code POST /v1/logs} in protobuf or JSON, answered in the same encoding. Records that cannot
 * be read or are longer than 512 KiB are rejected by {@code partial_success}; 429 and 503 carry {@code Retry-After}, and
 * the request may be sent again as it was: its ids stay (the payload's {@code event.id}, else {@code Idempotency-Key} or
 * digest of the body, number, peer). A body that no format knows is an event all the same, of dataset {@code otlp}.
 */
public final class OtlpProtocol implements HttpProtocol {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final int AROUND_LIMIT = 64 << 10;
    /** Each record's event carries its resource: bytes of resources that one request may so become. */
    private static final long SPREAD_LIMIT = 512L << 20;

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public boolean serves(Call call) {
        return call.path().equals("/v1/logs");
    }

    @Override
    public Optional<Answer> probe(Call call, boolean paused) {
        if (!call.method().equals("POST")) {
            return Optional.of(refuse(call, 405, "use POST"));
        }
        return binary(call) || call.mediaType().equals("application/json")
                ? Optional.empty()
                : Optional.of(refuse(call, 415, "application/x-protobuf or application/json"));
    }

    private static boolean binary(Call call) {
        return call.mediaType().equals(PROTOBUF) || call.mediaType().equals("application/protobuf");
    }

    /** Hands records on; after one that is not stored the rest waits for the sender. */
    private static final class Taking implements Records {
        private final Feed feed;
        private final String batch;
        private boolean goes = true;
        private long spread;
        private long rejected;
        private String why = "";

        Taking(Feed feed, String batch) {
            this.feed = feed;
            this.batch = batch;
        }

        @Override
        public void take(Around around, LogRecord record) throws InterruptedException {
            spread += around.bytes();
            if (around.bytes() > AROUND_LIMIT) {
                reject("attributes of resource and scope are longer than 64 KiB");
            } else if (spread > SPREAD_LIMIT) {
                reject("too many records for so large a resource");
            } else if (goes) {
                String origin = batch + "/" + feed.taken() + "/" + feed.peer();
                goes = feed.take(OtlpEcs.payload(record), origin, OtlpEcs.outer(around, record));
            }
        }

        @Override
        public void reject(String reason) {
            rejected++;
            why = reason;
            feed.rejected();
        }
    }

    @Override
    public Answer take(Call call, byte[] body, Feed feed) throws InterruptedException {
        Taking taking = new Taking(feed, call.batch(body));
        if (binary(call)) {
            try {
                OtlpBinary.read(body, taking);
            } catch (Wire.Malformed e) {
                return refuse(call, 400, "not an ExportLogsServiceRequest");
            }
        } else if (!OtlpJson.read(body, taking)) {
            return refuse(call, 400, "not an ExportLogsServiceRequest");
        }
        if (!feed.stored()) {
            return refuse(call, 503, "not stored, send again");
        }
        return binary(call) ? inProtobuf(taking) : inJson(taking);
    }

    private static Answer inJson(Taking taking) {
        return Answer.json(
                200,
                taking.rejected == 0
                        ? "{}"
                        : "{\"partialSuccess\":{\"rejectedLogRecords\":\"" + taking.rejected + "\",\"errorMessage\":"
                                + Answer.quoted(taking.why) + "}}");
    }

    private static Answer inProtobuf(Taking taking) {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        if (taking.rejected > 0) {
            ByteArrayOutputStream partial = new ByteArrayOutputStream();
            partial.write(1 << 3);
            varint(partial, taking.rejected);
            text(partial, 2, taking.why);
            response.write(1 << 3 | Wire.BYTES);
            varint(response, partial.size());
            response.writeBytes(partial.toByteArray());
        }
        return new Answer(200, PROTOBUF, Map.of(), response.toByteArray());
    }

    /** {@code google.rpc.Status} in the request's encoding. */
    @Override
    public Answer refuse(Call call, int status, String why) {
        int code =
                switch (status) {
                    case 401 -> 16;
                    case 429 -> 8;
                    case 503 -> 14;
                    default -> 3;
                };
        if (!binary(call)) {
            return Answer.json(status, "{\"code\":" + code + ",\"message\":" + Answer.quoted(why) + "}");
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(1 << 3);
        varint(message, code);
        text(message, 2, why);
        return new Answer(status, PROTOBUF, Map.of(), message.toByteArray());
    }

    private static void text(ByteArrayOutputStream into, int field, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        into.write(field << 3 | Wire.BYTES);
        varint(into, utf8.length);
        into.writeBytes(utf8);
    }

    private static void varint(ByteArrayOutputStream into, long value) {
        long left = value;
        while (left > 0x7f) {
            into.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        into.write((int) left);
    }
}
