package org.wanglou.correlator.windows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;

/**
 * All windows of one task: routed signals and the clock in, rows and hits out.
 *
 * <p>Each step answers with an {@link Outcome}; the rows it names are the truth, the objects here a cache of them. A step
 * that throws leaves the cache of its key in doubt: {@link #forget} it and {@link #restore} the rows. Deterministic: the
 * same signals and ticks in the same order give the same outcomes. Confined to its task's thread.
 */
public final class KeyedWindows {
    private final Limits limits;
    private final Meters meters;
    private final Map<ByteBuffer, KeyWindow> windows = new HashMap<>();
    private final Map<ByteBuffer, Integer> keysByRoute = new HashMap<>();
    private final TreeMap<Long, TreeSet<ByteBuffer>> due = new TreeMap<>();
    private final Map<ByteBuffer, Long> dueOf = new HashMap<>();
    private Routes routes;
    private long now = Watermark.NONE;

    public KeyedWindows(Routes routes, Limits limits, Meters meters) {
        this.routes = routes;
        this.limits = limits;
        this.meters = meters;
    }

    /**
     * Goes on with other routes. Keys of routes that did not change go on as they are. A rule that is gone from a route
     * settles at once what it has said; so does every rule of a route that is gone, whose keys end.
     *
     * @param each told what this changes, key by key in a fixed order
     * @return keys whose route has other rules now: their cache is to be made again of their rows ({@link #forget}, {@link
     *     #restore}), as a restart would
     */
    public List<byte[]> swap(Routes newRoutes, Consumer<Outcome> each) {
        List<byte[]> changed = new ArrayList<>();
        TreeSet<ByteBuffer> ordered = new TreeSet<>();
        windows.forEach((handle, window) -> {
            if (rulesOn(newRoutes, window)
                    .filter(window.route().rules()::equals)
                    .isEmpty()) {
                ordered.add(handle);
            }
        });
        for (ByteBuffer handle : ordered) {
            KeyWindow window = windows.get(handle);
            if (window == null) {
                continue;
            }
            Outcome outcome = new Outcome();
            Optional<List<CorrelationRule>> staying = rulesOn(newRoutes, window);
            if (staying.isPresent()) {
                window.leave(staying.get(), outcome);
                changed.add(window.key());
            } else {
                window.end(outcome);
                forget(window.key());
            }
            each.accept(outcome);
        }
        routes = newRoutes;
        return changed;
    }

    private static Optional<List<CorrelationRule>> rulesOn(Routes routes, KeyWindow window) {
        return routes.of(window.key()).map(Route::rules);
    }

    /** Whether the route of a routed key is known. */
    public boolean knows(byte[] routedKey) {
        return routes.of(routedKey).isPresent();
    }

    /** Ids of the routes that have live keys. */
    public Set<ByteBuffer> liveRoutes() {
        return Collections.unmodifiableSet(keysByRoute.keySet());
    }

    /** The clock. */
    public long now() {
        return now;
    }

    /** Number of live keys. */
    public int keys() {
        return windows.size();
    }

    /** Takes one routed signal. Late, keyless, unroutable and repeated ones change nothing and are counted. */
    public Outcome accept(byte[] routedKey, Signal signal) {
        Outcome outcome = new Outcome();
        Optional<Route> found = routes.of(routedKey);
        if (found.isEmpty()) {
            ignored("unknown_route");
            return outcome;
        }
        Route route = found.get();
        Optional<String> keyText = route.keyText(signal.ruleId(), signal.fields());
        if (keyText.isEmpty() || !Arrays.equals(route.key(keyText.get()), routedKey)) {
            ignored("no_key");
            return outcome;
        }
        if (now > signal.time() + limits.graceMillis()) {
            ignored("late");
            return outcome;
        }
        ByteBuffer handle = ByteBuffer.wrap(routedKey);
        KeyWindow window = windows.get(handle);
        if (window == null) {
            int keys = keysByRoute.getOrDefault(route.handle(), 0);
            if (keys >= limits.keysMax()) {
                ignored("key_budget");
                return outcome;
            }
            window = new KeyWindow(routedKey, route, keyText.get(), limits);
        }
        if (!window.insert(entry(route, signal), outcome)) {
            ignored("duplicate");
            return outcome;
        }
        if (windows.put(handle, window) == null) {
            keysByRoute.merge(route.handle(), 1, Integer::sum);
        }
        schedule(handle, window);
        return outcome;
    }

    private static Entry entry(Route route, Signal signal) {
        List<List<String>> counted = route.counted();
        long[] values = new long[counted.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = hash(counted.get(i), signal);
        }
        String eventId = signal.evidence().eventIds().isEmpty()
                ? signal.id()
                : signal.evidence().eventIds().get(0);
        return new Entry(
                signal.time(), Long.parseUnsignedLong(signal.id(), 0, 16, 16), eventId, values, signal.entities(), 1);
    }

    /** 64 bits of a tuple of values; 0 when one is missing: what is not there is no value. */
    private static long hash(List<String> names, Signal signal) {
        List<String> tuple = new ArrayList<>(names.size());
        for (String name : names) {
            String value = name.equals(CorrelationRule.RULE_ITSELF)
                    ? signal.ruleId()
                    : signal.fields().get(name);
            if (value == null) {
                return 0;
            }
            tuple.add(value);
        }
        return hash(tuple);
    }

    /** 64 bits of values, never 0. */
    static long hash(List<String> tuple) {
        long hash = ByteBuffer.wrap(Sm3.digest(Jsons.bytes(tuple))).getLong();
        return hash == 0 ? 1 : hash;
    }

    /** Raises the clock; each key that has something to settle, close or expire answers on its own, in a fixed order. */
    public void advance(long watermark, Consumer<Outcome> each) {
        if (watermark <= now) {
            return;
        }
        long before = now;
        now = watermark;
        List<ByteBuffer> ready = new ArrayList<>();
        while (!due.isEmpty() && due.firstKey() <= watermark) {
            ready.addAll(due.pollFirstEntry().getValue());
        }
        for (ByteBuffer handle : ready) {
            dueOf.remove(handle);
            KeyWindow window = windows.get(handle);
            if (window == null) {
                continue;
            }
            Outcome outcome = new Outcome();
            window.advance(before, watermark, outcome);
            if (window.isEmpty()) {
                remove(handle);
            } else {
                schedule(handle, window);
            }
            each.accept(outcome);
        }
    }

    private void schedule(ByteBuffer handle, KeyWindow window) {
        long when = Math.max(Math.min(window.due(), window.nextLook(now)), now + 1);
        Long old = dueOf.put(handle, when);
        if (old != null && old == when) {
            return;
        }
        if (old != null) {
            unschedule(handle, old);
        }
        due.computeIfAbsent(when, time -> new TreeSet<>()).add(handle);
    }

    private void unschedule(ByteBuffer handle, long when) {
        TreeSet<ByteBuffer> at = due.get(when);
        if (at != null && at.remove(handle) && at.isEmpty()) {
            due.remove(when);
        }
    }

    private void remove(ByteBuffer handle) {
        KeyWindow window = windows.remove(handle);
        if (window != null) {
            keysByRoute.computeIfPresent(
                    ByteBuffer.wrap(window.key(), 0, Route.ID_BYTES).slice(),
                    (route, keys) -> keys == 1 ? null : keys - 1);
        }
    }

    /** Throws one key's cache away. */
    public void forget(byte[] routedKey) {
        ByteBuffer handle = ByteBuffer.wrap(routedKey);
        remove(handle);
        Long when = dueOf.remove(handle);
        if (when != null) {
            unschedule(handle, when);
        }
    }

    /**
     * Builds the cache from rows, which may come in any order; the clock stands at {@code watermark}.
     *
     * @return keys of rows that no rule wants any more, to be deleted
     */
    public List<byte[]> restore(Iterable<Outcome.Row> rows, long watermark) {
        now = Math.max(now, watermark);
        Map<ByteBuffer, WindowRows.Header> headers = new HashMap<>();
        Map<ByteBuffer, List<Outcome.Row>> entries = new HashMap<>();
        List<byte[]> orphans = new ArrayList<>();
        for (Outcome.Row row : rows) {
            ByteBuffer owner = ByteBuffer.wrap(WindowRows.owner(row.key()));
            byte[] value = row.value();
            if (routes.of(row.key()).isEmpty() || value == null) {
                orphans.add(row.key());
            } else if (WindowRows.isHeader(row.key())) {
                headers.put(owner, WindowRows.header(value));
            } else {
                entries.computeIfAbsent(owner, key -> new ArrayList<>()).add(row);
            }
        }
        headers.forEach((owner, header) -> {
            Route route = routes.of(owner.array()).orElseThrow();
            KeyWindow window = new KeyWindow(owner.array(), route, header.keyText(), limits);
            List<Entry> own = new ArrayList<>();
            for (Outcome.Row row : entries.getOrDefault(owner, List.of())) {
                byte[] value = row.value();
                if (value != null) {
                    own.add(WindowRows.entry(row.key(), value, route.counted()));
                }
            }
            window.restore(header, own);
            window.keepRules();
            if (windows.put(owner, window) == null) {
                keysByRoute.merge(route.handle(), 1, Integer::sum);
            }
            schedule(owner, window);
        });
        return orphans;
    }

    private void ignored(String reason) {
        meters.counter("wanglou_correlator_window_ignored_total", "reason", reason)
                .increment();
    }
}
