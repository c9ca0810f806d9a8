package org.wanglou.sensors.listen.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A foreign cluster and what is read of it. Only what stands here can be set: Kafka's own properties could load classes.
 * Immutable.
 *
 * @param servers {@code host:port}, with commas between
 * @param topics their names
 * @param group the consumer group; several instances with one group share the partitions
 * @param protocol {@code plaintext}, {@code ssl}, {@code sasl_plaintext} or {@code sasl_ssl}
 * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}; counts with SASL
 * @param user counts with SASL
 * @param password counts with SASL; never shown
 * @param authorities PEM file of the authorities that are believed; empty: those of the Java platform
 */
public record KafkaInput(
        String servers,
        List<String> topics,
        String group,
        String protocol,
        String mechanism,
        String user,
        String password,
        String authorities) {
    public KafkaInput {
        topics = List.copyOf(topics);
        if (!servers.matches("[^,\\s]+:[0-9]{1,5}(,[^,\\s]+:[0-9]{1,5})*")) {
            throw new IllegalArgumentException("servers are host:port, with commas between");
        }
        if (topics.isEmpty() || topics.stream().anyMatch(topic -> !topic.matches("[a-zA-Z0-9._-]{1,249}"))) {
            throw new IllegalArgumentException("topics are names of letters, digits, dots, dashes and underscores");
        }
        if (group.isEmpty()) {
            throw new IllegalArgumentException("a kafka source needs a group");
        }
        if (!List.of("plaintext", "ssl", "sasl_plaintext", "sasl_ssl").contains(protocol)) {
            throw new IllegalArgumentException("protocol is plaintext, ssl, sasl_plaintext or sasl_ssl");
        }
        if (protocol.startsWith("sasl")) {
            if (!List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512").contains(mechanism)) {
                throw new IllegalArgumentException("mechanism is PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512");
            }
            if (user.isEmpty() || password.isEmpty()) {
                throw new IllegalArgumentException("SASL needs a user and a password");
            }
        }
    }

    /** A cluster in the clear. */
    public static KafkaInput plain(String servers, List<String> topics, String group) {
        return new KafkaInput(servers, topics, group, "plaintext", "", "", "", "");
    }

    /** What an admin client or a consumer of the cluster needs to connect. */
    public Map<String, Object> connection() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol.toUpperCase(Locale.ROOT));
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 8_000);
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 8_000);
        if (protocol.startsWith("sasl")) {
            String module = mechanism.equals("PLAIN")
                    ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                    : "org.apache.kafka.common.security.scram.ScramLoginModule";
            properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
            properties.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    module + " required username=" + quoted(user) + " password=" + quoted(password) + ";");
        }
        if (protocol.endsWith("ssl") && !authorities.isEmpty()) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, authorities);
        }
        return properties;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** What the consumer needs: bounded fetches, no commits of its own, from the beginning the first time. */
    Map<String, Object> consumer() {
        Map<String, Object> properties = connection();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000); // so long a killed one keeps its partitions
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    @Override
    public String toString() {
        return "KafkaInput[" + servers + " " + topics + " " + group + " " + protocol + " " + user + " password=***]";
    }
}
