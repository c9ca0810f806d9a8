package org.wanglou.sensors.listen;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.wanglou.crypto.sm.Sm3;

/**
 * What senders have sent and perhaps not heard the answer to. A sender whose connection broke sends, first of all and in
 * order, everything it has no answer to: such a run is recognised by content and keeps its ids, also when the sender is
 * back before its old connection has been read to its end here: {@link #await} lets that be read first. For each address
 * the last connections are remembered, each with its last frames; all of it is bounded, the longest untouched is
 * forgotten first. Thread-safe.
 *
 * <p>A run begins at the first frame that was not answered or, as answers may be lost, before it, and reaches to the last
 * frame. Where the same content makes several places possible, all are followed, the latest is believed, and the run is
 * over when one of them has reached its end: a frame may then come twice, but none that follows what is sent again is
 * taken for an old one. (When a sender has lost nothing and begins with a line that is, to the byte, one of its last, that
 * cannot be told from a line sent again.) Of a
 * connection that can still be read only what is unanswered counts: two senders behind one address may say the same.
 * When one is believed all the same, the older connection is taken for dead and closed without answers; should its sender
 * live, it sends again what it has no answer to.
 */
final class Resent {
    static final int FRAMES = 256;
    private static final int REMEMBERED = 2 * FRAMES;
    private static final int TRAILS = 64;
    private static final int PEERS = 4_096;
    private static final int DIGESTS = 1 << 17;
    private static final int PLACES = 4_096;

    /** A place in what an earlier connection sent. */
    private static final class Place {
        private final Trail of;
        private final List<Step> run;
        private int at;

        Place(Trail of, List<Step> run, int at) {
            this.of = of;
            this.run = run;
            this.at = at;
        }

        Step step() {
            return run.get(at);
        }

        boolean ended() {
            return at == run.size();
        }
    }

    /** The frames of one connection. */
    final class Trail {
        private final String peer;
        private final Runnable end;
        private final long opened = ++moment;
        private final ArrayDeque<Step> steps = new ArrayDeque<>();
        /** Where this connection may be in what it repeats, the likeliest first; empty when it repeats nothing. */
        private List<Place> places = List.of();

        private boolean begun;
        private boolean over;
        private boolean closed;
        private boolean dead;
        private long idle;
        private int patience;
        private volatile boolean asked;

        private Trail(String peer, Runnable end) {
            this.peer = peer;
            this.end = end;
        }

        /**
         * The origin of the next frame: that of the frame which it repeats, or its own. Returned with what is to be run
         * once its answer is about to be written.
         *
         * @throws IOException when the sender is back on a later connection
         */
        Mark next(byte[] bytes, String own) throws IOException {
            String digest = Sm3.hex(bytes);
            Optional<Trail> given = Optional.empty();
            Mark mark;
            synchronized (Resent.this) {
                if (dead) {
                    throw new IOException("the sender is back on another connection");
                }
                if (!begun) {
                    begun = true;
                    places = find(this, digest);
                    given = places.stream()
                            .limit(1)
                            .map(place -> place.of)
                            .filter(one -> !one.over)
                            .findFirst();
                    given.ifPresent(one -> one.dead = true);
                }
                Step step = new Step(digest, repeated(digest).orElse(own));
                remember(step);
                mark = new Mark(step.origin, () -> answered(step));
            }
            given.ifPresent(one -> one.end.run());
            return mark;
        }

        private Optional<String> repeated(String digest) {
            List<Place> here = places.stream()
                    .filter(place -> place.step().digest.equals(digest))
                    .toList();
            places = here;
            if (here.isEmpty()) {
                return Optional.empty();
            }
            String origin = here.get(0).step().origin;
            here.forEach(place -> place.at++);
            List<Place> ended = here.stream().filter(Place::ended).toList();
            if (!ended.isEmpty()) {
                if (here.get(0).ended()) {
                    ended.forEach(place -> drop(place.of));
                }
                places = List.of();
            }
            return Optional.of(origin);
        }

        private void remember(Step step) {
            if (--patience == 0) {
                idle();
            }
            steps.add(step);
            total++;
            if (steps.size() > REMEMBERED) {
                steps.remove();
                total--;
            }
            while (total > DIGESTS && forgetOldest()) {
                // until there is room
            }
        }

        private void answered(Step step) {
            synchronized (Resent.this) {
                step.answered = true;
            }
        }

        /** What it has sent, and of what it was repeating that which is still to come. */
        private List<Step> sequence() {
            List<Step> all = new ArrayList<>(steps);
            places.stream().limit(1).forEach(place -> all.addAll(place.run.subList(place.at, place.run.size())));
            return all;
        }

        /** There was nothing to read from it. */
        void idle() {
            synchronized (Resent.this) {
                asked = false;
                idle = ++moment;
                Resent.this.notifyAll();
            }
        }

        /** Whether a later connection of the address waits for this one to be read. */
        boolean asked() {
            return asked;
        }

        /** Nothing more is read from it; answers may still be written. */
        void over() {
            synchronized (Resent.this) {
                over = true;
                Resent.this.notifyAll();
            }
        }

        /** The connection has ended; an orderly one leaves nothing behind. */
        void close(boolean orderly) {
            synchronized (Resent.this) {
                over();
                closed = true;
                if (sequence().isEmpty() || orderly && steps.stream().allMatch(step -> step.answered)) {
                    drop(this);
                }
            }
        }
    }

    /** @param answered to be run before the answer is written */
    record Mark(String origin, Runnable answered) {}

    private final Map<String, List<Trail>> peers = new LinkedHashMap<>(16, 0.75f, true);
    private int total;
    private long moment;

    /** @param end closes the connection */
    synchronized Trail open(String peer, Runnable end) {
        Trail trail = new Trail(peer, end);
        List<Trail> trails = peers.computeIfAbsent(peer, p -> new ArrayList<>());
        trails.forEach(elder -> elder.patience = REMEMBERED);
        trails.add(trail);
        if (trails.size() > TRAILS) {
            trails.stream().filter(one -> one.closed).findFirst().ifPresent(this::drop);
        }
        if (peers.size() > PEERS) {
            forgetOldest();
        }
        return trail;
    }

    /**
     * Before the first frame of a connection: waits until every earlier one of the address has been read to its end, or
     * had nothing to read, or has brought more than a sender leaves unanswered; so long at most.
     */
    synchronized void await(Trail trail, long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !trail.begun; ) {
            List<Trail> busy = elders(trail).stream()
                    .filter(one -> !one.over && one.idle < trail.opened)
                    .toList();
            if (busy.isEmpty()) {
                return;
            }
            busy.forEach(one -> one.asked = true);
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
    }

    private List<Trail> elders(Trail trail) {
        return peers.getOrDefault(trail.peer, List.of()).stream()
                .filter(one -> one.opened < trail.opened)
                .toList();
    }

    private boolean forgetOldest() {
        for (Iterator<List<Trail>> all = peers.values().iterator(); all.hasNext(); ) {
            List<Trail> trails = all.next();
            for (Trail one : List.copyOf(trails)) {
                if (one.closed) {
                    total -= one.steps.size();
                    trails.remove(one);
                    if (trails.isEmpty()) {
                        all.remove();
                    }
                    return true;
                }
            }
        }
        return false;
    }

    private void drop(Trail trail) {
        List<Trail> trails = peers.get(trail.peer);
        if (trails != null && trails.remove(trail)) {
            total -= trail.steps.size();
            if (trails.isEmpty()) {
                peers.remove(trail.peer);
            }
        }
    }

    /** Every place that this frame may repeat: the first unanswered ones, then those before, the latest first. */
    private List<Place> find(Trail now, String digest) {
        List<Trail> elders = elders(now);
        List<Place> places = new ArrayList<>();
        for (boolean lost : new boolean[] {false, true}) {
            for (int i = elders.size() - 1; i >= 0; i--) {
                Trail one = elders.get(i);
                if (lost && !one.over && !one.dead) {
                    continue;
                }
                List<Step> steps = one.sequence();
                int first = first(steps);
                int last = lost ? 0 : first;
                for (int k = lost ? first - 1 : first; k >= last && k < steps.size(); k--) {
                    if (steps.get(k).digest.equals(digest) && places.size() < PLACES) {
                        places.add(new Place(one, steps, k));
                    }
                }
            }
        }
        return places;
    }

    private static int first(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).answered) {
                return i;
            }
        }
        return steps.size();
    }
}
