package org.wanglou.sensors.listen.http.otlp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One log record as OTLP has it, from either encoding. Values of attributes and body are {@code String}, {@code Long},
 * {@code Double}, {@code Boolean}, {@code List} or {@code Map} of these; bytes are Base64. Confined to its reader.
 */
final class LogRecord {
    long timeNanos;
    long observedNanos;
    long severity;
    String severityText = "";
    Object body = "";
    Map<String, Object> attributes = new LinkedHashMap<>();
    String traceId = "";
    String spanId = "";
    String eventName = "";
}
