package org.wanglou.correlator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.model.Tick;

/** One stage's topology, driven record by record. */
final class Driven implements AutoCloseable {
    private final Topology topology;
    private @Nullable TopologyTestDriver driver;
    private final Map<Topic, List<TestRecord<byte[], byte[]>>> seen = new EnumMap<>(Topic.class);

    Driven(Topology topology) {
        this.topology = topology;
    }

    /** Makes the stage, which looks for its reference data; else done by the first record. */
    TopologyTestDriver open() {
        if (driver == null) {
            Properties properties = new Properties();
            properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "driven");
            properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
            driver = new TopologyTestDriver(topology, properties);
        }
        return driver;
    }

    void send(Topic topic, byte[] key, byte[] value, String type, long receive, String... more) {
        RecordHeaders headers = new RecordHeaders();
        if (!type.isEmpty()) {
            headers.add(Wire.TYPE, type.getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        open().createInputTopic(topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, receive));
    }

    void tick(Topic topic, String stage, int partition, long receive, long lowWater) {
        Tick tick = new Tick(stage, stage, partition, 0, receive, lowWater, Map.of());
        send(topic, null, TickCodec.encode(tick), Wire.TICK_1, receive);
    }

    /** What came out on a topic since the last look, of one type. */
    List<TestRecord<byte[], byte[]>> read(Topic topic, String type) {
        List<TestRecord<byte[], byte[]>> all = seen.computeIfAbsent(topic, name -> new ArrayList<>());
        all.addAll(readAll(topic));
        List<TestRecord<byte[], byte[]>> some = new ArrayList<>(all);
        some.removeIf(record -> !Wire.header(record.headers(), Wire.TYPE).equals(type));
        all.removeAll(some);
        return some;
    }

    /** What came out on a topic since the last look. */
    List<TestRecord<byte[], byte[]>> readAll(Topic topic) {
        return open().createOutputTopic(topic.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        }
    }
}
