package org.wanglou.sensors.listen.http.otlp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.listen.http.Feed;

/**
 * Walks an {@code ExportLogsServiceRequest} in protobuf. Field numbers are those of {@code logs/v1/logs.proto}, {@code
 * common/v1/common.proto} and {@code resource/v1/resource.proto}. Pure.
 */
final class OtlpBinary {
    static final int MAX_DEPTH = 32;

    private OtlpBinary() {}

    /** Throws {@link Wire.Malformed} before any record is taken when the outer messages are no protobuf. */
    static void read(byte[] body, Records records) throws InterruptedException {
        walk(new Wire(body, 0, body.length), null);
        walk(new Wire(body, 0, body.length), records);
    }

    private static void walk(Wire request, @Nullable Records records) throws InterruptedException {
        while (request.next()) {
            if (request.is(1, Wire.BYTES)) {
                resource(request, records);
            }
        }
    }

    private static void resource(Wire at, @Nullable Records records) throws InterruptedException {
        Map<String, Object> attributes = new LinkedHashMap<>();
        int size = 0;
        for (Wire logs = at.message(); logs.next(); ) {
            if (logs.is(1, Wire.BYTES)) {
                size += logs.length();
                for (Wire resource = logs.message(); resource.next(); ) {
                    if (resource.is(1, Wire.BYTES)) {
                        attribute(resource.message(), attributes, 1);
                    }
                }
            }
        }
        for (Wire logs = at.message(); logs.next(); ) {
            if (logs.is(2, Wire.BYTES)) {
                scope(logs, attributes, size, records);
            }
        }
    }

    private static void scope(Wire at, Map<String, Object> resource, int shared, @Nullable Records records)
            throws InterruptedException {
        Map<String, Object> attributes = new LinkedHashMap<>();
        String name = "";
        int size = shared;
        for (Wire logs = at.message(); logs.next(); ) {
            if (logs.is(1, Wire.BYTES)) {
                size += logs.length();
                for (Wire scope = logs.message(); scope.next(); ) {
                    if (scope.is(1, Wire.BYTES)) {
                        name = scope.text();
                    } else if (scope.is(3, Wire.BYTES)) {
                        attribute(scope.message(), attributes, 1);
                    }
                }
            }
        }
        if (records == null) {
            return;
        }
        Around around = new Around(resource, attributes, name, size);
        for (Wire logs = at.message(); logs.next(); ) {
            if (!logs.is(2, Wire.BYTES)) {
                continue;
            }
            if (logs.length() > Feed.LIMIT) {
                records.reject("a record is longer than 512 KiB");
                continue;
            }
            LogRecord record;
            try {
                record = record(logs.message());
            } catch (Wire.Malformed e) {
                records.reject("a record is no protobuf");
                continue;
            }
            records.take(around, record);
        }
    }

    private static LogRecord record(Wire wire) {
        LogRecord record = new LogRecord();
        while (wire.next()) {
            if (wire.is(1, Wire.FIXED64)) {
                record.timeNanos = wire.number();
            } else if (wire.is(11, Wire.FIXED64)) {
                record.observedNanos = wire.number();
            } else if (wire.is(2, Wire.VARINT)) {
                record.severity = wire.number();
            } else if (wire.is(3, Wire.BYTES)) {
                record.severityText = wire.text();
            } else if (wire.is(5, Wire.BYTES)) {
                record.body = value(wire.message(), 1);
            } else if (wire.is(6, Wire.BYTES)) {
                attribute(wire.message(), record.attributes, 1);
            } else if (wire.is(9, Wire.BYTES) && wire.length() == 16) {
                record.traceId = HexFormat.of().formatHex(wire.copy());
            } else if (wire.is(10, Wire.BYTES) && wire.length() == 8) {
                record.spanId = HexFormat.of().formatHex(wire.copy());
            } else if (wire.is(12, Wire.BYTES)) {
                record.eventName = wire.text();
            }
        }
        return record;
    }

    private static void attribute(Wire pair, Map<String, Object> into, int depth) {
        String key = "";
        Object value = "";
        while (pair.next()) {
            if (pair.is(1, Wire.BYTES)) {
                key = pair.text();
            } else if (pair.is(2, Wire.BYTES)) {
                value = value(pair.message(), depth);
            }
        }
        into.put(key, value);
    }

    private static Object value(Wire any, int depth) {
        if (depth > MAX_DEPTH) {
            throw Wire.Malformed.INSTANCE;
        }
        Object value = "";
        while (any.next()) {
            if (any.is(1, Wire.BYTES)) {
                value = any.text();
            } else if (any.is(2, Wire.VARINT)) {
                value = any.number() != 0;
            } else if (any.is(3, Wire.VARINT)) {
                value = any.number();
            } else if (any.is(4, Wire.FIXED64)) {
                value = Double.longBitsToDouble(any.number());
            } else if (any.is(5, Wire.BYTES)) {
                List<Object> list = new ArrayList<>();
                for (Wire array = any.message(); array.next(); ) {
                    if (array.is(1, Wire.BYTES)) {
                        list.add(value(array.message(), depth + 1));
                    }
                }
                value = list;
            } else if (any.is(6, Wire.BYTES)) {
                Map<String, Object> map = new LinkedHashMap<>();
                for (Wire pairs = any.message(); pairs.next(); ) {
                    if (pairs.is(1, Wire.BYTES)) {
                        attribute(pairs.message(), map, depth + 1);
                    }
                }
                value = map;
            } else if (any.is(7, Wire.BYTES)) {
                value = Base64.getEncoder().encodeToString(any.copy());
            }
        }
        return value;
    }
}
