/**
 * Logs of platform software: Elasticsearch, Logstash, Kafka, MongoDB, NATS, Icinga, osquery. Text in, fields of an event out.
 * Pure.
 */
@NullMarked
package org.wanglou.sensors.format.app;

import org.jspecify.annotations.NullMarked;
