package org.wanglou.sensors.listen.kafka;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;
import org.wanglou.sensors.listen.Listener;
import org.wanglou.sensors.listen.RateLimit;

/**
 * Reads topics of another Kafka cluster. At most 500 records are under way; their offsets are committed once our own Kafka
 * has every one, and what is read again after a crash or a rebalance keeps its ids (cluster, topic, partition, offset).
 * While they wait, while paused or above the rate, the partitions are paused, so that the group does not take the member
 * for dead. A cluster that is away is counted, told by {@link #connected()} and tried again every five seconds. A record
 * is cut at 512 KiB; one without a value is counted and passed over. Thread {@code sensors-<name>-0}.
 */
public final class KafkaListener implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaListener.class);
    private static final int LIMIT = 512 << 10;
    private static final long RETRY_MILLIS = 5_000;
    private static final long CHECK_MILLIS = 10_000;
    private static final Duration WAIT = Duration.ofMillis(200);

    private final String name;
    private final KafkaInput input;
    private final Function<Frame, CompletableFuture<Void>> frames;
    private final RateLimit rate;
    private final LongAdder failures;
    private final LongAdder empty;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean running = true;
    private volatile boolean paused;
    private volatile boolean connected;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private boolean holding;

    /**
     * @param frames completes once our Kafka has the frame, and tries until it has
     * @param failures counts attempts at the foreign cluster that failed
     * @param empty counts records without a value
     */
    public KafkaListener(
            String name,
            KafkaInput input,
            Function<Frame, CompletableFuture<Void>> frames,
            RateLimit rate,
            LongAdder failures,
            LongAdder empty,
            Clock clock) {
        this.name = name;
        this.input = input;
        this.frames = frames;
        this.rate = rate;
        this.failures = failures;
        this.empty = empty;
        this.clock = clock;
        this.thread = new Thread(this::run, "sensors-" + name + "-0");
    }

    @Override
    public void start() {
        thread.start();
        LOG.info("kafka source started name={} topics={} group={}", name, input.topics(), input.group());
    }

    private void run() {
        while (running) {
            try (Admin admin = Admin.create(input.connection())) {
                String cluster = cluster(admin);
                try (Consumer<byte[], byte[]> open = new KafkaConsumer<>(input.consumer())) {
                    consumer = open;
                    open.subscribe(input.topics(), new Hold(open));
                    LOG.info("kafka source connected name={} cluster={}", name, cluster);
                    read(open, admin, cluster);
                } finally {
                    consumer = null;
                }
            } catch (WakeupException e) {
                // closing
            } catch (KafkaException | ExecutionException | TimeoutException e) {
                away(e);
                rest();
            } catch (InterruptedException e) {
                running = false;
            }
        }
        connected = false;
    }

    private String cluster(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        String cluster = admin.describeCluster().clusterId().get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
        connected = true;
        return cluster;
    }

    private void away(Exception e) {
        failures.increment();
        if (connected || failures.sum() == 1) {
            LOG.warn("kafka source: the cluster is away name={} error={}", name, e.toString());
        }
        connected = false;
    }

    private void rest() {
        try {
            for (long left = RETRY_MILLIS; running && left > 0; left -= 100) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void read(Consumer<byte[], byte[]> from, Admin admin, String cluster)
            throws InterruptedException, ExecutionException, TimeoutException {
        long checked = clock.millis();
        while (running) {
            hold(from, paused || !rate.open());
            ConsumerRecords<byte[], byte[]> records = from.poll(WAIT);
            if (!records.isEmpty()) {
                take(from, records, cluster);
                checked = clock.millis();
            } else if (clock.millis() - checked >= CHECK_MILLIS) {
                // A consumer is silent about a cluster that is away.
                cluster(admin);
                checked = clock.millis();
            }
        }
    }

    private void take(Consumer<byte[], byte[]> from, ConsumerRecords<byte[], byte[]> records, String cluster) {
        List<CompletableFuture<Void>> sent = new ArrayList<>(records.count());
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> one : records) {
            done.put(new TopicPartition(one.topic(), one.partition()), new OffsetAndMetadata(one.offset() + 1));
            byte[] value = one.value();
            if (value == null) {
                empty.increment();
                continue;
            }
            rate.took();
            sent.add(frames.apply(frame(cluster, one, value)));
        }
        CompletableFuture<Void> stored = CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0]));
        while (running && !stored.isDone()) {
            try {
                stored.get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                hold(from, true);
                from.poll(Duration.ZERO);
            } catch (InterruptedException e) {
                running = false;
            } catch (ExecutionException e) {
                // asked again below
            }
        }
        if (stored.isCompletedExceptionally()) {
            throw new KafkaException("our own Kafka did not take it: read again from the committed offset");
        }
        if (stored.isDone()) {
            done.keySet().retainAll(from.assignment());
            from.commitSync(done);
        }
    }

    private Frame frame(String cluster, ConsumerRecord<byte[], byte[]> one, byte[] value) {
        boolean cut = value.length > LIMIT;
        String origin = "kafka " + cluster + "/" + one.topic() + "/" + one.partition() + "/" + one.offset();
        Outer outer = new Outer(Map.of(), true, Outer.Naming.SENDER);
        return new Frame(cut ? Arrays.copyOf(value, LIMIT) : value, "", clock.millis(), origin, cut, "", outer);
    }

    private void hold(Consumer<byte[], byte[]> from, boolean hold) {
        holding = hold;
        if (hold) {
            from.pause(from.assignment());
        } else {
            from.resume(from.paused());
        }
    }

    /** Partitions that come while nothing may be read wait too. */
    private final class Hold implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> of;

        Hold(Consumer<byte[], byte[]> of) {
            this.of = of;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (holding) {
                of.pause(partitions);
            }
        }
    }

    /** Whether the foreign cluster answered last. */
    public boolean connected() {
        return connected;
    }

    /** It is bound to none. */
    @Override
    public InetSocketAddress boundAddress() {
        return InetSocketAddress.createUnresolved("kafka", 0);
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
    }

    @Override
    public void close() {
        running = false;
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(15_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
