package org.wanglou.sensors.listen.http.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.frame.Outer;

/**
 * What an OTLP record is in ECS: names that both have are kept (the semantic conventions and ECS have been one since 2023,
 * with a few names left apart), fields of the record go where the logs data model's appendix maps them, everything else
 * goes to {@code labels.*}. Pure.
 */
final class OtlpEcs {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Names of the semantic conventions that ECS has under another one. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("service.instance.id", "service.node.name"),
            Map.entry("deployment.environment", "service.environment"),
            Map.entry("deployment.environment.name", "service.environment"),
            Map.entry("host.arch", "host.architecture"),
            Map.entry("os.type", "host.os.platform"),
            Map.entry("os.name", "host.os.name"),
            Map.entry("os.version", "host.os.version"),
            Map.entry("os.description", "host.os.full"),
            Map.entry("process.executable.name", "process.name"),
            Map.entry("process.executable.path", "process.executable"),
            Map.entry("k8s.namespace.name", "kubernetes.namespace"),
            Map.entry("k8s.node.name", "kubernetes.node.name"),
            Map.entry("k8s.pod.name", "kubernetes.pod.name"),
            Map.entry("k8s.pod.uid", "kubernetes.pod.uid"),
            Map.entry("k8s.container.name", "kubernetes.container.name"),
            Map.entry("k8s.deployment.name", "kubernetes.deployment.name"),
            Map.entry("container.image.tag", "container.image.tag"),
            Map.entry("telemetry.sdk.language", "service.language.name"),
            Map.entry("exception.message", "error.message"),
            Map.entry("exception.type", "error.type"),
            Map.entry("exception.stacktrace", "error.stack_trace"),
            Map.entry("enduser.id", "user.id"),
            Map.entry("network.peer.address", "source.address"),
            Map.entry("log.record.original", "event.original"),
            Map.entry("log.record.uid", "event.id"),
            Map.entry("event.name", "event.action"),
            Map.entry("thread.id", "process.thread.id"),
            Map.entry("thread.name", "process.thread.name"));

    /** Roots of ECS whose members OTLP shares name by name. */
    private static final List<String> SHARED = List.of(
            "service.",
            "host.",
            "container.",
            "cloud.",
            "process.",
            "client.",
            "server.",
            "source.",
            "destination.",
            "url.",
            "user.",
            "user_agent.",
            "http.",
            "log.",
            "event.",
            "error.",
            "faas.",
            "device.",
            "network.",
            "tls.",
            "dns.",
            "file.",
            "data_stream.",
            "geo.");

    private static final String[] LEVELS = {"trace", "debug", "info", "warn", "error", "fatal"};

    private OtlpEcs() {}

    /** The payload: the body's text, or its JSON when it is a map or list. */
    static byte[] payload(LogRecord record) {
        Object body = record.body;
        if (body instanceof Map<?, ?> || body instanceof List<?>) {
            try {
                return MAPPER.writeValueAsBytes(body);
            } catch (JsonProcessingException e) {
                return String.valueOf(body).getBytes(StandardCharsets.UTF_8);
            }
        }
        return String.valueOf(body).getBytes(StandardCharsets.UTF_8);
    }

    /** What lies around the payload. */
    static Outer outer(Around around, LogRecord record) {
        Map<String, Object> fields = new TreeMap<>();
        around.resource().forEach((key, value) -> put(fields, key, value));
        around.scope().forEach((key, value) -> put(fields, key, value));
        record.attributes.forEach((key, value) -> put(fields, key, value));
        if (!around.scopeName().isEmpty()) {
            fields.put("log.logger", around.scopeName());
        }
        long nanos = record.timeNanos != 0 ? record.timeNanos : record.observedNanos;
        if (nanos > 0) {
            fields.put(Ecs.TIMESTAMP.name(), nanos / 1_000_000);
        }
        level(record).ifPresent(level -> fields.put(Ecs.LOG_LEVEL.name(), level));
        if (record.severity > 0 && record.severity <= 24) {
            fields.put(Ecs.EVENT_SEVERITY.name(), record.severity);
        }
        set(fields, "trace.id", record.traceId);
        set(fields, "span.id", record.spanId);
        set(fields, Ecs.EVENT_ACTION.name(), record.eventName);
        fields.putIfAbsent(Ecs.EVENT_DATASET.name(), "otlp");
        fields.keySet().removeIf(name -> name.startsWith("wanglou."));
        boolean document = record.body instanceof Map<?, ?>;
        return new Outer(fields, document, Outer.Naming.BATCH);
    }

    private static Optional<String> level(LogRecord record) {
        if (!record.severityText.isEmpty()) {
            return Optional.of(record.severityText.toLowerCase(Locale.ROOT));
        }
        return record.severity < 1 || record.severity > 24
                ? Optional.empty()
                : Optional.of(LEVELS[(int) (record.severity - 1) / 4]);
    }

    private static void put(Map<String, Object> fields, String key, Object value) {
        if (key.isEmpty() || value instanceof String text && text.isEmpty()) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> put(fields, key + "." + name, inner));
            return;
        }
        String name = NAMES.getOrDefault(key, key);
        Optional<Field> field = Ecs.named(name);
        if (field.isPresent()) {
            Object typed = typed(field.get(), value);
            if (typed != null) {
                fields.put(name, typed);
                return;
            }
        } else if (SHARED.stream().anyMatch(name::startsWith) || NAMES.containsKey(key)) {
            fields.put(name, value instanceof List<?> list ? flat(list) : value);
            return;
        }
        fields.put("labels." + key.replace('.', '_'), value instanceof List<?> list ? flat(list) : text(value));
    }

    /** The value in the field's type; null when it does not fit. */
    private static @Nullable Object typed(Field field, Object value) {
        Object one = value instanceof List<?> list && list.size() == 1 && field.type() != Field.Type.TEXTS
                ? list.get(0)
                : value;
        return switch (field.type()) {
            case NUMBER -> {
                long number = one instanceof Long whole ? whole : Fill.whole(text(one));
                boolean none = field.name().endsWith(".port") && (number < 0 || number > 65_535);
                yield number == Long.MIN_VALUE || none ? null : (Object) number;
            }
            case TIME -> null;
            case ADDRESS -> {
                String ip = Fill.canonical(text(one));
                yield ip.isEmpty() ? null : ip;
            }
            case TEXTS ->
                value instanceof List<?> list ? list.stream().map(OtlpEcs::text).toList() : List.of(text(value));
            case TEXT -> one instanceof List<?> ? null : text(one);
        };
    }

    private static List<Object> flat(List<?> list) {
        List<Object> flat = new ArrayList<>(list.size());
        list.forEach(item -> flat.add(item instanceof Map<?, ?> || item instanceof List<?> ? text(item) : item));
        return flat;
    }

    private static String text(Object value) {
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            try {
                return MAPPER.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                return String.valueOf(value);
            }
        }
        return String.valueOf(value);
    }

    private static void set(Map<String, Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
