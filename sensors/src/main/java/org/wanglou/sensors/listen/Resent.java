package org.wanglou.sensors.listen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.crypto.sm.Sm3;

/**
 * What senders have sent and perhaps not heard the answer to. A sender whose connection broke sends, first of all and in
 * order, everything it has no answer to: such a run is recognised by content and keeps its ids. For each address the last
 * connections are remembered, each with its last frames; all of it is bounded, the longest untouched is forgotten first.
 * Thread-safe.
 */
final class Resent {
    static final int FRAMES = 256;
    private static final int TRAILS = 16;
    private static final int PEERS = 4_096;
    private static final int DIGESTS = 1 << 17;

    /** One frame as it is remembered. */
    private static final class Step {
        private final String digest;
        private final String origin;
        private boolean answered;

        Step(String digest, String origin) {
            this.digest = digest;
            this.origin = origin;
        }
    }

    /** The frames of one connection. */
    final class Trail {
        private final String peer;
        private final ArrayDeque<Step> steps = new ArrayDeque<>();
        private List<Step> before = List.of();
        private int at;
        private boolean begun;
        private boolean closed;
        private boolean taken;

        private Trail(String peer) {
            this.peer = peer;
        }

        /**
         * The origin of the next frame: that of the frame which it repeats, or its own. Returned with what is to be run
         * once its answer is about to be written.
         */
        Mark next(byte[] bytes, String own) {
            String digest = Sm3.hex(bytes);
            synchronized (Resent.this) {
                if (!begun) {
                    begun = true;
                    before = find(this, digest);
                }
                String origin = own;
                if (at < before.size()) {
                    if (before.get(at).digest.equals(digest)) {
                        origin = before.get(at).origin;
                        at++;
                    } else {
                        before = List.of();
                    }
                }
                Step step = new Step(digest, origin);
                steps.add(step);
                total++;
                if (steps.size() > FRAMES) {
                    steps.remove();
                    total--;
                }
                while (total > DIGESTS && forgetOldest()) {
                    // until there is room
                }
                return new Mark(origin, () -> answered(step));
            }
        }

        private void answered(Step step) {
            synchronized (Resent.this) {
                step.answered = true;
            }
        }

        /** The connection has ended; an orderly one leaves nothing behind. */
        void close(boolean orderly) {
            synchronized (Resent.this) {
                closed = true;
                if (steps.isEmpty() || orderly && steps.stream().allMatch(step -> step.answered)) {
                    drop(this);
                }
            }
        }
    }

    /** @param answered to be run before the answer is written */
    record Mark(String origin, Runnable answered) {}

    private final Map<String, List<Trail>> peers = new LinkedHashMap<>(16, 0.75f, true);
    private int total;

    /** A new connection of an address. */
    synchronized Trail open(String peer) {
        Trail trail = new Trail(peer);
        List<Trail> trails = peers.computeIfAbsent(peer, p -> new ArrayList<>());
        trails.add(trail);
        if (trails.size() > TRAILS) {
            trails.stream().filter(one -> one.closed).findFirst().ifPresent(this::drop);
        }
        if (peers.size() > PEERS) {
            forgetOldest();
        }
        return trail;
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

    /**
     * The run that begins with this frame: from the first unanswered one of an earlier connection, or, when the answers
     * were lost on their way, from an answered one before it. Of a connection that seems open only what is unanswered
     * counts: two senders behind one address may say the same.
     */
    private List<Step> find(Trail now, String digest) {
        List<Trail> trails = peers.getOrDefault(now.peer, List.of());
        for (boolean unanswered : new boolean[] {true, false}) {
            for (int i = trails.size() - 1; i >= 0; i--) {
                Trail one = trails.get(i);
                if (one == now || one.taken || !unanswered && !one.closed) {
                    continue;
                }
                List<Step> steps = new ArrayList<>(one.steps);
                int first = first(steps);
                int from = unanswered ? first : first - 1;
                for (int k = from; k >= 0 && k < steps.size(); k--) {
                    if (steps.get(k).digest.equals(digest)) {
                        one.taken = true;
                        if (one.closed) {
                            drop(one);
                        }
                        return steps.subList(k, steps.size());
                    }
                    if (unanswered) {
                        break;
                    }
                }
            }
        }
        return List.of();
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
