package org.wanglou.correlator.behaviour;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Outcome;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.behaviour.BehaviourRule;

/**
 * All profiles of one task: routed signals and the clock in, rows and signals out. As {@link
 * org.wanglou.correlator.windows.KeyedWindows} in all else: the rows are the truth, the objects a cache of them; the same
 * signals in any order within the grace, doubled or not, give the same outcome.
 *
 * <p>At most {@link Limits#keysMax} entities of one rule and {@link #VALUES_MAX} remembered values in all; what is beyond
 * is not learnt, raises nothing and is counted. Confined to its task's thread.
 */
public final class Profiles {
    /** Remembered values of all entities of a task. */
    public static final int VALUES_MAX = 2_000_000;

    private final Limits limits;
    private final Meters meters;
    private final int valuesMax;
    private final Map<ByteBuffer, Profile> profiles = new HashMap<>();
    private final Map<ByteBuffer, Integer> keysByRoute = new HashMap<>();
    private final TreeMap<Long, TreeSet<ByteBuffer>> due = new TreeMap<>();
    private final Map<ByteBuffer, Long> dueOf = new HashMap<>();
    private Routes routes;
    private long now = Watermark.NONE;
    private int values;

    public Profiles(Routes routes, Limits limits, Meters meters) {
        this(routes, limits, meters, VALUES_MAX);
    }

    Profiles(Routes routes, Limits limits, Meters meters, int valuesMax) {
        this.routes = routes;
        this.limits = limits;
        this.meters = meters;
        this.valuesMax = valuesMax;
    }

    /** Whether a routed key, or the key of a row, leads to profiles and not to windows. */
    public boolean takes(byte[] key) {
        return rule(key).isPresent();
    }

    /** Goes on with other routes; an entity whose rule is gone ends, one whose rule only speaks differently goes on. */
    public void swap(Routes newRoutes, Consumer<Outcome> each) {
        routes = newRoutes;
        for (ByteBuffer handle : new TreeSet<>(profiles.keySet())) {
            Profile profile = profiles.get(handle);
            Optional<BehaviourRule> rule = rule(handle.array());
            if (profile == null) {
                continue;
            }
            if (rule.isPresent()) {
                profile.goOnWith(rule.get());
            } else {
                Outcome outcome = new Outcome();
                profile.end(outcome);
                forget(handle.array());
                each.accept(outcome);
            }
        }
    }

    private Optional<BehaviourRule> rule(byte[] routedKey) {
        return routes.of(routedKey).flatMap(Route::behaviour);
    }

    /** Ids of the routes that have live entities. */
    public Set<ByteBuffer> liveRoutes() {
        return keysByRoute.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    /** Number of entities. */
    public int keys() {
        return profiles.size();
    }

    /** Takes one routed signal. Late, keyless, unroutable and repeated ones change nothing and are counted. */
    public Outcome accept(byte[] routedKey, Signal signal) {
        Outcome outcome = new Outcome();
        Route route = routes.of(routedKey).orElse(null);
        BehaviourRule rule = rule(routedKey).orElse(null);
        if (route == null || rule == null) {
            ignored("unknown_route");
            return outcome;
        }
        Optional<String> keyText = route.keyText(signal.ruleId(), signal.fields());
        Optional<String> value = value(rule, signal);
        if (keyText.isEmpty() || value.isEmpty() || !Arrays.equals(route.key(keyText.get()), routedKey)) {
            ignored("no_key");
            return outcome;
        }
        if (now > signal.time() + limits.graceMillis()) {
            ignored("late");
            return outcome;
        }
        ByteBuffer handle = ByteBuffer.wrap(routedKey);
        Profile profile = profiles.get(handle);
        boolean fresh = profile == null;
        if (profile == null) {
            if (keysByRoute.getOrDefault(route.handle(), 0) >= limits.keysMax()) {
                ignored("key_budget");
                return outcome;
            }
            profile = profile(routedKey, keyText.get(), rule);
        }
        int before = profile.rows();
        if (!profile.insert(sample(signal, value.get()), outcome)) {
            ignored("duplicate");
            return outcome;
        }
        values += profile.rows() - before;
        if (fresh) {
            profiles.put(handle, profile);
            keysByRoute.merge(route.handle(), 1, Integer::sum);
        }
        schedule(handle, profile);
        return outcome;
    }

    private Profile profile(byte[] key, String keyText, BehaviourRule rule) {
        return new Profile(key, keyText, rule, limits, meters, () -> values < valuesMax);
    }

    /** What is looked at; empty when a field is missing. */
    private static Optional<String> value(BehaviourRule rule, Signal signal) {
        if (rule.fields().isEmpty()) {
            return Optional.of("");
        }
        List<String> tuple = new ArrayList<>();
        for (String field : rule.fields()) {
            String value = signal.fields().get(field);
            if (value == null) {
                return Optional.empty();
            }
            tuple.add(value);
        }
        return Optional.of(tuple.size() == 1 ? tuple.get(0) : Jsons.text(tuple));
    }

    private static Sample sample(Signal signal, String value) {
        String eventId = signal.evidence().eventIds().isEmpty()
                ? signal.id()
                : signal.evidence().eventIds().get(0);
        return new Sample(
                signal.time(), Long.parseUnsignedLong(signal.id(), 0, 16, 16), eventId, value, signal.entities());
    }

    /** Raises the clock; each entity that has something to take or is forgotten answers on its own, in a fixed order. */
    public void advance(long watermark, Consumer<Outcome> each) {
        if (watermark <= now) {
            return;
        }
        now = watermark;
        long settled = settled();
        List<ByteBuffer> ready = new ArrayList<>();
        while (!due.isEmpty() && due.firstKey() <= settled) {
            ready.addAll(due.pollFirstEntry().getValue());
        }
        for (ByteBuffer handle : ready) {
            dueOf.remove(handle);
            Profile profile = profiles.get(handle);
            if (profile == null) {
                continue;
            }
            Outcome outcome = new Outcome();
            int before = profile.rows();
            profile.advance(settled, outcome);
            values += profile.rows() - before;
            if (profile.expired(settled)) {
                profile.end(outcome);
                forget(handle.array());
            } else {
                schedule(handle, profile);
            }
            each.accept(outcome);
        }
    }

    // At the end of all input everything settles, but nobody is forgotten for it.
    private long settled() {
        return now == org.wanglou.model.Tick.END ? Long.MAX_VALUE / 4 : now - limits.graceMillis() - 1;
    }

    private void schedule(ByteBuffer handle, Profile profile) {
        long when = profile.due();
        Long old = dueOf.put(handle, when);
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

    /** Throws one entity's cache away. */
    public void forget(byte[] routedKey) {
        ByteBuffer handle = ByteBuffer.wrap(routedKey);
        Profile profile = profiles.remove(handle);
        if (profile != null) {
            values -= profile.rows();
            keysByRoute.computeIfPresent(
                    ByteBuffer.wrap(routedKey, 0, Route.ID_BYTES).slice(),
                    (route, keys) -> keys == 1 ? null : keys - 1);
        }
        Long when = dueOf.remove(handle);
        if (when != null) {
            unschedule(handle, when);
        }
    }

    /**
     * Builds the cache from rows of profiles, which may come in any order; the clock stands at {@code watermark}.
     *
     * @return keys of rows that no rule wants any more, to be deleted
     */
    public List<byte[]> restore(Iterable<Outcome.Row> rows, long watermark) {
        now = Math.max(now, watermark);
        List<byte[]> orphans = new ArrayList<>();
        List<Outcome.Row> others = new ArrayList<>();
        Set<ByteBuffer> touched = new TreeSet<>();
        for (Outcome.Row row : rows) {
            byte[] value = row.value();
            Optional<BehaviourRule> rule = rule(row.key());
            if (value == null || rule.isEmpty()) {
                orphans.add(row.key());
            } else if (ProfileRows.isHeader(row.key())) {
                open(row.key(), value, rule.get());
                touched.add(ByteBuffer.wrap(row.key()));
            } else {
                others.add(row);
            }
        }
        for (Outcome.Row row : others) {
            Profile profile = profiles.get(ByteBuffer.wrap(ProfileRows.owner(row.key())));
            byte[] value = row.value();
            if (profile == null || value == null) {
                orphans.add(row.key());
            } else if (ProfileRows.isValue(row.key())) {
                profile.restore(ProfileRows.value(row.key()), value);
                values++;
            } else {
                profile.restore(ProfileRows.waiting(row.key(), value));
            }
        }
        for (ByteBuffer handle : touched) {
            Profile profile = profiles.get(handle);
            if (profile != null) {
                schedule(handle, profile);
            }
        }
        return orphans;
    }

    private void open(byte[] key, byte[] row, BehaviourRule rule) {
        try (DataInputStream in = ProfileRows.open(row)) {
            Profile profile = profile(key, in.readUTF(), rule);
            profile.read(in);
            ByteBuffer handle = ByteBuffer.wrap(key);
            if (profiles.put(handle, profile) == null) {
                keysByRoute.merge(ByteBuffer.wrap(key, 0, Route.ID_BYTES).slice(), 1, Integer::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("row of a profile is damaged", e);
        }
    }

    private void ignored(String reason) {
        meters.counter("wanglou_correlator_window_ignored_total", "reason", reason)
                .increment();
    }
}
