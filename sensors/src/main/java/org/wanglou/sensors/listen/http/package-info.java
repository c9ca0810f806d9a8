/**
 * The protocols of one HTTP port, each from a request to frames and from their fate to an answer: NDJSON and JSON arrays
 * here; Elasticsearch's {@code _bulk}, OTLP and Splunk's HTTP event collector in the packages below. On the connection's thread.
 */
@NullMarked
package org.wanglou.sensors.listen.http;

import org.jspecify.annotations.NullMarked;
