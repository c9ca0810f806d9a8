package org.wanglou.ui;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.wanglou.alerting.CaseOpening;
import org.wanglou.alerting.CasePolicy;
import org.wanglou.alerting.IncidentStage;
import org.wanglou.alerting.cases.CaseDesk;
import org.wanglou.alerting.cases.Regrade;
import org.wanglou.alerting.cases.Scope;
import org.wanglou.alerting.deadlines.Clocks;
import org.wanglou.alerting.notify.Letter;
import org.wanglou.alerting.notify.Outbox;
import org.wanglou.alerting.notify.Route;
import org.wanglou.alerting.notify.Routing;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.alerting.playbook.Actions;
import org.wanglou.alerting.playbook.PlaybookRunner;
import org.wanglou.bus.Received;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.IncidentCodec;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.model.Category;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.cases.Case;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.model.registry.Registry;
import org.wanglou.model.registry.Responsibility;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.store.accounts.PasswordHash;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.cases.JdbcCaseDatabase;
import org.wanglou.store.events.LuceneIndex;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.ledger.LedgerWriter;
import org.wanglou.ui.session.Access;

/**
 * A made-up province with two cities and two schools, and a whole instance behind a console: H2, Lucene, ledger with its
 * writer, desk, playbooks. For tests and for looking at the console.
 */
final class Town implements AutoCloseable {
    static final String PROVINCE = "37";
    static final String CITY = "3701";
    static final String SCHOOL = "3701001";
    static final String OTHER_CITY = "othertown";
    static final String OTHER_SCHOOL = "othertown-school";
    static final String GBT = "gbt20986-2023";
    static final String CAC = "cac-2025";

    /** The machine's clock, shifted by as much as a test says. */
    static final class Hands extends Clock {
        private final AtomicLong ahead = new AtomicLong();

        void forward(Duration by) {
            ahead.addAndGet(by.toMillis());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(System.currentTimeMillis() + ahead.get());
        }
    }

    static final Snapshots SNAPSHOTS = new Snapshots() {
        private final Registry registry = new Registry(
                List.of(
                        unit(PROVINCE, "", "示例省教育厅", "province"),
                        unit(CITY, PROVINCE, "示例市教育局", "city"),
                        unit(OTHER_CITY, PROVINCE, "样本市教育局", "city"),
                        unit(SCHOOL, CITY, "示例中学", "school"),
                        unit(OTHER_SCHOOL, OTHER_CITY, "样本中学", "school")),
                List.of(
                        asset("jw", "教务系统", SCHOOL, "10.1.1.8"),
                        asset("mail", "邮件系统", CITY, "10.1.2.5"),
                        asset("other-jw", "样本教务系统", OTHER_SCHOOL, "10.2.1.8")));

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public String registryDigest() {
            return "0";
        }
    };

    private static Organization unit(String id, String parent, String name, String kind) {
        return new Organization(
                id,
                parent,
                name,
                kind,
                List.of("10." + id.length() + "." + (id.hashCode() & 255) + ".0/24"),
                List.of(
                        new Responsibility("第一责任人", "张伟民", "13812345678"),
                        new Responsibility("联络员A", "李静", "li.jing@example.edu")));
    }

    private static Asset asset(String id, String name, String unit, String address) {
        return new Asset(
                id,
                name,
                unit,
                List.of(address),
                List.of(id + ".example.edu"),
                ProtectionLevel.LEVEL_3,
                false,
                "personal",
                12_000,
                List.of(new Responsibility("运维", "王强", "0531-86001234")));
    }

    private static final Tables TABLES = Tables.builtIn();

    final Hands clock = new Hands();
    final Meters meters = new Meters();
    final JdbcCaseDatabase database;
    final LuceneIndex index;
    final KeyPair key = Keys.generate();
    final Ledger ledger;
    final Path ledgerDirectory;
    final LedgerWriter writer;
    final Access access;
    final CaseDesk desk;
    final PlaybookRunner playbooks;
    final SampleHealth health = new SampleHealth();
    final SampleReports reports = new SampleReports();
    private final IncidentStage stage;
    private final AtomicLong offset = new AtomicLong();

    Town(Path folder) {
        database = CaseDatabases.embedded(folder.resolve("cases"), "secret");
        index = LuceneIndex.open(folder.resolve("index"));
        ledgerDirectory = folder.resolve("ledger");
        ledger = Ledger.open(ledgerDirectory, "wanglou/37/ledger/sm3", Sm2Signer.of(key.getPrivate()));
        writer = new LedgerWriter(ledger, database, meters);
        database.onFeed(writer::poke);
        writer.start();
        access = Access.of(database.dataSource(), new PasswordHash(64, 1), clock);
        Secret secret = Secret.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        Routing routing = new Routing(
                List.of(new Route("soc", "webhook", "https://soc.example/in?token=abc", List.of(), Level.LOW, secret)),
                SNAPSHOTS);
        Outbox outbox = new Outbox(routing, new Letter("/wanglou/37", ""));
        Clocks clocks = new Clocks(TABLES::deadlines, SNAPSHOTS);
        playbooks = new PlaybookRunner(database, Town::plan, new Actions(outbox), clock);
        stage = new IncidentStage(
                database,
                new CaseOpening(CasePolicy.of(TABLES::policies, clock), outbox, clocks, playbooks),
                clock,
                meters);
        desk = new CaseDesk(database, outbox, clocks, Town.regrade(), Scope.of(SNAPSHOTS), clock);
    }

    /** A million persons make it 较大. */
    private static Regrade regrade() {
        return (incident, impact) -> incident.grades().stream()
                .map(grade -> grade.scheme().equals(CAC) && impact.persons() >= 1_000_000
                        ? grade(CAC, Grade.Value.LARGER)
                        : grade)
                .toList();
    }

    private static Optional<Playbook> plan(String id) {
        return id.equals("pb-password")
                ? Optional.of(new Playbook(
                        id,
                        "口令猜测处置预案",
                        "",
                        List.of(
                                step("start", "开始", "start", "", "tell"),
                                step("tell", "通知值班", "action", "notify", "ask"),
                                step("ask", "电话核实账号", "action", "manual", "end"),
                                step("end", "结束", "end", "", ""))))
                : Optional.empty();
    }

    private static Playbook.Step step(String id, String name, String type, String action, String next) {
        return new Playbook.Step(id, type, name, action, "请电话联系系统运维人员", true, next, Map.of());
    }

    ConsoleParts parts() {
        return new ConsoleParts(
                database,
                access,
                desk,
                index,
                ledger,
                ledgerDirectory,
                key.getPublic(),
                SNAPSHOTS,
                health,
                Optional.of(reports),
                playbooks::journal,
                () -> TABLES.categories().stream().map(row -> row.category()).toList(),
                org.wanglou.rules.Packs::builtIn);
    }

    static Grade grade(String scheme, Grade.Value value) {
        return new Grade(
                scheme, value, Grade.State.PROPOSED, "machine", 1_790_000_000_000L, scheme + "#1 第5.3条", "t1", true);
    }

    /** What an incident is made from. */
    record Plot(String id, String unit, String title, Level level, Grade.Value grade, String actor) {}

    Incident incident(Plot plot, int revision) {
        long now = clock.millis();
        String eventId = eventId(plot.id());
        boolean known = SNAPSHOTS.registry().organization(plot.unit()).isPresent();
        return new Incident(
                plot.id(),
                "[\"ssh\",\"" + plot.unit() + "\",\"" + plot.actor() + "\"]",
                revision,
                Incident.Status.OPEN,
                now - 600_000,
                now - 5_000,
                plot.title(),
                plot.level(),
                TABLES.category("attack.credential").orElse(Category.OTHER),
                List.of(grade(GBT, plot.grade()), grade(CAC, plot.grade())),
                80,
                plot.unit(),
                known
                        ? SNAPSHOTS
                                .registry()
                                .organization(plot.unit())
                                .orElseThrow()
                                .name()
                        : "",
                List.of(new Incident.AssetRef(plot.unit().equals(OTHER_SCHOOL) ? "other-jw" : "jw", "教务系统", 3)),
                List.of(plot.actor()),
                List.of("credential-access", "initial-access"),
                List.of(new Incident.SignalRef(
                        "s" + plot.id(),
                        "ssh.password-guessing",
                        "同一来源多次口令失败",
                        plot.level(),
                        "[\"" + plot.actor() + "\"]",
                        now - 600_000,
                        now - 5_000,
                        23,
                        List.of(eventId, eventId("missing" + plot.id())),
                        Signal.Status.OPEN)),
                new Incident.Impact(1, -1, "personal", 0, "attempt"),
                List.of(
                        new Incident.Reason("10 分钟内同一来源 23 次口令失败", "ssh.password-guessing", "", "口令攻击", true),
                        new Incident.Reason("教务系统为第三级系统", "gbt20986-2023#14", "5.3", "重要", true),
                        new Incident.Reason("登记数据集含个人信息 12000 人", "cac-2025#3", "第四条", "按数据量定级", false)),
                Map.of("rules", "3f9a", "tables", "77b0"),
                plot.level().compareTo(Level.HIGH) >= 0 ? "pb-password" : "",
                "f" + plot.id() + revision);
    }

    static String eventId(String seed) {
        return String.format(Locale.ROOT, "%032x", new java.math.BigInteger(1, seed.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }

    /** The incident and the event behind it arrive; the case, if one was opened. */
    Optional<Case> arrive(Plot plot, int revision) {
        index.append(List.of(event(plot.id(), plot.unit(), plot.actor(), plot.title())), Map.of("e/0", offset.get()));
        Incident incident = incident(plot, revision);
        stage.handle(List.of(new Received(
                Topic.INCIDENTS,
                0,
                offset.getAndIncrement(),
                clock.millis(),
                new byte[0],
                IncidentCodec.encode(incident),
                Wire.INCIDENT_1,
                "")));
        return database.transaction(tx -> tx.caseOfIncident(plot.id()));
    }

    Case opened(String id, String unit, String title) {
        return arrive(new Plot(id, unit, title, Level.HIGH, Grade.Value.LARGER, "203.0.113.7"), 1)
                .orElseThrow();
    }

    Event event(String seed, String unit, String source, String text) {
        long now = clock.millis();
        return Event.builder()
                .set(Ecs.EVENT_ID, eventId(seed))
                .set(Ecs.TIMESTAMP, now - 5_000)
                .set(Ecs.EVENT_INGESTED, now - 4_000)
                .set(Ecs.EVENT_DATASET, "sshd")
                .set(Ecs.EVENT_ACTION, "ssh_login")
                .set(Ecs.EVENT_OUTCOME, "failure")
                .set(Ecs.SOURCE_IP, source)
                .set(Ecs.USER_NAME, "root")
                .set(Ecs.HOST_NAME, "jw.example.edu")
                .set(Ecs.ORGANIZATION_ID, unit)
                .set(Ecs.EVENT_ORIGINAL, "sshd[4711]: Failed password for root from " + source + " " + text)
                .build();
    }

    void archive(Event... events) {
        index.append(Arrays.asList(events), Map.of("e/0", offset.get()));
    }

    /** Waits until everything owed is in the ledger. */
    void sealed() {
        writer.poke();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> database.transaction(tx -> tx.countOwed()) == 0);
    }

    @Override
    public void close() {
        playbooks.close();
        writer.close();
        ledger.close();
        index.close();
        database.close();
    }
}
