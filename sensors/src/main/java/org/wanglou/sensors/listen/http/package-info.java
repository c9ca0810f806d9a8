/**
 * The protocols of one HTTP port, each from a request to frames and from their fate to an answer: NDJSON and JSON arrays,
 * Elasticsearch's {@code _bulk}, Splunk's HTTP event collector; OTLP in the package below. On the connection's thread.
 */
@NullMarked
package org.wanglou.sensors.listen.http;

import org.jspecify.annotations.NullMarked;
