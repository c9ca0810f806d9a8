package org.wanglou.ui.report;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.wanglou.alerting.evidence.Seals;
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
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Deadline;
import org.wanglou.model.cases.Message;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;
import org.wanglou.model.registry.Responsibility;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.Transaction;
import org.wanglou.store.events.LuceneIndex;
import org.wanglou.store.ledger.Ledger;
import org.wanglou.store.ledger.LedgerExport;
import org.wanglou.store.ledger.LedgerReader;
import org.wanglou.store.ledger.LedgerWriter;
import org.wanglou.ui.report.page.PagePrinter;

/** A province with two cities and a school, one November of which every figure is known. */
final class World implements AutoCloseable {
    static final long MINUTE = 60_000;
    static final long DAY = 24 * 60 * MINUTE;

    /** 2026-11-01 and 2026-12-01, midnight in Shanghai. */
    static final long FROM = Instant.parse("2026-10-31T16:00:00Z").toEpochMilli();

    static final long TO = Instant.parse("2026-11-30T16:00:00Z").toEpochMilli();
    static final long MIDDLE = FROM + 10 * DAY;
    static final String PERSON = "13812345678";
    static final String ACTOR = "203.0.113.66";
    static final String HOOK = "https://duty.example.net/hook/secret-path";

    final CaseDatabase cases;
    final LuceneIndex events;
    final Ledger ledger;
    final KeyPair reportKey = Keys.generate();
    final KeyPair ledgerKey = Keys.generate();
    final AtomicLong now = new AtomicLong(TO + DAY);
    final Reports reports;
    private final LedgerWriter writer;
    private final Path directory;

    World(CaseDatabase cases, Path directory) {
        this.cases = cases;
        this.directory = directory;
        this.events = LuceneIndex.open(directory.resolve("index"));
        this.ledger = Ledger.open(
                directory.resolve("ledger"), "wanglou/test/ledger/sm3", Sm2Signer.of(ledgerKey.getPrivate()));
        this.writer = new LedgerWriter(ledger, cases, new Meters());
        writer.start();
        this.reports = reports(new PagePrinter());
    }

    /** Reports of this world, printed so. */
    Reports reports(PagePrinter printer) {
        Registry registry = new Registry(
                List.of(
                        unit("37", "", "示范省教育厅", "province"),
                        unit("3701", "37", "示范市教育局", "city"),
                        unit("370101", "3701", "示范第一中学", "school"),
                        unit("3702", "37", "另一市教育局", "city")),
                List.of());
        return new Reports(
                new Reports.Sources(cases, events, ledger, snapshots(registry), List::of),
                new Reports.Issuer(
                        "test", "wanglou 0.1.0", () -> Map.of("rules", "d1gest"), Sm2Signer.of(reportKey.getPrivate())),
                printer,
                clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
            }
        };
    }

    private static Organization unit(String id, String parent, String name, String kind) {
        return new Organization(id, parent, name, kind, List.of(), List.of(new Responsibility("联络员A", "张三丰", PERSON)));
    }

    private static Snapshots snapshots(Registry registry) {
        return new Snapshots() {
            @Override
            public Registry registry() {
                return registry;
            }

            @Override
            public String registryDigest() {
                return "registry-digest";
            }
        };
    }

    /** The November. */
    void fill() {
        cases.transaction(tx -> {
            open(tx, "1", "370101", FROM, CaseState.NEW, false, proposed(Grade.Value.LARGER));
            open(tx, "2", "3701", MIDDLE, CaseState.HANDLING, false, confirmed(Grade.Value.MAJOR), ack(10));
            open(
                    tx,
                    "3",
                    "370101",
                    MIDDLE,
                    CaseState.CLOSED,
                    false,
                    confirmed(Grade.Value.GENERAL),
                    ack(20),
                    close(120));
            open(tx, "4", "370101", MIDDLE, CaseState.FALSE_POSITIVE, false, proposed(Grade.Value.MAJOR), ack(5));
            open(tx, "5", "370101", MIDDLE, CaseState.NEW, true, proposed(Grade.Value.LARGER));
            open(tx, "6", "370101", TO - 1, CaseState.ARCHIVED, false, null, ack(40), close(240));
            open(tx, "7", "370101", MIDDLE, CaseState.DUPLICATE, false, proposed(Grade.Value.GENERAL));
            open(tx, "8", "370101", TO, CaseState.NEW, false, proposed(Grade.Value.EXTRAORDINARY));
            open(tx, "9", "370101", FROM - 1, CaseState.NEW, false, proposed(Grade.Value.EXTRAORDINARY));
            open(tx, "10", "3702", MIDDLE, CaseState.NEW, false, proposed(Grade.Value.LARGER));
            open(tx, "11", "unassigned", MIDDLE, CaseState.NEW, false, proposed(Grade.Value.GENERAL));
            deadline(tx, "met", "2", MIDDLE, Deadline.State.MET, MIDDLE);
            deadline(tx, "late", "2", MIDDLE, Deadline.State.MET, MIDDLE + 1);
            deadline(tx, "missed", "2", TO - 1, Deadline.State.MISSED, 0);
            deadline(tx, "running", "2", FROM, Deadline.State.RUNNING, 0);
            deadline(tx, "expected", "1", MIDDLE, Deadline.State.EXPECTED, 0);
            deadline(tx, "cancelled", "4", MIDDLE, Deadline.State.CANCELLED, 0);
            deadline(tx, "outside", "2", TO, Deadline.State.MISSED, 0);
            message(tx, "a", "2", FROM, Message.State.DELIVERED);
            message(tx, "b", "3", MIDDLE, Message.State.DELIVERED);
            message(tx, "c", "3", MIDDLE, Message.State.DEAD);
            message(tx, "d", "3", MIDDLE, Message.State.OWED);
            message(tx, "e", "3", TO, Message.State.DEAD);
            message(tx, "f", "10", MIDDLE, Message.State.DEAD);
            return true;
        });
        events.append(
                List.of(
                        event(1, FROM, "370101"),
                        event(2, MIDDLE, "370101"),
                        event(3, MIDDLE + 1, "3701"),
                        event(4, MIDDLE, "3702"),
                        event(5, TO, "370101")),
                Map.of("wanglou.events/0", 5L));
        seal();
    }

    /** Waits until everything owed is in the ledger. */
    void seal() {
        writer.poke();
        await().atMost(Duration.ofSeconds(20)).until(() -> cases.transaction(Transaction::countOwed) == 0);
    }

    /** From now on what is owed stays owed. */
    void stopSealing() {
        writer.close();
    }

    /** Whether this build has the typeface; one with -DskipUi has not, and prints nothing. */
    static boolean typeface() {
        return World.class.getResource("/fonts/NotoSansSC-Regular.ttf") != null;
    }

    /** A grade, a note or nothing. */
    record Part(Grade grade, Case.Note note) {}

    private static Part proposed(Grade.Value value) {
        return new Part(grade(value, Grade.State.PROPOSED, false), null);
    }

    private static Part confirmed(Grade.Value value) {
        return new Part(grade(value, Grade.State.CONFIRMED, true), null);
    }

    private static Grade grade(Grade.Value value, Grade.State state, boolean verified) {
        return new Grade("gbt20986-2023", value, state, "machine", FROM, "第5.3条 表2", "table-1", verified);
    }

    private static Part ack(long minutes) {
        return new Part(null, new Case.Note("wang", minutes * MINUTE, "acknowledge", "已签收"));
    }

    private static Part close(long minutes) {
        return new Part(null, new Case.Note("wang", minutes * MINUTE, "close", "办结。" + PERSON));
    }

    void open(Transaction tx, String number, String unit, long at, CaseState state, boolean retracted, Part... parts) {
        List<Part> given = parts == null
                ? List.of()
                : java.util.Arrays.stream(parts).filter(part -> part != null).toList();
        List<Grade> grades =
                given.stream().map(Part::grade).filter(grade -> grade != null).toList();
        List<Case.Note> notes = given.stream()
                .map(Part::note)
                .filter(note -> note != null)
                .map(note -> new Case.Note(note.by(), at + note.at(), note.action(), note.text()))
                .toList();
        Incident incident = new Incident(
                "inc" + number,
                "[\"ssh\",\"" + number + "\"]",
                1,
                retracted ? Incident.Status.RETRACTED : Incident.Status.SETTLED,
                at,
                at,
                "口令暴力破解 " + PERSON,
                Level.HIGH,
                Category.OTHER,
                grades.stream()
                        .filter(grade -> grade.state() == Grade.State.PROPOSED)
                        .toList(),
                80,
                unit,
                unit,
                List.of(new Incident.AssetRef("asset-" + unit, "教务系统", unit.equals("3701") ? 3 : 2)),
                List.of(ACTOR),
                List.of("credential-access"),
                List.of(new Incident.SignalRef(
                        "s" + number,
                        "ssh-bruteforce",
                        "SSH 口令暴力破解",
                        Level.HIGH,
                        "[\"" + ACTOR + "\"]",
                        at,
                        at,
                        20,
                        List.of("e1"),
                        Signal.Status.SETTLED)),
                new Incident.Impact(1, -1, "", 0, "attempt"),
                List.of(),
                Map.of("tables", "table-1"),
                "",
                "f".repeat(64));
        Case opened = new Case(
                "WL-" + number,
                incident.id(),
                1,
                state,
                unit,
                "",
                "",
                incident,
                grades.stream()
                        .filter(grade -> grade.state() == Grade.State.CONFIRMED)
                        .toList(),
                "",
                incident.impact(),
                0,
                false,
                at,
                at,
                0,
                notes);
        tx.putIncident(incident);
        tx.insertCase(opened);
        Seals.incident(tx, "incident.open", incident, at);
        Seals.decision(tx, "case.open", opened, "machine", at, Map.of());
        notes.forEach(note -> Seals.decision(tx, "case." + note.action(), opened, note.by(), note.at(), Map.of()));
    }

    private static void deadline(Transaction tx, String id, String number, long due, Deadline.State state, long metAt) {
        Deadline deadline = new Deadline(
                "WL-" + number + ":" + id,
                "WL-" + number,
                "cac-first-report",
                "初报",
                "cac-2025",
                "370101",
                "省级网信部门",
                "国家网络安全事件报告管理办法 第四条",
                false,
                due - DAY,
                due,
                state,
                metAt,
                "");
        tx.putDeadline(deadline);
        if (state != Deadline.State.EXPECTED) {
            Seals.deadline(
                    tx, "deadline." + state.name().toLowerCase(java.util.Locale.ROOT), deadline, 1, "machine", due, "");
        }
    }

    private static void message(Transaction tx, String id, String number, long at, Message.State state) {
        Message message = new Message(
                "msg_" + id,
                "inc" + number,
                "WL-" + number,
                "opened",
                "duty",
                "webhook",
                HOOK,
                "{}",
                "0".repeat(64),
                state,
                1,
                at,
                at,
                0,
                "");
        tx.oweMessage(message);
        if (state == Message.State.DELIVERED) {
            Seals.sent(tx, message, "370101", at);
        } else if (state == Message.State.DEAD) {
            Seals.attempt(tx, "notification.dead", message, "370101", "machine", at, "gone");
        }
    }

    static Event event(long number, long at, String unit) {
        return Event.builder()
                .set(Ecs.EVENT_ID, "%032x".formatted(number))
                .set(Ecs.TIMESTAMP, at)
                .set(Ecs.EVENT_DATASET, "sshd")
                .set(Ecs.SOURCE_IP, ACTOR)
                .set(Ecs.ORGANIZATION_ID, unit)
                .set(Ecs.EVENT_ORIGINAL, "Failed password")
                .build();
    }

    /** Exports the ledger as it is published now. */
    Path bundle(LedgerExport.Scope scope) throws IOException {
        Path file = directory.resolve("bundle-" + System.nanoTime() + ".ndjson");
        try (var out = Files.newOutputStream(file)) {
            new LedgerExport(LedgerReader.read(directory.resolve("ledger")), cases, ledgerKey.getPublic())
                    .write(scope, out);
        }
        return file;
    }

    @Override
    public void close() {
        writer.close();
        ledger.close();
        events.close();
        cases.close();
    }
}
