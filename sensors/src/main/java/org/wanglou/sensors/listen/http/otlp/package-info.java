/**
 * OTLP/HTTP logs (OpenTelemetry protocol 1.x, {@code opentelemetry/proto/collector/logs/v1}), from protobuf or JSON to
 * frames with ECS fields around them. Records are read one by one out of the body's bytes. On the connection's thread.
 */
@NullMarked
package org.wanglou.sensors.listen.http.otlp;

import org.jspecify.annotations.NullMarked;
