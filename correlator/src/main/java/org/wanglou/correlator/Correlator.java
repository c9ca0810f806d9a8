package org.wanglou.correlator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.bus.Bus;
import org.wanglou.correlator.detect.DetectStage;
import org.wanglou.correlator.detect.DetectedCounts;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.reference.Announcements;
import org.wanglou.correlator.reference.FolderSnapshots;
import org.wanglou.correlator.reference.Reference;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.reference.SnapshotStore;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.desk.StoryStage;
import org.wanglou.correlator.windows.WindowStage;
import org.wanglou.correlator.wire.Sealer;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.rules.RuleProblem;

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

    private final Shelf<Detectors> rules;
    private final Shelf<Knowledge> knowledge;
    private final Announcements announcements;
    private final DetectedCounts counts;
    private final CanaryWatch canaries = new CanaryWatch();
    private final Stage detect;
    private final Stage windows;
    private final Stage stories;
    private volatile String knowledgeTrouble = "";

    /**
     * Keeps snapshots of rules under {@code config.dataDir()}, in the folder {@code snapshots}.
     *
     * @param sealer closes dead letters
     */
    public Correlator(Bus bus, CorrelatorConfig config, Snapshots snapshots, Sealer sealer, Meters meters) {
        this(bus, config, snapshots, new FolderSnapshots(config.dataDir().resolve("snapshots")), sealer, meters);
    }

    /**
     * @param store where the contents of rule sets and story knowledge survive
     * @param sealer closes dead letters
     */
    public Correlator(
            Bus bus, CorrelatorConfig config, Snapshots snapshots, SnapshotStore store, Sealer sealer, Meters meters) {
        this.rules = new Shelf<>(Detectors.KIND, Detectors::of, store);
        this.knowledge = new Shelf<>(Knowledge.KIND, Knowledge::of, store);
        this.announcements = new Announcements(bus, List.of(rules, knowledge), meters);
        this.counts = new DetectedCounts(meters);
        Map<String, Object> client = bus.clientProperties();
        long grace = config.limits().graceMillis();
        StoryLimits storyLimits = StoryLimits.of(grace);
        int partitions = config.partitions();
        detect = new Stage(
                DETECT,
                Topologies.detect(() -> new DetectStage(rules, snapshots, grace, counts, sealer, meters)),
                client,
                config,
                meters);
        windows = new Stage(
                WINDOWS,
                Topologies.windows(() -> new WindowStage(rules, config.limits(), partitions, sealer, meters)),
                client,
                config,
                meters);
        stories = new Stage(
                STORIES,
                Topologies.stories(
                        () -> new StoryStage(knowledge, snapshots, storyLimits, partitions, sealer, meters, canaries)),
                client,
                config,
                meters);
    }

    /** Application ids, which are also the names of the consumer groups. */
    public static List<String> applicationIds() {
        return List.of(DETECT, WINDOWS, STORIES);
    }

    /**
     * Starts the stages. A task that went by other rules when it stopped loads those first and then switches, between two
     * records and written down, to these.
     *
     * @param first what detect and windows go by; must have an archive
     * @param compile makes the stories' knowledge, with an archive; called on a background thread
     */
    public void start(Detectors first, Supplier<Knowledge> compile) {
        rules.keep(first);
        rules.offer(first);
        announcements.start();
        announce(rules, first);
        detect.start();
        windows.start();
        CompletableFuture.supplyAsync(compile, background()).whenComplete((made, failure) -> {
            try {
                if (failure == null) {
                    knowledge.keep(made);
                    knowledge.offer(made);
                    announce(knowledge, made);
                } else {
                    unusable(failure);
                }
            } catch (RuntimeException e) {
                unusable(e);
            }
        });
        stories.start();
    }

    private void unusable(Throwable failure) {
        knowledgeTrouble = "story rules cannot be used: " + failure.getMessage();
        LOG.error("story rules cannot be used", failure);
        knowledge.fail(failure);
    }

    private <T extends Reference> CompletableFuture<Void> announce(Shelf<T> shelf, T value) {
        return announcements.announce(shelf.kind(), value.digest()).whenComplete((heard, failure) -> {
            if (failure != null) {
                LOG.warn("not announced kind={} digest={}", shelf.kind(), value.digest(), failure);
            }
        });
    }

    /**
     * Goes on with other rules and stories: both are built whole, kept and announced; each task then switches between two
     * records and writes down where. The future completes when this node takes them for the newest. It fails, saying why,
     * and the old stay in force, when they cannot be built or have problems that those in force do not have.
     */
    public CompletableFuture<Void> swap(Supplier<Detectors> makeRules, Supplier<Knowledge> makeKnowledge) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            Detectors newRules = makeRules.get();
                            refuse(rules, newRules);
                            Knowledge newKnowledge = makeKnowledge.get();
                            refuse(knowledge, newKnowledge);
                            rules.keep(newRules);
                            knowledge.keep(newKnowledge);
                            return announce(rules, newRules)
                                    .thenCompose(heard -> announce(knowledge, newKnowledge))
                                    .thenRun(() -> knowledgeTrouble = "");
                        },
                        background())
                .thenCompose(announced -> announced)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        LOG.warn("new rules refused, the old stay in force reason={}", failure.toString());
                    }
                });
    }

    /** What is broken in the new and was not in the old is a mistake of the change, not to be taken into force. */
    private static <T extends Reference> void refuse(Shelf<T> shelf, T made) {
        T newest = shelf.peek();
        List<RuleProblem> worse = new ArrayList<>(made.problems());
        if (newest != null) {
            worse.removeAll(newest.problems());
        }
        if (!worse.isEmpty()) {
            throw new IllegalArgumentException("new " + shelf.kind() + " refused, the old stay in force: "
                    + worse.stream().map(RuleProblem::toString).collect(Collectors.joining("; ")));
        }
    }

    private static Executor background() {
        return task -> {
            Thread thread = new Thread(task, "correlator-knowledge-0");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** The stories' knowledge in force; empty until the first is compiled. */
    public Optional<Knowledge> knowledge() {
        return Optional.ofNullable(knowledge.peek());
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
        String announced = announcements.trouble();
        if (!announced.isEmpty()) {
            troubles.add(announced);
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
        announcements.close();
        return clean;
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
