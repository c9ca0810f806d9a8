package org.wanglou.correlator;

import java.nio.file.Path;
import java.util.Map;
import org.wanglou.correlator.windows.Limits;

/**
 * How the correlator runs.
 *
 * @param dataDir directory under which Kafka Streams keeps its lock files; state itself lives in changelogs
 * @param nodeName stable name of this node
 * @param partitions partitions of the events, signals and stories topics; fixed when the topics were created
 * @param replication replication factor of changelogs: 1 embedded, -1 (broker's default) on a cluster
 * @param threads stream threads for each stage
 * @param limits grace and bounds of windows
 * @param streams further Kafka Streams properties, laid over ours
 */
public record CorrelatorConfig(
        Path dataDir,
        String nodeName,
        int partitions,
        int replication,
        int threads,
        Limits limits,
        Map<String, Object> streams) {
    public CorrelatorConfig {
        if (partitions < 1 || threads < 1) {
            throw new IllegalArgumentException("correlator.partitions and correlator.threads must be at least 1, are "
                    + partitions + ", " + threads);
        }
        streams = Map.copyOf(streams);
    }

    /** One thread for each stage, default limits, replication 1: the embedded broker. */
    public static CorrelatorConfig embedded(Path dataDir, String nodeName, int partitions) {
        return new CorrelatorConfig(dataDir, nodeName, partitions, 1, 1, Limits.DEFAULT, Map.of());
    }
}
