package org.wanglou.correlator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.correlator.wire.StageStop;
import org.wanglou.model.Meters;

/**
 * One Kafka Streams application: a stage with its own application id, threads and transactions, so that one that throws
 * or lags starves no other. A thread that dies is replaced, up to five times in ten minutes; then, or when going on would
 * lose or misread records ({@link StageStop}), the application stops and says so. Thread-safe.
 */
final class Stage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);
    private static final int REPLACEMENTS_MAX = 5;
    private static final long REPLACEMENTS_NANOS = Duration.ofMinutes(10).toNanos();

    private final String applicationId;
    private final KafkaStreams streams;
    private final Meters meters;
    private final Deque<Long> replacements = new ArrayDeque<>();
    private volatile String trouble = "";
    private volatile KafkaStreams.State state = KafkaStreams.State.CREATED;

    Stage(String applicationId, Topology topology, Map<String, Object> client, CorrelatorConfig config, Meters meters) {
        this.applicationId = applicationId;
        this.meters = meters;
        this.streams = new KafkaStreams(topology, properties(applicationId, client, config));
        streams.setUncaughtExceptionHandler(this::died);
        streams.setStateListener((now, before) -> changed(now));
        meters.gauge("wanglou_correlator_running", () -> running() ? 1 : 0, "stage", applicationId);
        meters.gauge("wanglou_correlator_lag_records", this::lag, "stage", applicationId);
    }

    private static Properties properties(String applicationId, Map<String, Object> client, CorrelatorConfig config) {
        Map<String, Object> all = new HashMap<>(client);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        all.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId + "-" + config.nodeName());
        all.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.dataDir().resolve("streams").toString());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replication());
        all.put("processing.exception.handler.global.enabled", true);
        // Detect reads two topics, one of which may be silent. By default a task does nothing until it knows that the
        // silent
        // one holds nothing older, and that knowledge can fail to come until its next record: nothing here needs an
        // order
        // between the two.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        // In-memory tasks would else wait for a probing rebalance before they move back to a restarted instance.
        all.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 1000);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1000);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 5000);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        all.putAll(config.streams());
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    private StreamThreadExceptionResponse died(Throwable cause) {
        Optional<StageStop> stop = stop(cause);
        if (stop.isPresent()) {
            trouble = String.valueOf(stop.get().getMessage());
            LOG.error("stage stopped application={} reason={}", applicationId, trouble);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        meters.counter("wanglou_correlator_thread_deaths_total", "stage", applicationId)
                .increment();
        synchronized (replacements) {
            long now = System.nanoTime();
            while (!replacements.isEmpty() && now - replacements.peekFirst() > REPLACEMENTS_NANOS) {
                replacements.removeFirst();
            }
            replacements.addLast(now);
            if (replacements.size() > REPLACEMENTS_MAX) {
                trouble = "a thread died " + replacements.size() + " times in ten minutes, last: " + cause;
                LOG.error("stage stopped application={}", applicationId, cause);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        LOG.warn("stage thread replaced application={}", applicationId, cause);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Optional<StageStop> stop(Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < 16; depth++) {
            if (at instanceof StageStop stop) {
                return Optional.of(stop);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    private void changed(KafkaStreams.State now) {
        state = now;
        LOG.info("stage application={} state={}", applicationId, now);
        if (now == KafkaStreams.State.ERROR && trouble.isEmpty()) {
            trouble = "the application is in state ERROR";
        }
    }

    void start() {
        streams.start();
    }

    boolean running() {
        return state == KafkaStreams.State.RUNNING && trouble.isEmpty();
    }

    /** Why it does not run, empty when well. */
    String trouble() {
        return trouble;
    }

    /** Records not processed yet, as the consumers last saw it; -1 when unknown. */
    double lag() {
        double lag = 0;
        boolean known = false;
        for (Map.Entry<MetricName, ? extends Metric> metric : streams.metrics().entrySet()) {
            MetricName name = metric.getKey();
            if (name.name().equals("records-lag")
                    && metric.getValue().metricValue() instanceof Double value
                    && !value.isNaN()) {
                lag += value;
                known = true;
            }
        }
        return known ? lag : -1;
    }

    boolean close(Duration limit) {
        return streams.close(limit);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
