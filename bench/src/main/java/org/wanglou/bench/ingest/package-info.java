/**
 * The sensors stage beside other shippers: one broker, three processes that take the same lines over TCP and write them to
 * Kafka, and what is needed to start and to check them. Each of the two mains is a process of its own and ends when its
 * standard input does. Used by one thread.
 */
@NullMarked
package org.wanglou.bench.ingest;

import org.jspecify.annotations.NullMarked;
