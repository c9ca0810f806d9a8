package org.wanglou.correlator;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.wanglou.bus.Topic;
import org.wanglou.correlator.detect.DetectStage;
import org.wanglou.correlator.stories.desk.StoryStage;
import org.wanglou.correlator.time.Multicast;
import org.wanglou.correlator.windows.WindowStage;
import org.wanglou.correlator.wire.Outlet;

/** The three topologies, with every node, store and sink named. */
final class Topologies {
    // The changelog is compacted; small and often, or restoring would grow with uptime (min.cleanable.dirty.ratio and
    // segment sizes are the levers, none of which touches what is in the store).
    private static final Map<String, String> CHANGELOG = Map.of(
            "min.cleanable.dirty.ratio", "0.1",
            "segment.ms", "1200000",
            "segment.bytes", "33554432",
            "max.compaction.lag.ms", "3600000");

    private Topologies() {}

    static Topology detect(Supplier<DetectStage> stage) {
        Topology topology = source(Topic.EVENTS.topicName(), Topic.FLOWS.topicName());
        topology.addProcessor(DetectStage.NAME, stage::get, "source");
        // Cached: a source's total changes with every event and is written once for each commit.
        topology.addStateStore(store(DetectStage.COUNTS).withCachingEnabled(), DetectStage.NAME);
        topology.addStateStore(store(DetectStage.RULES), DetectStage.NAME);
        sink(topology, DetectStage.TO_SIGNALS, Topic.SIGNALS, DetectStage.NAME);
        sink(topology, DetectStage.TO_STORIES, Topic.STORIES, DetectStage.NAME);
        sink(topology, DetectStage.TO_SWITCHES, Topic.SWITCHES, DetectStage.NAME);
        sink(topology, Outlet.DEAD_LETTERS, Topic.DEAD_LETTER, DetectStage.NAME);
        return topology;
    }

    static Topology windows(Supplier<WindowStage> stage) {
        Topology topology = source(Topic.SIGNALS.topicName());
        topology.addProcessor(WindowStage.NAME, stage::get, "source");
        topology.addStateStore(store(WindowStage.ROWS), WindowStage.NAME);
        topology.addStateStore(store(WindowStage.CLOCK), WindowStage.NAME);
        sink(topology, WindowStage.TO_STORIES, Topic.STORIES, WindowStage.NAME);
        sink(topology, Outlet.DEAD_LETTERS, Topic.DEAD_LETTER, WindowStage.NAME);
        return topology;
    }

    static Topology stories(Supplier<StoryStage> stage) {
        Topology topology = source(Topic.STORIES.topicName());
        topology.addProcessor(StoryStage.NAME, stage::get, "source");
        topology.addStateStore(store(StoryStage.ROWS), StoryStage.NAME);
        topology.addStateStore(store(StoryStage.CLOCK), StoryStage.NAME);
        sink(topology, StoryStage.TO_INCIDENTS, Topic.INCIDENTS, StoryStage.NAME);
        sink(topology, Outlet.DEAD_LETTERS, Topic.DEAD_LETTER, StoryStage.NAME);
        return topology;
    }

    private static Topology source(String... topics) {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(),
                "source",
                // A foreign producer may send a record without a time: that must not stop the thread.
                (record, partitionTime) -> Math.max(0, record.timestamp()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topics);
        return topology;
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    private static void sink(Topology topology, String name, Topic topic, String parent) {
        topology.addSink(
                name, topic.topicName(), new ByteArraySerializer(), new ByteArraySerializer(), new Multicast(), parent);
    }
}
