package org.wanglou.bus.retention;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Topic;
import org.wanglou.model.Meters;

/**
 * Sees to it that Kafka never deletes the unread (DESIGN 2): looks every five seconds at how far each reader is, and lifts
 * a topic's retention while what somebody has not read fills a quarter of its bytes or is older than half of its time;
 * puts the configured values back when that has fallen to half of either. While a topic is lifted and the disk runs low,
 * input waits.
 *
 * <p>Start it within the broker's first 30 s, which is when Kafka first deletes: after a long stop the unread may be older
 * than the retention already. Every change is counted and logged; so are unread records that are gone all the same. One
 * daemon thread {@code bus-retention-0}, on which everything happens.
 */
public final class RetentionGuard implements AutoCloseable {
    static final long ADMIN_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(RetentionGuard.class);

    private final Map<String, Object> client;
    private final List<TopicReader> readers;
    private final PushBack pushBack;
    private final Clock clock;
    private final Meters meters;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bus-retention-0");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Topic, Configured> configured = new EnumMap<>(Topic.class);
    private final Map<Topic, List<TopicPartition>> partitions = new EnumMap<>(Topic.class);
    private final Set<Topic> lifted = EnumSet.noneOf(Topic.class);
    private final Map<String, Long> told = new HashMap<>();
    private Admin admin;
    private boolean paused;
    private volatile int liftedCount;
    private volatile String trouble = "";

    /**
     * @param client as {@code Bus.clientProperties()} gives
     * @param readers everybody who must have read what goes; a topic without reader is left alone
     */
    @SuppressWarnings("NullAway.Init") // a constructor does no I/O: the first look connects
    public RetentionGuard(
            Map<String, Object> client, List<TopicReader> readers, PushBack pushBack, Clock clock, Meters meters) {
        this.client = Map.copyOf(client);
        this.readers = List.copyOf(readers);
        this.pushBack = pushBack;
        this.clock = clock;
        this.meters = meters;
        meters.gauge("wanglou_bus_retention_lifted_topics", () -> liftedCount);
    }

    /** Looks at once and then every five seconds. */
    public void start() {
        timer.scheduleWithFixedDelay(this::lookSafely, 0, 5, TimeUnit.SECONDS);
    }

    /** Empty when well, otherwise why the last look failed; what was lifted stays so. */
    public String trouble() {
        return trouble;
    }

    private void lookSafely() {
        try {
            look();
            trouble = "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            trouble = "retention guard: " + e;
            meters.counter("wanglou_bus_retention_look_failed_total").increment();
            LOG.warn("cannot look after retention error={}", e.toString());
        }
    }

    void look() throws ExecutionException, InterruptedException, TimeoutException {
        if (admin == null) {
            admin = Admin.create(client);
        }
        if (configured.isEmpty()) {
            learn();
        }
        List<TopicPartition> all = new ArrayList<>();
        partitions.values().forEach(all::addAll);
        Logs logs = Logs.look(admin, all);
        Set<Topic> endangered = EnumSet.noneOf(Topic.class);
        for (TopicReader reader : readers) {
            List<TopicPartition> own = new ArrayList<>();
            reader.topics().forEach(topic -> own.addAll(partitions.getOrDefault(topic, List.of())));
            Map<TopicPartition, Long> positions = reader.positions(admin, own);
            for (Topic topic : reader.topics()) {
                for (TopicPartition partition : partitions.getOrDefault(topic, List.of())) {
                    long start = logs.start(partition);
                    long position = positions.getOrDefault(partition, start);
                    if (position < start) {
                        lost(reader, partition, start, start - position);
                        position = start;
                    }
                    if (!endangered.contains(topic) && endangered(topic, partition, position, logs)) {
                        endangered.add(topic);
                        LOG.debug(
                                "unread may go reader={} partition={} position={}", reader.name(), partition, position);
                    }
                }
            }
        }
        for (Topic topic : configured.keySet()) {
            if (endangered.contains(topic) != lifted.contains(topic)) {
                change(topic, endangered.contains(topic));
            }
        }
        pushBack();
    }

    /** Reads how topics are configured, and puts back what a guard before this one may have left lifted. */
    private void learn() throws ExecutionException, InterruptedException, TimeoutException {
        Set<Topic> read = EnumSet.noneOf(Topic.class);
        readers.forEach(reader -> read.addAll(reader.topics()));
        List<ConfigResource> resources =
                read.stream().map(RetentionGuard::resource).toList();
        List<String> names = read.stream().map(Topic::topicName).toList();
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(resources).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        Map<String, TopicDescription> topics =
                admin.describeTopics(names).allTopicNames().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        Map<Topic, Configured> found = new EnumMap<>(Topic.class);
        for (Topic topic : read) {
            Config config = configs.get(resource(topic));
            TopicDescription description = topics.get(topic.topicName());
            if (config == null || description == null) {
                continue;
            }
            Configured own = Configured.of(topic, config);
            if (own.ends() && Configured.deletes(config)) {
                found.put(topic, own);
                partitions.put(
                        topic,
                        description.partitions().stream()
                                .map(info -> new TopicPartition(topic.topicName(), info.partition()))
                                .toList());
                if (Configured.lifted(config)) {
                    lifted.add(topic);
                }
            }
        }
        configured.putAll(found);
    }

    private static ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    }

    private boolean endangered(Topic topic, TopicPartition partition, long position, Logs logs)
            throws ExecutionException, InterruptedException, TimeoutException {
        Configured keeps = configured.get(topic);
        if (keeps == null || position >= logs.end(partition)) {
            return false;
        }
        // What was lifted is put back at half of that at which it is lifted, so that it does not flutter.
        long divisor = lifted.contains(topic) ? 2 : 1;
        if (keeps.bytes() >= 0 && logs.bytesFrom(partition, position) >= keeps.bytes() / 4 / divisor) {
            return true;
        }
        if (keeps.millis() < 0) {
            return false;
        }
        long old = clock.millis() - keeps.millis() / 2 / divisor;
        OptionalLong recent = logs.since(admin, partition, old);
        return (recent.isEmpty() || position < recent.getAsLong())
                && FirstUnread.time(client, partition, position, logs.end(partition)) <= old;
    }

    private void change(Topic topic, boolean lift) throws ExecutionException, InterruptedException, TimeoutException {
        Configured keeps = configured.get(topic);
        if (keeps == null) {
            return;
        }
        Map<ConfigResource, java.util.Collection<AlterConfigOp>> change =
                Map.of(resource(topic), lift ? Configured.lift() : keeps.putBack());
        admin.incrementalAlterConfigs(change).all().get(ADMIN_SECONDS, TimeUnit.SECONDS);
        if (lift) {
            lifted.add(topic);
        } else {
            lifted.remove(topic);
        }
        liftedCount = lifted.size();
        meters.counter(
                        "wanglou_bus_retention_changes_total",
                        "topic",
                        topic.topicName(),
                        "to",
                        lift ? "lifted" : "configured")
                .increment();
        LOG.warn(
                "retention {} topic={} millis={} bytes={}",
                lift ? "lifted, a reader is behind" : "as configured again",
                topic.topicName(),
                lift ? -1 : keeps.millis(),
                lift ? -1 : keeps.bytes());
    }

    private void lost(TopicReader reader, TopicPartition partition, long start, long records) {
        Long before = told.put(reader.name() + " " + partition, start);
        if (before == null || before != start) {
            meters.counter("wanglou_bus_unread_deleted_total", "reader", reader.name(), "topic", partition.topic())
                    .add(before == null ? records : Math.min(records, start - before));
            LOG.error("unread records are gone reader={} partition={} records={}", reader.name(), partition, records);
        }
    }

    private void pushBack() {
        liftedCount = lifted.size();
        long usable = pushBack.usableBytes();
        if (!paused && !lifted.isEmpty() && usable < pushBack.lowBytes()) {
            paused = true;
            Set<String> names = new HashSet<>();
            lifted.forEach(topic -> names.add(topic.topicName()));
            meters.counter("wanglou_bus_retention_push_back_total").increment();
            LOG.warn("input waits for readers topics={} usable={}", names, usable);
            pushBack.pause("a reader is behind on " + names + " and only " + usable + " bytes of disk are left");
        } else if (paused && (lifted.isEmpty() || usable > pushBack.lowBytes() * 3 / 2)) {
            paused = false;
            LOG.info("input goes on usable={}", usable);
            pushBack.resume();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(ADMIN_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("retention guard did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
