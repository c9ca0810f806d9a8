package org.wanglou.alerting.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wanglou.model.cases.Message;

/**
 * The messages in hand, in one lane for each target (bulkhead): a slow receiver fills its own lane and holds no other. A
 * lane has at most {@value #PER_LANE} messages and {@value #SENDERS} senders, one while its receiver is in trouble. What
 * does not fit stays in the database. Thread-safe.
 */
final class Lanes {
    static final int PER_LANE = 256;
    static final int SENDERS = 2;

    private static final class Lane {
        final Deque<Message> waiting = new ArrayDeque<>();
        int senders;
        boolean troubled;
        long restUntil = Long.MIN_VALUE;
    }

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Set<String> inHand = new HashSet<>();

    /** What came of offering a message. */
    enum Offer {
        TAKEN,
        IN_HAND,
        FULL,
        FULL_AND_TROUBLED
    }

    synchronized Offer offer(Message message) {
        if (inHand.contains(message.id())) {
            return Offer.IN_HAND;
        }
        Lane lane = lanes.computeIfAbsent(message.target(), target -> new Lane());
        if (lane.waiting.size() >= PER_LANE) {
            return lane.troubled ? Offer.FULL_AND_TROUBLED : Offer.FULL;
        }
        inHand.add(message.id());
        lane.waiting.add(message);
        return Offer.TAKEN;
    }

    /** Targets that may have one more sender now; each is counted as having it. */
    synchronized Map<String, Integer> enlist(long nowNanos, int most) {
        Map<String, Integer> targets = new HashMap<>();
        for (int round = 0; round < SENDERS; round++) {
            for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
                Lane lane = entry.getValue();
                int allowed = lane.troubled ? 1 : SENDERS;
                boolean rests = lane.restUntil != Long.MIN_VALUE && nowNanos - lane.restUntil < 0;
                boolean more = lane.waiting.size() > targets.getOrDefault(entry.getKey(), 0);
                if (!rests
                        && more
                        && lane.senders < allowed
                        && targets.values().stream().mapToInt(i -> i).sum() < most) {
                    lane.senders++;
                    targets.merge(entry.getKey(), 1, Integer::sum);
                }
            }
        }
        return targets;
    }

    /** The next message of the lane for a sender; empty ends that sender. */
    synchronized Optional<Message> take(String target) {
        Lane lane = lanes.get(target);
        if (lane == null) {
            return Optional.empty();
        }
        Message message = lane.troubled && lane.senders > 1 ? null : lane.waiting.poll();
        if (message == null) {
            lane.senders--;
            if (lane.senders == 0 && lane.waiting.isEmpty() && lane.restUntil == Long.MIN_VALUE) {
                lanes.remove(target);
            }
        }
        return Optional.ofNullable(message);
    }

    /** The message is out of hand; the lane knows how its receiver is. */
    synchronized void done(Message message, boolean troubled) {
        inHand.remove(message.id());
        Lane lane = lanes.get(message.target());
        if (lane != null) {
            lane.troubled = troubled;
        }
    }

    /** No sender starts on that lane until then; what waits in it is dropped from hand and comes back from the database. */
    synchronized void rest(String target, long untilNanos) {
        Lane lane = lanes.get(target);
        if (lane != null) {
            lane.restUntil = untilNanos;
            lane.waiting.forEach(message -> inHand.remove(message.id()));
            lane.waiting.clear();
        }
    }

    synchronized int inHand() {
        return inHand.size();
    }
}
