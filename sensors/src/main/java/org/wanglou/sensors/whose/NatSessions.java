package org.wanglou.sensors.whose;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/**
 * Which inner address an exit translated to which public address and port, and when, learnt from the exit's own log
 * (RFC 6888, requirement 12 a: what a NAT logs of a session). A later session of the same port ends the one before; a
 * logged end ends it too; otherwise it counts for as long as a NAT keeps an idle session (RFC 5382, requirement 5: two
 * hours and four minutes for TCP; RFC 4787, requirement 5: five minutes for UDP; RFC 5508, requirement 2: one minute for
 * ICMP). Bounded by {@code capacity} ports, the longest unheard-of goes first and is counted. Thread-safe.
 */
public final class NatSessions {
    /** Ports kept unless said otherwise: about 25 MB. */
    public static final int CAPACITY = 200_000;
    /** What clocks of exit and observer may differ. */
    static final long SLACK_MILLIS = 60_000;

    private static final long TCP_MILLIS = 124 * 60_000L;
    private static final long UDP_MILLIS = 5 * 60_000L;
    private static final long ICMP_MILLIS = 60_000L;
    /** Sessions of one port that are remembered, so that events that come late find theirs. */
    private static final int SESSIONS = 4;

    /** Who was behind a public address and port. */
    public record Behind(String organization, String address) {}

    private record Port(String address, long port, String transport) {}

    private record Session(Behind behind, long from, long last, boolean ended) {
        boolean holds(long time, long idle) {
            return time >= from - SLACK_MILLIS && time <= last + (ended ? SLACK_MILLIS : idle);
        }
    }

    private final Map<Port, Deque<Session>> ports;
    private final LongAdder learnt;
    private final LongAdder evicted;

    /** @param evicted counts what was forgotten for want of room */
    public NatSessions(int capacity, LongAdder learnt, LongAdder evicted) {
        this.learnt = learnt;
        this.evicted = evicted;
        this.ports = new LinkedHashMap<>(1024, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Port, Deque<Session>> eldest) {
                boolean full = size() > capacity;
                if (full) {
                    NatSessions.this.evicted.increment();
                }
                return full;
            }
        };
    }

    /** Takes a session from an event of an exit that tells both its sides and whose unit is known. */
    public void learn(Event event, String organization) {
        Optional<String> inner = event.text(Ecs.SOURCE_IP);
        Optional<String> outer = event.text(Ecs.SOURCE_NAT_IP);
        long port = event.number(Ecs.SOURCE_NAT_PORT, 0);
        if (inner.isEmpty() || outer.isEmpty() || port <= 0 || inner.equals(outer)) {
            return;
        }
        long start = event.number(Ecs.EVENT_START, event.timeMillis());
        long last = Math.max(start, event.timeMillis());
        boolean ended =
                event.get(Ecs.EVENT_END) != null || event.texts(Ecs.EVENT_TYPE).contains("end");
        Behind behind = new Behind(organization, inner.get());
        Port key = new Port(outer.get(), port, transport(event));
        synchronized (this) {
            Deque<Session> sessions = ports.computeIfAbsent(key, new_ -> new ArrayDeque<>(1));
            Session newest = sessions.peekLast();
            if (newest != null && newest.behind().equals(behind) && !newest.ended()) {
                sessions.pollLast();
                sessions.addLast(
                        new Session(behind, Math.min(newest.from(), start), Math.max(newest.last(), last), ended));
            } else {
                sessions.addLast(new Session(behind, start, last, ended));
                learnt.increment();
                if (sessions.size() > SESSIONS) {
                    sessions.pollFirst();
                }
            }
        }
    }

    /**
     * Who was behind a public address and port at a time; empty when no session tells, or several tell different units.
     *
     * @param transport lower-case; empty when it is not known
     */
    public Optional<Behind> behind(String address, long port, String transport, long timeMillis) {
        Optional<Behind> found = Optional.empty();
        for (String one : transport.isEmpty() ? new String[] {"", "tcp", "udp"} : new String[] {transport, ""}) {
            Optional<Behind> behind = session(new Port(address, port, one), timeMillis);
            if (found.isPresent() && behind.isPresent() && !found.equals(behind)) {
                return Optional.empty();
            }
            found = found.or(() -> behind);
        }
        return found;
    }

    private synchronized Optional<Behind> session(Port key, long time) {
        Deque<Session> sessions = ports.get(key);
        if (sessions == null) {
            return Optional.empty();
        }
        long until = Long.MAX_VALUE - SLACK_MILLIS;
        for (Iterator<Session> newest = sessions.descendingIterator(); newest.hasNext(); ) {
            Session session = newest.next();
            if (session.holds(time, idle(key.transport())) && time < until + SLACK_MILLIS) {
                return Optional.of(session.behind());
            }
            until = session.from();
        }
        return Optional.empty();
    }

    private static long idle(String transport) {
        return switch (transport) {
            case "tcp" -> TCP_MILLIS;
            case "icmp", "ipv6-icmp" -> ICMP_MILLIS;
            default -> UDP_MILLIS;
        };
    }

    private static String transport(Event event) {
        return event.text(Ecs.NETWORK_TRANSPORT).orElse("");
    }
}
