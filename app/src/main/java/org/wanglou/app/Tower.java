package org.wanglou.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.CaseOpening;
import org.wanglou.alerting.CasePolicy;
import org.wanglou.alerting.IncidentStage;
import org.wanglou.alerting.cases.CaseDesk;
import org.wanglou.alerting.cases.Scope;
import org.wanglou.alerting.deadlines.Clocks;
import org.wanglou.alerting.deadlines.Deadlines;
import org.wanglou.alerting.notify.Backoff;
import org.wanglou.alerting.notify.Dispatcher;
import org.wanglou.alerting.notify.Letter;
import org.wanglou.alerting.notify.Notifiers;
import org.wanglou.alerting.notify.Outbox;
import org.wanglou.alerting.notify.Route;
import org.wanglou.alerting.notify.Routing;
import org.wanglou.alerting.notify.webhook.SsrfGuard;
import org.wanglou.alerting.notify.webhook.WebhookNotifier;
import org.wanglou.alerting.playbook.Actions;
import org.wanglou.alerting.playbook.PlaybookRunner;
import org.wanglou.bus.Bus;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Worker;
import org.wanglou.bus.embedded.DiskGuard;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.bus.embedded.StartupFence;
import org.wanglou.bus.retention.InputHold;
import org.wanglou.bus.retention.PushBack;
import org.wanglou.bus.retention.RetentionGuard;
import org.wanglou.bus.retention.TopicReader;
import org.wanglou.correlator.Correlator;
import org.wanglou.correlator.CorrelatorConfig;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.incident.Proposals;
import org.wanglou.crypto.SelfTest;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.crypto.sm.Sm4Gcm;
import org.wanglou.model.Latencies;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.sensors.Durable;
import org.wanglou.sensors.Sensors;
import org.wanglou.sensors.privacy.Masking;
import org.wanglou.sensors.privacy.PersonalClasses;
import org.wanglou.sensors.spool.Sealer;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.cases.JdbcCaseDatabase;
import org.wanglou.store.events.Archiver;
import org.wanglou.store.events.LuceneIndex;
import org.wanglou.store.events.Retention;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.ledger.LedgerWriter;

/**
 * The one place where rooms are built and joined. {@link #start} brings them up in the order of the data's path reversed,
 * so that nobody speaks before somebody listens; {@link #close} takes them down in reverse. Confined to the thread that
 * starts and closes it, but for the accessors.
 */
final class Tower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tower.class);
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_INPUT_BYTES = 512L << 20;
    private static final long STOP_ALL_BYTES = 128L << 20;
    private static final long GRACE_MILLIS = 300_000;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Meters meters = new Meters();
    private final Clock clock;
    private final InForce inForce;
    private final Optional<Instant> unclean;
    private final KeyRing keys;
    private final KafkaBus bus;
    private final JdbcCaseDatabase cases;
    private final LuceneIndex index;
    private final Ledger ledger;
    private final LedgerWriter ledgerWriter;
    private final KnowledgeSeal seal;
    private final Correlator correlator;
    private final Sensors sensors;
    private final CanarySender canary;
    private final Dispatcher dispatcher;
    private final PlaybookRunner playbooks;
    private final Archiver archive;
    private final Worker archiver;
    private final IncidentStage incidents;
    private final Worker alerting;
    private final CaseDesk desk;
    private final InputHold hold;
    private final DiskGuard disk;
    private volatile Consumer<String> onFullDisk =
            reason -> new Thread(() -> System.exit(EmbeddedBroker.HALTED), "app-stop").start();
    private volatile String reloadTrouble = "";

    private Tower(DataDirectory data, Settings settings, Clock clock) throws IOException, InterruptedException {
        this.clock = clock;
        this.inForce = new InForce(settings);
        try {
            SelfTest.run();
            keys = data.keys();
            unclean = marked(data);
            RuleSet rules = compiled(settings);

            EmbeddedBroker broker = keep(EmbeddedBroker.start(
                    data.sub("kafka"), BROKER_LIMIT, reason -> LOG.error("emergency stop reason={}", reason)));
            bus = new KafkaBus(broker.clientProperties(), meters);
            bus.createTopics(settings.partitions(), (short) 1);
            try (Admin admin = Admin.create(bus.clientProperties())) {
                StartupFence.clear(admin, Correlator.applicationIds(), Duration.ofSeconds(20));
            }

            cases = keep(CaseDatabases.embedded(data.sub("cases")));
            ledger = keep(Ledger.open(data.sub("ledger"), ledgerOrigin(settings.node()), keys.signer("ledger")));
            requireNewest(ledger, cases);
            ledgerWriter = keep(new LedgerWriter(ledger, cases, meters));
            ledgerWriter.start();
            seal = new KnowledgeSeal(cases, keys.signer("rules"), clock);
            seal.record(settings, "start");

            index = keep(LuceneIndex.open(data.sub("index")));
            keep(new Retention(index, settings.retentionDays(), clock, meters)).start();
            archive = new Archiver(index, inForce, meters);
            archiver = keep(bus.worker("archive-0", Archiver.topics(), archive));

            Routing routing = new Routing(inForce::routes, inForce);
            Outbox outbox = new Outbox(routing, new Letter("wanglou/" + settings.node(), ""));
            dispatcher = keep(dispatcher(routing));
            playbooks = keep(new PlaybookRunner(cases, inForce::playbook, new Actions(outbox), clock));
            Clocks clocks = new Clocks(() -> inForce.tables().deadlines(), inForce);
            CasePolicy policy = CasePolicy.of(() -> inForce.tables().policies(), clock);
            incidents = new IncidentStage(cases, new CaseOpening(policy, outbox, clocks, playbooks), clock, meters);
            alerting = keep(bus.worker("alerting-0", Set.of(Topic.INCIDENTS), incidents));
            cases.onFeed(() -> {
                dispatcher.poke();
                ledgerWriter.poke();
            });
            dispatcher.start();
            playbooks.start();
            keep(new Deadlines(cases, clock, meters)).start();
            alerting.start();
            archiver.start();

            correlator = keep(correlator(data));
            Proposals proposals = new Proposals(correlator::knowledge, inForce);
            desk = new CaseDesk(cases, outbox, clocks, proposals::propose, Scope.of(inForce), clock);
            correlator.start(
                    Detectors.of(rules, InForce.indicators(settings.packs())),
                    () -> Knowledge.of(settings.packs(), settings.tables()));

            String epoch = UUID.randomUUID().toString();
            Publisher publisher = keep(bus.publisher("sensors"));
            canary = keep(new CanarySender(publisher, correlator.canaries(), clock, meters, epoch));
            sensors = keep(new Sensors(
                    settings.sensors(),
                    publisher,
                    inForce,
                    new Masking(keys.secret(DataDirectory.TOKENS), PersonalClasses.builtIn(), settings.pupils()),
                    meters,
                    settings.node(),
                    epoch,
                    GRACE_MILLIS,
                    clock,
                    Durable.in(data.sub("sensors"), Sealer.sm4(keys.secret(DataDirectory.SEAL)))));
            hold = new InputHold(sensors::pause);
            disk = keep(guard(data.root()));
            disk.start();
            keep(new RetentionGuard(bus.clientProperties(), readers(), pushBack(), clock, meters))
                    .start();
            archive.caughtUp().thenAccept(sensors::settle);
            sensors.start();
            canary.start();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            // Also for an Error, such as a missing class: half a tower must not go on standing.
            close();
            throw e;
        }
    }

    /** Builds and starts everything; {@link #ready} tells when it is of use. */
    static Tower start(DataDirectory data, Settings settings, Clock clock) throws IOException, InterruptedException {
        return new Tower(data, settings, clock);
    }

    /** Name of a node's ledger, as its heads carry it. */
    static String ledgerOrigin(String node) {
        return "wanglou/" + node + "/ledger/sm3";
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    /** An older ledger under a newer case database is refused at the start, not only when something is to be sealed. */
    private static void requireNewest(Ledger ledger, JdbcCaseDatabase cases) {
        String known = cases.transaction(CaseDatabase.Transaction::ledgerHead);
        ledger.problemAgainst(known).ifPresent(problem -> {
            throw new Ledger.Refused("the ledger does not continue what the case database knows: " + problem
                    + "; restore the ledger directory that belongs to this case database");
        });
    }

    private Optional<Instant> marked(DataDirectory data) {
        RunMarker marker = new RunMarker(data.root());
        Optional<Instant> left = marker.begin(clock.instant());
        keep(marker::end);
        meters.counter("wanglou_app_unclean_stops_total").add(left.isPresent() ? 1 : 0);
        left.ifPresent(began -> LOG.warn(
                "the run before did not stop in order began={} lost=\"what came by UDP or plain TCP and was not published\"",
                began));
        return left;
    }

    private static RuleSet compiled(Settings settings) {
        RuleSet rules = RuleSet.compile(settings.packs());
        rules.problems().forEach(problem -> LOG.warn("rule not loaded problem={}", problem));
        settings.registry().problems().forEach(problem -> LOG.warn("registry problem={}", problem));
        return rules;
    }

    private Correlator correlator(DataDirectory data) {
        byte[] deadLetters = keys.secret(DataDirectory.SEAL);
        byte[] purpose = "wanglou dead letter".getBytes(StandardCharsets.US_ASCII);
        Settings settings = inForce.settings();
        return new Correlator(
                bus,
                CorrelatorConfig.embedded(data.sub("state"), settings.node(), settings.partitions()),
                inForce,
                new CaseSnapshots(cases, clock),
                clear -> Sm4Gcm.seal(deadLetters, purpose, clear),
                meters);
    }

    private Dispatcher dispatcher(Routing routing) {
        WebhookNotifier webhook = keep(new WebhookNotifier(
                new SsrfGuard(inForce.settings().allow(), SsrfGuard.Resolver.system()),
                route -> routing.named(route).map(Route::secret),
                keys.signer("notify"),
                (SSLSocketFactory) SSLSocketFactory.getDefault()));
        return new Dispatcher(
                cases, new Notifiers(webhook), Backoff.DEFAULT, clock, RandomGenerator.getDefault(), meters);
    }

    /**
     * Goes on with other rules, tables, registry and routes; everything else of the settings stays as at the start. Built
     * whole in the background, sealed, and only then swapped; a failure leaves the old in force and is what is returned.
     *
     * @param cause such as {@code SIGHUP}, for the ledger
     * @return what went wrong; empty when the new settings hold
     */
    synchronized Optional<String> reload(Settings wanted, String cause) {
        Settings next = settings().reloaded(wanted);
        if (settings().needsRestart(wanted)) {
            LOG.warn("changes to sources, notify.allow, console, node, profile or retention need a restart");
        }
        try {
            correlator
                    .swap(() -> Detectors.of(compiled(next), InForce.indicators(next.packs())), () -> {
                        Knowledge made = Knowledge.of(next.packs(), next.tables());
                        seal.record(next, cause);
                        inForce.swap(next);
                        return made;
                    })
                    .join();
            reloadTrouble = "";
            meters.counter("wanglou_app_reloads_total", "result", "done").increment();
            return Optional.empty();
        } catch (CompletionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            reloadTrouble = "reload failed, the old rules and settings stay: " + why.getMessage();
            meters.counter("wanglou_app_reloads_total", "result", "failed").increment();
            LOG.error("reload failed, the old stay cause={}", cause, why);
            return Optional.of(reloadTrouble);
        }
    }

    private DiskGuard guard(Path root) throws IOException {
        return new DiskGuard(
                List.of(root),
                STOP_INPUT_BYTES,
                STOP_ALL_BYTES,
                new DiskGuard.Actions() {
                    @Override
                    public void pauseInput(String reason) {
                        hold.hold("disk", reason);
                    }

                    @Override
                    public void resumeInput() {
                        hold.release("disk");
                    }

                    @Override
                    public void stopAll(String reason) {
                        onFullDisk.accept(reason);
                    }
                },
                meters);
    }

    /** Everybody who must have read a record before Kafka may delete it. */
    private List<TopicReader> readers() {
        List<String> stages = Correlator.applicationIds();
        return List.of(
                TopicReader.keeping("archive-0", Archiver.topics(), archive::position),
                TopicReader.keeping("alerting-0", Set.of(Topic.INCIDENTS), incidents::position),
                TopicReader.group(stages.get(0), Topic.EVENTS, Topic.FLOWS),
                TopicReader.group(stages.get(1), Topic.SIGNALS),
                TopicReader.group(stages.get(2), Topic.STORIES));
    }

    private PushBack pushBack() {
        return new PushBack() {
            @Override
            public long usableBytes() {
                return disk.usableBytes();
            }

            @Override
            public long lowBytes() {
                return 2 * STOP_INPUT_BYTES;
            }

            @Override
            public void pause(String reason) {
                hold.hold("retention", reason);
            }

            @Override
            public void resume() {
                hold.release("retention");
            }
        };
    }

    /** Whether every listener is bound, all stages of the correlator run, and a canary has come out as a signal. */
    boolean ready() {
        return correlator.ready() && canary.heard();
    }

    /** What to do, on another thread, when the disk is so full that the process must stop in order. */
    void onFullDisk(Consumer<String> stop) {
        onFullDisk = stop;
    }

    /** When the run before began, if it did not stop in order. */
    Optional<Instant> uncleanStop() {
        return unclean;
    }

    /** What is wrong, empty when well. */
    String trouble() {
        return troubles().values().stream().filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    /** What is wrong, by part; empty texts for what is well. */
    Map<String, String> troubles() {
        Map<String, String> troubles = new LinkedHashMap<>();
        troubles.put("correlator", correlator.trouble());
        troubles.put("archive", archiver.trouble());
        troubles.put("alerting", alerting.trouble());
        troubles.put("notify", dispatcher.trouble());
        troubles.put("ledger", ledgerWriter.trouble().orElse(""));
        troubles.put("canary", canary.trouble());
        troubles.put("reload", reloadTrouble);
        return troubles;
    }

    /** Why input waits, by who holds it; empty when it does not. */
    Map<String, String> held() {
        return hold.reasons();
    }

    CaseDesk desk() {
        return desk;
    }

    /** Events archived, by source, over restarts. */
    Map<String, Long> archived() {
        return archive.archived();
    }

    /** From receipt to case, the latest ones. */
    Latencies latencies() {
        return incidents.latencies();
    }

    Tables tables() {
        return inForce.tables();
    }

    Bus bus() {
        return bus;
    }

    /** The settings that hold now. */
    Settings settings() {
        return inForce.settings();
    }

    /** Units and assets that hold now. */
    Snapshots snapshots() {
        return inForce;
    }

    KeyRing keys() {
        return keys;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    PlaybookRunner playbooks() {
        return playbooks;
    }

    Worker archiver() {
        return archiver;
    }

    Worker alerting() {
        return alerting;
    }

    Clock clock() {
        return clock;
    }

    Meters meters() {
        return meters;
    }

    Sensors sensors() {
        return sensors;
    }

    JdbcCaseDatabase cases() {
        return cases;
    }

    LuceneIndex index() {
        return index;
    }

    Ledger ledger() {
        return ledger;
    }

    Correlator correlator() {
        return correlator;
    }

    long ledgerPending() {
        return ledgerWriter.pending();
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            AutoCloseable part = running.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn(
                        "part did not close cleanly part={} error={}",
                        part.getClass().getSimpleName(),
                        e.toString());
            }
        }
    }
}
