package org.wanglou.sensors.listen;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The senders of one source: which may send, how many frames a second each may bring, and how many it does. At most 4,096
 * are known; the one unheard for longest is forgotten for a new one and counted, and begins anew should it come again.
 * Thread-safe.
 */
public final class PeerTable {
    private static final int MOST = 4_096;
    private static final long WINDOW_MILLIS = 5_000;

    /** Frames a second of a sender, over the last seconds. */
    public record Rate(String peer, double perSecond) {}

    private static final class Peer {
        private final String name;
        private final boolean allowed;
        private double room;
        private long at;
        private final Pace pace;

        private Peer(String name, boolean allowed, double room, long at) {
            this.name = name;
            this.allowed = allowed;
            this.room = room;
            this.at = at;
            this.pace = new Pace(at);
        }
    }

    /** How many a second over a window, and over what has passed of the next. */
    private static final class Pace {
        private long since;
        private long count;
        private double last;

        private Pace(long since) {
            this.since = since;
        }

        private void add(long now) {
            turn(now);
            count++;
        }

        private void turn(long now) {
            if (now - since >= WINDOW_MILLIS) {
                last = now - since >= 2 * WINDOW_MILLIS ? 0 : count * 1_000.0 / (now - since);
                count = 0;
                since = now;
            }
        }

        private double perSecond(long now) {
            turn(now);
            long passed = now - since;
            return last * (WINDOW_MILLIS - passed) / WINDOW_MILLIS + count * 1_000.0 / WINDOW_MILLIS;
        }
    }

    private final double perSecond;
    private final Predicate<String> allowed;
    private final Clock clock;
    private final LongAdder forgotten;
    private final Map<String, Peer> peers = new LinkedHashMap<>(16, 0.75f, true);
    private final Pace all;
    private @Nullable Peer recent;

    /**
     * @param perSecond frames a second of one sender; 0: no limit
     * @param allowed which addresses may send
     * @param forgotten counts senders that were forgotten
     */
    public PeerTable(double perSecond, Predicate<String> allowed, Clock clock, LongAdder forgotten) {
        this.perSecond = perSecond;
        this.allowed = allowed;
        this.clock = clock;
        this.forgotten = forgotten;
        this.all = new Pace(clock.millis());
    }

    /** Everybody may send whatever he likes. */
    public static PeerTable open() {
        return new PeerTable(0, peer -> true, Clock.systemUTC(), new LongAdder());
    }

    private Peer of(String peer, long now) {
        // the last of the table already
        if (recent != null && recent.name.equals(peer)) {
            return recent;
        }
        Peer known = peers.get(peer);
        if (known == null) {
            if (peers.size() >= MOST) {
                peers.remove(peers.keySet().iterator().next());
                forgotten.increment();
            }
            known = new Peer(peer, allowed.test(peer), perSecond, now);
            peers.put(peer, known);
        }
        recent = known;
        return known;
    }

    /** Whether frames of that address are taken at all. */
    public synchronized boolean allowed(String peer) {
        return of(peer, clock.millis()).allowed;
    }

    /** Whether that sender may bring a frame now. */
    public boolean open(String peer) {
        return perSecond <= 0 || within(peer);
    }

    private synchronized boolean within(String peer) {
        long now = clock.millis();
        Peer known = of(peer, now);
        known.room = Math.min(perSecond, known.room + Math.max(0, now - known.at) * perSecond / 1_000);
        known.at = now;
        return known.room >= 1;
    }

    /** A frame of that sender was taken. */
    public void took(String peer) {
        if (perSecond > 0) {
            take(peer);
        }
    }

    private synchronized void take(String peer) {
        of(peer, clock.millis()).room--;
    }

    /** Takes a frame of that sender if one may be taken. */
    public synchronized boolean tryTake(String peer) {
        boolean may = open(peer);
        if (may) {
            took(peer);
        }
        return may;
    }

    /** A frame of that sender has come in: for the rates alone. */
    public synchronized void saw(String peer) {
        long now = clock.millis();
        of(peer, now).pace.add(now);
        all.add(now);
    }

    /** Frames a second of the whole source. */
    public synchronized double perSecond() {
        return all.perSecond(clock.millis());
    }

    /** The busiest senders, the busiest first. */
    public synchronized List<Rate> top(int most) {
        long now = clock.millis();
        List<Rate> rates = new ArrayList<>();
        peers.forEach((name, peer) -> {
            double rate = peer.pace.perSecond(now);
            if (rate > 0 && !name.isEmpty()) {
                rates.add(new Rate(name, rate));
            }
        });
        rates.sort(Comparator.comparingDouble(Rate::perSecond).reversed().thenComparing(Rate::peer));
        return List.copyOf(rates.subList(0, Math.min(most, rates.size())));
    }
}
