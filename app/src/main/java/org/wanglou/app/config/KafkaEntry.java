package org.wanglou.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.listen.kafka.KafkaInput;

/** Reads an entry of {@code sensors} that follows topics of another Kafka cluster. Immutable. */
final class KafkaEntry {
    private final Secrets secrets;
    private final Path base;

    KafkaEntry(Secrets secrets, Path base) {
        this.base = base;
        this.secrets = secrets;
    }

    /** The source; empty when something is wrong, which has been said. */
    Optional<SensorConfig> read(Section entry, String name, Format format, ZoneId zone) {
        for (String word : new String[] {"bind", "path", "token"}) {
            if (entry.has(word)) {
                entry.problem(word, "a kafka source has none", "take it out");
            }
        }
        if (!entry.has("kafka")) {
            entry.problem("kafka", "a kafka source needs a cluster", "write kafka: {servers: …, topics: [ … ]}");
            return Optional.empty();
        }
        Section kafka = entry.section("kafka");
        String password = secrets.read(kafka, "password").orElse("");
        if (kafka.has("password") && password.isEmpty()) {
            return Optional.empty();
        }
        String authorities = kafka.text("authorities");
        if (!authorities.isEmpty()) {
            Path file = base.resolve(authorities);
            if (!Files.isReadable(file)) {
                kafka.problem("authorities", file + " cannot be read", "check the path and the rights");
                return Optional.empty();
            }
            authorities = file.toAbsolutePath().toString();
        }
        try {
            KafkaInput input = new KafkaInput(
                    kafka.text("servers"),
                    kafka.texts("topics"),
                    kafka.text("group"),
                    kafka.text("protocol"),
                    kafka.text("mechanism"),
                    kafka.text("user"),
                    password,
                    authorities);
            return Optional.of(SensorConfig.kafka(name, input, format, zone, entry.text("organization")));
        } catch (IllegalArgumentException e) {
            kafka.problem("", String.valueOf(e.getMessage()), "mend the entry");
            return Optional.empty();
        }
    }
}
