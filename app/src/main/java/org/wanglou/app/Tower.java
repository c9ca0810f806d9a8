package org.wanglou.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.CaseOpening;
import org.wanglou.alerting.CasePolicy;
import org.wanglou.alerting.IncidentStage;
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
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Worker;
import org.wanglou.bus.embedded.DiskGuard;
import org.wanglou.bus.embedded.EmbeddedBroker;
import org.wanglou.bus.embedded.StartupFence;
import org.wanglou.correlator.Correlator;
import org.wanglou.correlator.CorrelatorConfig;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.crypto.SelfTest;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.crypto.sm.Sm4Gcm;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.rules.Pack;
import org.wanglou.rules.indicators.IndicatorRule;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.sensors.Sensors;
import org.wanglou.sensors.privacy.Masking;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.cases.JdbcCaseDatabase;
import org.wanglou.store.events.Archiver;
import org.wanglou.store.events.LuceneIndex;
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

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Meters meters = new Meters();
    private final JdbcCaseDatabase cases;
    private final LuceneIndex index;
    private final Ledger ledger;
    private final LedgerWriter ledgerWriter;
    private final Correlator correlator;
    private final Sensors sensors;
    private final Dispatcher dispatcher;
    private final Worker archiver;
    private final Worker alerting;

    private Tower(DataDirectory data, Settings settings, Clock clock) throws IOException, InterruptedException {
        SelfTest.run();
        KeyRing keys = data.keys();
        Snapshots snapshots = snapshots(settings);
        RuleSet rules = RuleSet.compile(settings.packs());
        rules.problems().forEach(problem -> LOG.warn("rule not loaded problem={}", problem));

        EmbeddedBroker broker = keep(EmbeddedBroker.start(
                data.sub("kafka"), BROKER_LIMIT, reason -> LOG.error("emergency stop reason={}", reason)));
        KafkaBus bus = new KafkaBus(broker.clientProperties(), meters);
        bus.createTopics(settings.partitions(), (short) 1);
        try (Admin admin = Admin.create(bus.clientProperties())) {
            StartupFence.clear(admin, Correlator.applicationIds(), Duration.ofSeconds(20));
        }

        cases = keep(CaseDatabases.embedded(data.sub("cases")));
        ledger = keep(
                Ledger.open(data.sub("ledger"), "wanglou/" + settings.node() + "/ledger/sm3", keys.signer("ledger")));
        ledgerWriter = keep(new LedgerWriter(ledger, cases, meters));
        ledgerWriter.start();

        index = keep(LuceneIndex.open(data.sub("index")));
        archiver = keep(bus.worker("archive-0", Archiver.topics(), new Archiver(index, snapshots, meters)));

        Routing routing = new Routing(settings.routes(), snapshots);
        Outbox outbox = new Outbox(routing, new Letter("wanglou/" + settings.node(), ""));
        dispatcher = keep(dispatcher(settings, routing, keys, clock));
        PlaybookRunner playbooks = keep(new PlaybookRunner(cases, plans(settings.packs()), new Actions(outbox), clock));
        Clocks clocks = new Clocks(() -> settings.tables().deadlines(), snapshots);
        CasePolicy policy = CasePolicy.of(() -> settings.tables().policies(), clock);
        alerting = keep(bus.worker(
                "alerting-0",
                Set.of(Topic.INCIDENTS),
                new IncidentStage(cases, new CaseOpening(policy, outbox, clocks, playbooks), clock, meters)));
        cases.onFeed(() -> {
            dispatcher.poke();
            ledgerWriter.poke();
        });
        dispatcher.start();
        playbooks.start();
        keep(new Deadlines(cases, clock, meters)).start();
        alerting.start();
        archiver.start();

        byte[] seal = keys.secret(DataDirectory.SEAL);
        byte[] purpose = "wanglou dead letter".getBytes(StandardCharsets.US_ASCII);
        correlator = keep(new Correlator(
                bus,
                CorrelatorConfig.embedded(data.sub("state"), settings.node(), settings.partitions()),
                snapshots,
                clear -> Sm4Gcm.seal(seal, purpose, clear),
                meters));
        correlator.start(
                Detectors.of(rules, indicators(settings.packs())),
                () -> Knowledge.of(settings.packs(), settings.tables()));

        Publisher publisher = keep(bus.publisher("sensors"));
        sensors = keep(new Sensors(
                settings.sensors(),
                publisher,
                snapshots,
                new Masking(keys.secret(DataDirectory.TOKENS)),
                meters,
                settings.node(),
                UUID.randomUUID().toString(),
                300_000,
                clock));
        sensors.start();
        keep(guard(data.root())).start();
    }

    /** Builds and starts everything; {@link #ready} tells when it is of use. */
    static Tower start(DataDirectory data, Settings settings, Clock clock) throws IOException, InterruptedException {
        return new Tower(data, settings, clock);
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }

    private static Snapshots snapshots(Settings settings) {
        return new Snapshots() {
            @Override
            public Registry registry() {
                return settings.registry().registry();
            }

            @Override
            public String registryDigest() {
                return settings.registry().digest();
            }
        };
    }

    private Dispatcher dispatcher(Settings settings, Routing routing, KeyRing keys, Clock clock) {
        WebhookNotifier webhook = keep(new WebhookNotifier(
                new SsrfGuard(settings.allow(), SsrfGuard.Resolver.system()),
                route -> routing.named(route).map(Route::secret),
                keys.signer("notify"),
                (SSLSocketFactory) SSLSocketFactory.getDefault()));
        return new Dispatcher(
                cases, new Notifiers(webhook), Backoff.DEFAULT, clock, RandomGenerator.getDefault(), meters);
    }

    private static java.util.function.Function<String, Optional<Playbook>> plans(List<Pack> packs) {
        Map<String, Playbook> plans = new HashMap<>();
        packs.forEach(pack -> pack.playbook().ifPresent(plan -> plans.put(plan.id(), plan)));
        return id -> Optional.ofNullable(plans.get(id));
    }

    private static List<IndicatorRule> indicators(List<Pack> packs) {
        List<IndicatorRule> indicators = new ArrayList<>();
        packs.forEach(pack -> pack.indicators().ifPresent(indicators::add));
        return indicators;
    }

    private DiskGuard guard(Path root) throws IOException {
        return new DiskGuard(
                List.of(root),
                STOP_INPUT_BYTES,
                STOP_ALL_BYTES,
                new DiskGuard.Actions() {
                    @Override
                    public void pauseInput(String reason) {
                        sensors.pause(true);
                    }

                    @Override
                    public void resumeInput() {
                        sensors.pause(false);
                    }

                    @Override
                    public void stopAll(String reason) {
                        new Thread(() -> System.exit(EmbeddedBroker.HALTED), "app-stop").start();
                    }
                },
                meters);
    }

    /** Whether every listener is bound and all stages of the correlator run. */
    boolean ready() {
        return correlator.ready();
    }

    /** What is wrong, empty when well. */
    String trouble() {
        return (correlator.trouble() + " " + archiver.trouble() + " " + alerting.trouble() + " " + dispatcher.trouble()
                        + " " + ledgerWriter.trouble().orElse(""))
                .strip();
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
