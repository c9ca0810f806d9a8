package org.wanglou.ui.health;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Meters;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.CaseQuery;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.HealthSource;
import org.wanglou.ui.api.HealthSource.Flow;
import org.wanglou.ui.api.HealthSource.State;
import org.wanglou.ui.http.Json;

/**
 * The health page's figures, and the probes. What costs database queries is kept for a second, so that many pages cost as
 * much as one. Thread-safe.
 */
public final class HealthApi {
    private static final long KEPT_MILLIS = 1_000;
    private static final long OWED_LONG_MILLIS = 60_000;

    private final HealthSource source;
    private final CaseDatabase database;
    private final LedgerState ledger;
    private final Meters meters;
    private final Clock clock;
    private final String node;
    private final String version;
    private final AtomicReference<@Nullable View> kept = new AtomicReference<>();

    /** What the ledger says of itself, cheaply. */
    public interface LedgerState {
        long size();

        /** {@code ok}, or what is wrong. */
        String check();
    }

    public HealthApi(
            HealthSource source,
            CaseDatabase database,
            LedgerState ledger,
            Meters meters,
            Clock clock,
            String node,
            String version) {
        this.source = source;
        this.database = database;
        this.ledger = ledger;
        this.meters = meters;
        this.clock = clock;
        this.node = node;
        this.version = version;
    }

    record PartView(String name, String state, String detail, String remedy) {}

    record SourceView(
            String name,
            long received,
            long published,
            Map<String, Long> dropped,
            long unparsed,
            long masked,
            long unassigned,
            double perSecond,
            long lastSeen,
            long pending) {}

    /**
     * An equation that must hold: {@code left} = {@code right} + what is under way. What is under way is counted in
     * records, of which some are ticks: so the difference may be anything from 0 to that, and must be 0 at rest.
     */
    record Identity(String name, long left, long right, long difference, boolean holds) {
        static Identity of(String name, long left, long right, long underWay) {
            long difference = left - right;
            return new Identity(name, left, right, difference, difference >= 0 && difference <= underWay);
        }
    }

    record Pipeline(
            long received,
            long published,
            long archived,
            long detected,
            long pendingArchive,
            long pendingDetect,
            long cases,
            long incidents) {}

    record LatencyView(double p50, double p99, long samples) {}

    record Messages(long delivered, long owed, long dead) {}

    record LedgerView(long size, long pending, long oldestPendingMillis, String check) {}

    record DiskView(String path, long usableBytes, long totalBytes) {}

    record Memory(long heapUsed, long heapMax, long rss) {}

    record Crypto(String module, boolean certified, String selfTest) {}

    record View(
            String state,
            long asOf,
            boolean ready,
            long uptimeMillis,
            List<PartView> parts,
            List<SourceView> sources,
            List<Identity> identities,
            Pipeline pipeline,
            @Nullable LatencyView latency,
            Messages messages,
            LedgerView ledger,
            List<DiskView> disk,
            Memory memory,
            String version,
            String node,
            Crypto crypto) {}

    public void health(Call call) {
        call.reply(view());
    }

    private View view() {
        View present = kept.get();
        if (present != null && clock.millis() - present.asOf() < KEPT_MILLIS && clock.millis() >= present.asOf()) {
            return present;
        }
        View fresh = look();
        kept.set(fresh);
        return fresh;
    }

    private View look() {
        long now = clock.millis();
        Flow flow = source.flow();
        List<Identity> identities = List.of(
                Identity.of("received = published + dropped", flow.received(), flow.published() + flow.dropped(), 0),
                Identity.of(
                        "published = archived + pendingArchive",
                        flow.published(),
                        flow.archived(),
                        flow.pendingArchive()),
                Identity.of(
                        "published = detected + pendingDetect",
                        flow.published(),
                        flow.detected(),
                        flow.pendingDetect()));
        Counted counted = database.transaction(tx -> new Counted(
                tx.countCases(CaseQuery.ALL),
                tx.countIncidents(),
                tx.countMessages(),
                tx.countOwed(),
                tx.oldestOwed()));
        String check = ledger.check();
        long oldest = counted.oldestOwed().isPresent()
                ? Math.max(0, now - counted.oldestOwed().getAsLong())
                : 0;
        Runtime runtime = Runtime.getRuntime();
        return new View(
                Json.word(state(identities, check, oldest)),
                now,
                source.ready(),
                source.uptimeMillis(),
                source.parts().stream()
                        .map(part -> new PartView(part.name(), Json.word(part.state()), part.detail(), part.remedy()))
                        .toList(),
                source.sources().stream().map(HealthApi::view).toList(),
                identities,
                new Pipeline(
                        flow.received(),
                        flow.published(),
                        flow.archived(),
                        flow.detected(),
                        flow.pendingArchive(),
                        flow.pendingDetect(),
                        counted.cases(),
                        counted.incidents()),
                source.latency()
                        .map(latency -> new LatencyView(latency.p50(), latency.p99(), latency.samples()))
                        .orElse(null),
                new Messages(
                        counted.messages().getOrDefault(Message.State.DELIVERED, 0L),
                        counted.messages().getOrDefault(Message.State.OWED, 0L),
                        counted.messages().getOrDefault(Message.State.DEAD, 0L)),
                new LedgerView(ledger.size(), counted.owed(), oldest, check),
                source.disks().stream()
                        .map(disk -> new DiskView(disk.path(), disk.usableBytes(), disk.totalBytes()))
                        .toList(),
                new Memory(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), source.rssBytes()),
                version,
                node,
                new Crypto("Bouncy Castle (software)", false, source.cryptoSelfTest()));
    }

    private record Counted(
            long cases, long incidents, Map<Message.State, Long> messages, long owed, OptionalLong oldestOwed) {}

    /** The worst of the parts; an identity that does not hold or a ledger that lags is a warning, a wrong ledger is bad. */
    private State state(List<Identity> identities, String check, long oldestOwedMillis) {
        State worst = !check.equals("ok") ? State.BAD : State.OK;
        boolean warn = !source.ready()
                || oldestOwedMillis > OWED_LONG_MILLIS
                || identities.stream().anyMatch(identity -> !identity.holds());
        if (warn && worst == State.OK) {
            worst = State.WARN;
        }
        for (HealthSource.Part part : source.parts()) {
            worst = part.state().compareTo(worst) > 0 ? part.state() : worst;
        }
        return worst;
    }

    private static SourceView view(HealthSource.Source source) {
        return new SourceView(
                source.name(),
                source.received(),
                source.published(),
                source.dropped(),
                source.unparsed(),
                source.masked(),
                source.unassigned(),
                source.perSecond(),
                source.lastSeen(),
                source.pending());
    }

    /** For a load balancer: one word and no detail. */
    public void probe(Call call) {
        boolean ready = source.ready();
        call.http().status(ready ? 200 : 503);
        call.text("text/plain; charset=utf-8", ready ? "ok" : "not ready");
    }

    public void metrics(Call call) {
        call.text("text/plain; version=0.0.4; charset=utf-8", meters.prometheus());
    }
}
