package org.wanglou.bus;

import java.util.Map;
import java.util.Set;

/** A Kafka, embedded or a cluster: same code for both. Thread-safe. */
public interface Bus {
    /** A publisher with its own producer; {@code name} is its client id. */
    Publisher publisher(String name);

    /** A worker thread named {@code name} that reads all partitions of the topics. */
    Worker worker(String name, Set<Topic> topics, BatchHandler handler);

    /** Client properties (bootstrap, security) for Kafka Streams and admin clients. */
    Map<String, Object> clientProperties();
}
