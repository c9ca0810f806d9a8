package org.wanglou.alerting;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
import org.wanglou.model.Category;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.model.registry.Registry;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.playbook.Playbook;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;

/** A made-up province with one alerting room on an H2 file, for tests. */
public final class Given implements AutoCloseable {
    public static final long NOW = Instant.parse("2026-11-24T02:00:00Z").toEpochMilli();
    public static final String CAC = "cac-2025";
    public static final String GBT = "gbt20986-2023";
    public static final String SCHOOL = "3701001";
    public static final Secret SECRET =
            Secret.of("0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    /** A clock that moves when told. */
    public static final class Hands extends Clock {
        private final AtomicLong millis = new AtomicLong(NOW);

        public void forward(Duration by) {
            millis.addAndGet(by.toMillis());
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
            return Instant.ofEpochMilli(millis.get());
        }
    }

    public static final Snapshots PROVINCE = new Snapshots() {
        private final Registry registry = new Registry(
                List.of(
                        new Organization("37", "", "示例省教育厅", "province", List.of(), List.of()),
                        new Organization("3701", "37", "示例市教育局", "city", List.of(), List.of()),
                        new Organization("3702", "37", "样本市教育局", "city", List.of(), List.of()),
                        new Organization(SCHOOL, "3701", "示例中学", "school", List.of(), List.of())),
                List.of(asset("jw", false), asset("cii", true)));

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public String registryDigest() {
            return "0";
        }
    };

    private static Asset asset(String id, boolean critical) {
        return new Asset(id, "教务系统", SCHOOL, List.of(), List.of(), ProtectionLevel.LEVEL_3, critical, "", 0, List.of());
    }

    private static final Tables TABLES = Tables.builtIn();

    public final Hands clock = new Hands();
    public final Meters meters = new Meters();
    public final CaseDatabase database;
    public final Outbox outbox;
    public final Clocks clocks = new Clocks(TABLES::deadlines, PROVINCE);
    public final PlaybookRunner playbooks;
    public final IncidentStage stage;
    public final CaseDesk desk;
    private long offset;

    public Given(Path folder, Route... routes) {
        this.database = CaseDatabases.embedded(folder, "secret");
        this.outbox =
                new Outbox(new Routing(List.of(routes), PROVINCE), new Letter("/wanglou/37", "https://tower.example"));
        this.playbooks = new PlaybookRunner(database, Given::plan, new Actions(outbox), clock);
        this.stage = stage(database);
        this.desk = new CaseDesk(database, outbox, clocks, regrade(), Scope.of(PROVINCE), clock);
    }

    public IncidentStage stage(CaseDatabase other) {
        return new IncidentStage(
                other,
                new CaseOpening(CasePolicy.of(TABLES::policies, clock), outbox, clocks, playbooks),
                clock,
                meters);
    }

    /** A million persons make it 较大, as in the annex of the measures. */
    private static Regrade regrade() {
        return (incident, impact) -> incident.grades().stream()
                .map(grade -> grade.scheme().equals(CAC)
                        ? grade(CAC, impact.persons() >= 1_000_000 ? Grade.Value.LARGER : Grade.Value.GENERAL)
                        : grade)
                .toList();
    }

    public static Optional<Playbook> plan(String id) {
        return id.equals("pb-1")
                ? Optional.of(new Playbook(
                        "pb-1",
                        "口令猜测处置预案",
                        "",
                        List.of(
                                step("start", "start", "", "tell"),
                                step("tell", "action", "notify", "ask"),
                                step("ask", "action", "manual", "block"),
                                step("block", "action", "openc2", "end"),
                                step("end", "end", "", ""))))
                : Optional.empty();
    }

    private static Playbook.Step step(String id, String type, String action, String next) {
        return new Playbook.Step(id, type, id, action, "电话通知", true, next, Map.of());
    }

    public static Route route(String name, String target) {
        return new Route(name, "webhook", target, List.of(), Level.LOW, SECRET);
    }

    public static Grade grade(String scheme, Grade.Value value) {
        return new Grade(scheme, value, Grade.State.PROPOSED, "machine", NOW, scheme + "#1 第5.3条", "t1", true);
    }

    /** An incident in revision 1: level medium, 一般 in both schemes. */
    public static Incident incident(String id) {
        return incident(id, 1, Incident.Status.OPEN, Level.MEDIUM, Grade.Value.GENERAL, Grade.Value.GENERAL);
    }

    public static Incident incident(
            String id, int revision, Incident.Status status, Level severity, Grade.Value gbt, Grade.Value cac) {
        return incident(id, revision, status, severity, gbt, cac, "203.0.113.7", "jw", "");
    }

    public static Incident incident(
            String id,
            int revision,
            Incident.Status status,
            Level severity,
            Grade.Value gbt,
            Grade.Value cac,
            String actor,
            String asset,
            String playbook) {
        return new Incident(
                id,
                "[\"ssh\",\"" + SCHOOL + "\",\"" + actor + "\"]",
                revision,
                status,
                NOW - 60_000,
                NOW - 1_000 + revision,
                "口令猜测：" + actor,
                severity,
                Category.OTHER,
                List.of(grade(GBT, gbt), grade(CAC, cac)),
                80,
                SCHOOL,
                "示例中学",
                List.of(new Incident.AssetRef(asset, "教务系统", 3)),
                List.of(actor),
                List.of("credential-access"),
                List.of(new Incident.SignalRef(
                        "s" + id,
                        "rule-ssh",
                        "口令猜测",
                        severity,
                        "[\"" + actor + "\"]",
                        NOW - 60_000,
                        NOW - 1_000,
                        20,
                        List.of("e1", "e2"),
                        Signal.Status.OPEN)),
                new Incident.Impact(1, -1, "", 0, "attempt"),
                List.of(new Incident.Reason("第三级系统", "gbt20986-2023#14", "5.3", "重要", true)),
                Map.of("rules", "abc"),
                playbook,
                "f" + revision);
    }

    /** As the topic hands it over, with the next offset of partition 0. */
    public Received record(Incident incident) {
        return record(IncidentCodec.encode(incident), Wire.INCIDENT_1);
    }

    public Received record(byte[] value, String type) {
        return new Received(Topic.INCIDENTS, 0, offset++, clock.millis(), new byte[0], value, type, "");
    }

    public void arrive(Incident... incidents) {
        stage.handle(java.util.Arrays.stream(incidents).map(this::record).toList());
    }

    @Override
    public void close() {
        playbooks.close();
        database.close();
    }
}
