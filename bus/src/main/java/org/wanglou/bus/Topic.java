package org.wanglou.bus;

import java.util.Map;

/** The topics of DESIGN 2 with how they are kept. */
public enum Topic {
    EVENTS("wanglou.events", true, Map.of("retention.ms", hours(72), "retention.bytes", "2147483648")),
    FLOWS("wanglou.flows", true, Map.of("retention.ms", hours(12), "retention.bytes", "1073741824")),
    SIGNALS("wanglou.signals", true, Map.of("retention.ms", hours(48), "retention.bytes", "1073741824")),
    STORIES("wanglou.stories", true, Map.of("retention.ms", hours(240))),
    INCIDENTS("wanglou.incidents", true, Map.of("retention.ms", hours(720))),
    /** Which digest of a kind is the newest; the broker stamps the records. */
    REFERENCE(
            "wanglou.reference", false, Map.of("cleanup.policy", "compact", "message.timestamp.type", "LogAppendTime")),
    /** Kept for ever and not compacted: a replay as live follows every switch of a task, not its last. */
    SWITCHES("wanglou.switches", false, Map.of("cleanup.policy", "delete", "retention.ms", "-1")),
    DEAD_LETTER("wanglou.dead-letter", false, Map.of("retention.ms", hours(168)));

    private final String topicName;
    private final boolean partitioned;
    private final Map<String, String> config;

    Topic(String topicName, boolean partitioned, Map<String, String> config) {
        this.topicName = topicName;
        this.partitioned = partitioned;
        this.config = config;
    }

    /** Name on the broker. */
    public String topicName() {
        return topicName;
    }

    /** Whether it has the profile's partition count; the others have one partition. */
    public boolean partitioned() {
        return partitioned;
    }

    /** Topic configuration at creation. */
    public Map<String, String> config() {
        return config;
    }

    private static String hours(int hours) {
        return Long.toString(hours * 3_600_000L);
    }
}
