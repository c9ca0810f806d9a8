package org.wanglou.correlator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Bus;
import org.wanglou.correlator.detect.DetectStage;
import org.wanglou.correlator.detect.DetectedCounts;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.desk.StoryStage;
import org.wanglou.correlator.windows.WindowStage;
import org.wanglou.correlator.wire.Sealer;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;

/**
 * The three stages of attention, each a Kafka Streams application: detect → windows → stories.
 *
 * <p>After a crash of the embedded broker call its start-up fence with {@link #applicationIds()} first, then {@link
 * #start}. Detection and windows run at once; stories as soon as their knowledge is compiled, on thread {@code
 * correlator-knowledge-0}. Thread-safe.
 */
public final class Correlator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Correlator.class);
    private static final String DETECT = "wanglou-detect";
    private static final String WINDOWS = "wanglou-windows";
    private static final String STORIES = "wanglou-stories";

    private volatile Detectors detectors = Detectors.NONE;
    private volatile CompletableFuture<Knowledge> knowledge = new CompletableFuture<>();
    private final DetectedCounts counts;
    private final CanaryWatch canaries = new CanaryWatch();
    private final Stage detect;
    private final Stage windows;
    private final Stage stories;
    private volatile String knowledgeTrouble = "";

    /** @param sealer closes dead letters */
    public Correlator(Bus bus, CorrelatorConfig config, Snapshots snapshots, Sealer sealer, Meters meters) {
        this.counts = new DetectedCounts(meters);
        Map<String, Object> client = bus.clientProperties();
        long grace = config.limits().graceMillis();
        StoryLimits storyLimits = StoryLimits.of(grace);
        int partitions = config.partitions();
        detect = new Stage(
                DETECT,
                Topologies.detect(() -> new DetectStage(() -> detectors, snapshots, grace, counts, sealer, meters)),
                client,
                config,
                meters);
        windows = new Stage(
                WINDOWS,
                Topologies.windows(
                        () -> new WindowStage(() -> detectors.routes(), config.limits(), partitions, sealer, meters)),
                client,
                config,
                meters);
        stories = new Stage(
                STORIES,
                Topologies.stories(() ->
                        new StoryStage(this::compiled, snapshots, storyLimits, partitions, sealer, meters, canaries)),
                client,
                config,
                meters);
    }

    /** Application ids, which are also the names of the consumer groups. */
    public static List<String> applicationIds() {
        return List.of(DETECT, WINDOWS, STORIES);
    }

    /** Waits for the first compilation: the stage joins its group meanwhile and begins when it is done. */
    private Knowledge compiled() {
        return knowledge.join();
    }

    /**
     * Starts the stages.
     *
     * @param rules what detect and windows go by
     * @param compile makes the stories' knowledge; called on a background thread
     */
    public void start(Detectors rules, Supplier<Knowledge> compile) {
        detectors = rules;
        detect.start();
        windows.start();
        knowledge = CompletableFuture.supplyAsync(compile, background()).whenComplete((made, failure) -> {
            if (failure != null) {
                knowledgeTrouble = "story rules cannot be used: " + failure.getMessage();
                LOG.error("stories cannot start", failure);
            }
        });
        stories.start();
    }

    /**
     * Goes on with other rules and stories. Both are built whole before either is used; each stage changes between two
     * records. The future fails, and the old stay, when the new cannot be compiled.
     */
    public CompletableFuture<Void> swap(Supplier<Detectors> rules, Supplier<Knowledge> compile) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            Detectors newRules = rules.get();
                            Knowledge made = compile.get();
                            detectors = newRules;
                            knowledge = CompletableFuture.completedFuture(made);
                            return made.digest();
                        },
                        background())
                .thenAccept(digest -> LOG.info("rules swapped knowledge={}", digest));
    }

    private static Executor background() {
        return task -> {
            Thread thread = new Thread(task, "correlator-knowledge-0");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** Whether all three stages run. */
    public boolean ready() {
        return detect.running() && windows.running() && stories.running();
    }

    /** What is wrong, one line for each stage that has stopped; empty when well. */
    public String trouble() {
        List<String> troubles = new ArrayList<>();
        stages().forEach((id, stage) -> {
            if (!stage.trouble().isEmpty()) {
                troubles.add(id + ": " + stage.trouble());
            }
        });
        if (!knowledgeTrouble.isEmpty()) {
            troubles.add(STORIES + ": " + knowledgeTrouble);
        }
        return String.join("\n", troubles);
    }

    /** Records not processed yet by application id; -1 when unknown. */
    public Map<String, Double> lag() {
        Map<String, Double> lags = new LinkedHashMap<>();
        stages().forEach((id, stage) -> lags.put(id, stage.lag()));
        return lags;
    }

    /** Whether each stage runs, by application id. */
    public Map<String, Boolean> running() {
        Map<String, Boolean> running = new LinkedHashMap<>();
        stages().forEach((id, stage) -> running.put(id, stage.running()));
        return running;
    }

    /** Events detected by source, over restarts; what could not be read counts under {@code unreadable}. */
    public Map<String, Long> detected() {
        return counts.bySource();
    }

    /** The canaries that reached the stories. */
    public CanaryWatch canaries() {
        return canaries;
    }

    private Map<String, Stage> stages() {
        Map<String, Stage> stages = new LinkedHashMap<>();
        stages.put(DETECT, detect);
        stages.put(WINDOWS, windows);
        stages.put(STORIES, stories);
        return stages;
    }

    /**
     * Stops the stages in the order of the path, committing what they have done.
     *
     * @return false if one did not end within the limit
     */
    public boolean close(Duration limit) {
        boolean clean = true;
        for (Stage stage : stages().values()) {
            clean &= stage.close(limit);
        }
        return clean;
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
