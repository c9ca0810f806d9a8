package org.wanglou.ui.live;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Meters;
import org.wanglou.store.accounts.Sessions;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabase.FeedRow;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Permission;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;

/**
 * The change feed to all listening browsers. The thread {@code ui-stream-0} reads new rows, poked after each commit and
 * every 200 ms, and hands each row to the clients whose account sees its unit; joins, replays and checks of sessions happen
 * on it too, so that every client gets every row once and in order. At most {@value #CLIENTS} clients, and
 * {@value #PER_ACCOUNT} of one account. Rows are kept ten minutes. Thread-safe.
 */
public final class Stream implements AutoCloseable {
    static final String RESET = "event: reset\ndata: {}\n\n";

    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final int CLIENTS = 200;
    private static final int PER_ACCOUNT = 16;
    private static final int PAGE = 500;
    private static final long POLL_MILLIS = 200;
    private static final long BEAT_MILLIS = 15_000;
    private static final long TRIM_MILLIS = 60_000;
    private static final long KEPT_MILLIS = 600_000;
    private static final Set<String> TOPICS = Set.of("case", "incident", "message", "health", "ledger");

    private final CaseDatabase database;
    private final Sessions sessions;
    private final LongSupplier ledgerSize;
    private final Clock clock;
    private final Meters meters;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Queue<Client> joining = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Semaphore poked = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "ui-stream-0");
    private volatile boolean running = true;
    private long position = -1;
    private long sealed = -1;
    private long lastBeat;
    private long lastTrim;

    /** @param ledgerSize leaves under the signed head, for {@code event: ledger} */
    public Stream(CaseDatabase database, Sessions sessions, LongSupplier ledgerSize, Clock clock, Meters meters) {
        this.database = database;
        this.sessions = sessions;
        this.ledgerSize = ledgerSize;
        this.clock = clock;
        this.meters = meters;
        meters.gauge("wanglou_ui_stream_clients", count::get);
    }

    public void start() {
        database.onFeed(() -> {
            if (poked.availablePermits() == 0) {
                poked.release();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a browser in, or refuses it when there are too many. */
    public void join(Call call) throws IOException {
        String account = call.account().name();
        long ofAccount = clients.stream()
                .filter(client -> client.call().account().name().equals(account))
                .count();
        if (!running || ofAccount >= PER_ACCOUNT || !taken()) {
            meters.counter("wanglou_ui_stream_refused_total").increment();
            call.http().header("Retry-After", "30");
            throw Problem.of(503, "busy");
        }
        call.http().contentType("text/event-stream; charset=utf-8");
        call.http().header("X-Accel-Buffering", "no");
        Visible visible = call.visible();
        boolean cases = call.may(Permission.CASES_READ);
        Client client = new Client(
                call,
                organization -> organization.isEmpty() || cases && visible.sees(organization),
                lastSeen(call),
                this::gone);
        client.offer("retry: 3000\n\n");
        call.http().future(() -> {
            clients.add(client);
            joining.add(client);
            poked.release();
            return client.begin();
        });
    }

    /** Takes one of the places; false when all are taken. */
    private boolean taken() {
        if (count.incrementAndGet() <= CLIENTS) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    private static long lastSeen(Call call) {
        String id = call.header("Last-Event-ID");
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
    }

    private void gone(Client client) {
        if (clients.remove(client)) {
            count.decrementAndGet();
        }
    }

    private void run() {
        boolean failing = false;
        while (running) {
            try {
                round();
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warn("live updates interrupted, tried again each second", e);
                }
                failing = true;
            }
            try {
                if (poked.tryAcquire(failing ? 1_000 : POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    poked.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void round() {
        if (position < 0) {
            position = database.transaction(CaseDatabase.Transaction::lastFeedSeq);
        }
        List<FeedRow> rows = after(position);
        while (!rows.isEmpty()) {
            List<Piece> pieces = pieces(rows);
            clients.forEach(client -> {
                if (!joining.contains(client)) {
                    send(client, pieces);
                }
            });
            position = rows.get(rows.size() - 1).seq();
            rows = rows.size() == PAGE ? after(position) : List.of();
        }
        for (Client client = joining.peek(); client != null; client = joining.peek()) {
            welcome(client);
            joining.remove();
        }
        ledger();
        beat();
        trim();
    }

    private List<FeedRow> after(long seq) {
        return database.transaction(tx -> tx.feedAfter(seq, PAGE));
    }

    /** One row as written, and whose it is: empty when everybody's. */
    private record Piece(String organization, String text) {}

    private List<Piece> pieces(List<FeedRow> rows) {
        List<Piece> pieces = new ArrayList<>();
        Map<String, Optional<String>> owners = new java.util.HashMap<>();
        for (FeedRow row : rows) {
            String topic = row.topic().equals("playbook") ? "case" : row.topic();
            if (TOPICS.contains(topic)) {
                owners.computeIfAbsent(topic + " " + row.object(), key -> owner(topic, row.object()))
                        .ifPresent(owner -> pieces.add(new Piece(owner, text(row, topic))));
            }
        }
        return pieces;
    }

    private static String text(FeedRow row, String topic) {
        return "id: " + row.seq() + "\nevent: " + topic + "\ndata: "
                + Json.text(Map.of("object", row.object(), "revision", row.revision())) + "\n\n";
    }

    /** The unit of the changed object; empty for an object that is no longer there, which is told to nobody. */
    private Optional<String> owner(String topic, String object) {
        return switch (topic.toLowerCase(Locale.ROOT)) {
            case "case" -> database.transaction(tx -> tx.caseById(object)).map(about -> about.organization());
            case "incident" -> database.transaction(tx -> tx.incident(object)).map(incident -> incident.organization());
            case "message" ->
                database.transaction(tx -> tx.message(object).flatMap(message -> tx.caseById(message.caseId())))
                        .map(about -> about.organization());
            default -> Optional.of("");
        };
    }

    private void send(Client client, List<Piece> pieces) {
        StringBuilder seen = new StringBuilder();
        for (Piece piece : pieces) {
            if (client.sees(piece.organization())) {
                seen.append(piece.text());
            }
        }
        if (seen.length() > 0 && !client.offer(seen.toString())) {
            meters.counter("wanglou_ui_stream_dropped_total", "reason", "slow").increment();
        }
    }

    /** What the client missed, or the word to begin anew when that is no longer kept or too much. */
    private void welcome(Client client) {
        long from = client.lastSeen();
        if (from >= 0 && from != position) {
            List<FeedRow> missed = from > position ? List.of() : after(from);
            boolean gap = missed.isEmpty()
                    || missed.get(0).seq() != from + 1
                    || missed.get(missed.size() - 1).seq() < position;
            if (gap) {
                client.offer(RESET);
            } else {
                send(
                        client,
                        pieces(missed.stream()
                                .filter(row -> row.seq() <= position)
                                .toList()));
            }
        }
        // An id without data sets where the browser goes on from and shows nothing.
        client.offer("id: " + position + "\n\n");
    }

    /** Sealing changes no object, so the feed does not tell of it. */
    private void ledger() {
        long size = ledgerSize.getAsLong();
        if (sealed >= 0 && size != sealed) {
            Piece piece = new Piece("", "event: ledger\ndata: {\"object\":\"\",\"revision\":" + size + "}\n\n");
            clients.forEach(client -> send(client, List.of(piece)));
        }
        sealed = size;
    }

    /** A comment that keeps the connection, for those whose session is still in force. */
    private void beat() {
        long now = System.nanoTime() / 1_000_000;
        if (now - lastBeat < BEAT_MILLIS) {
            return;
        }
        lastBeat = now;
        for (Client client : clients) {
            if (sessions.find(client.call().token(), false).isPresent()) {
                client.offer(": beat\n\n");
            } else {
                client.end();
            }
        }
    }

    private void trim() {
        long now = System.nanoTime() / 1_000_000;
        if (now - lastTrim >= TRIM_MILLIS) {
            lastTrim = now;
            database.transaction(tx -> tx.trimFeed(clock.millis() - KEPT_MILLIS));
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.forEach(Client::end);
    }
}
