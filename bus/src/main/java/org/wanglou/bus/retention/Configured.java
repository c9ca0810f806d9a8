package org.wanglou.bus.retention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.wanglou.bus.Topic;

/**
 * How long a topic is kept by configuration. {@code -1} is for ever, as in Kafka.
 *
 * @param millisOwn whether the topic itself says so, rather than the broker's default; likewise {@code bytesOwn}
 */
record Configured(long millis, boolean millisOwn, long bytes, boolean bytesOwn) {
    static final String MILLIS = "retention.ms";
    static final String BYTES = "retention.bytes";
    private static final String FOREVER = "-1";

    /**
     * What the broker says; where both are lifted by the topic itself and our own table says otherwise, a guard was
     * stopped before it could put them back, and the table is right.
     */
    static Configured of(Topic topic, Config config) {
        Configured says =
                new Configured(number(config, MILLIS), own(config, MILLIS), number(config, BYTES), own(config, BYTES));
        if (!says.lifted()) {
            return says;
        }
        Map<String, String> table = topic.config();
        return new Configured(
                Long.parseLong(table.getOrDefault(MILLIS, FOREVER)),
                table.containsKey(MILLIS),
                Long.parseLong(table.getOrDefault(BYTES, FOREVER)),
                table.containsKey(BYTES));
    }

    /** Whether the broker's present configuration is that of a lifted topic. */
    static boolean lifted(Config config) {
        return new Configured(number(config, MILLIS), own(config, MILLIS), number(config, BYTES), own(config, BYTES))
                .lifted();
    }

    /** Whether old records are deleted at all, not compacted only. */
    static boolean deletes(Config config) {
        ConfigEntry entry = config.get("cleanup.policy");
        return entry == null || String.valueOf(entry.value()).contains("delete");
    }

    private boolean lifted() {
        return millisOwn && bytesOwn && millis < 0 && bytes < 0;
    }

    private static long number(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? -1 : Long.parseLong(entry.value());
    }

    private static boolean own(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry != null && entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
    }

    /** Whether Kafka ever deletes of it. */
    boolean ends() {
        return millis >= 0 || bytes >= 0;
    }

    static Collection<AlterConfigOp> lift() {
        return List.of(set(MILLIS, -1), set(BYTES, -1));
    }

    Collection<AlterConfigOp> putBack() {
        List<AlterConfigOp> ops = new ArrayList<>();
        ops.add(millisOwn ? set(MILLIS, millis) : delete(MILLIS));
        ops.add(bytesOwn ? set(BYTES, bytes) : delete(BYTES));
        return ops;
    }

    private static AlterConfigOp set(String name, long value) {
        return new AlterConfigOp(new ConfigEntry(name, Long.toString(value)), AlterConfigOp.OpType.SET);
    }

    private static AlterConfigOp delete(String name) {
        return new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE);
    }
}
