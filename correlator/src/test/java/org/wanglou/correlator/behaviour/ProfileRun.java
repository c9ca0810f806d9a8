package org.wanglou.correlator.behaviour;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Outcome;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Entities;
import org.wanglou.model.Level;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.behaviour.BehaviourRule;
import org.wanglou.rules.behaviour.Terms;

/** Drives {@link Profiles} as a stage does, with the store as a map, and can lose the cache at any moment. */
final class ProfileRun {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    final TreeMap<String, Outcome.Row> store = new TreeMap<>();
    final List<Signal> published = new ArrayList<>();
    final Meters meters = new Meters();
    private final Limits limits;
    private Routes routes;
    private Profiles profiles;
    private long now = Long.MIN_VALUE;

    ProfileRun(Limits limits, BehaviourRule... rules) {
        this.limits = limits;
        this.routes = new Routes(List.of(), Set.of(), List.of(rules));
        this.profiles = new Profiles(routes, limits, meters);
    }

    static BehaviourRule rule(BehaviourRule.Type type, String field, BehaviourRule.Bounds bounds) {
        return rule("r", type, field, bounds, Terms.NONE);
    }

    static BehaviourRule rule(
            String id, BehaviourRule.Type type, String field, BehaviourRule.Bounds bounds, Terms terms) {
        return new BehaviourRule(
                id,
                "title of " + id,
                "v1",
                Level.MEDIUM,
                List.of(),
                type,
                List.of("base"),
                List.of("host.name"),
                field.isEmpty() ? List.of() : List.of(field),
                bounds,
                terms,
                true,
                "test",
                "test.behaviour.yml",
                1);
    }

    static BehaviourRule.Bounds bounds(Duration learning, Duration memory, int values, long least) {
        return new BehaviourRule.Bounds(learning, memory, Duration.ofHours(1), values, least, 0.05, 3, 300, ZONE);
    }

    static Signal signal(String host, long time, String field, String value, int number) {
        String event = Sm3.id(host, Long.toString(time), value, Integer.toString(number));
        return new Signal(
                Sm3.id("base", event),
                "base",
                "v1",
                "base",
                Signal.Kind.RULE,
                time,
                Level.INFORMATIONAL,
                List.of(),
                new Entities("", host, "", "", "org"),
                field.isEmpty() ? Map.of("host.name", host) : Map.of("host.name", host, field, value),
                new Signal.Evidence(List.of(event), time, time, 1, false),
                1,
                Signal.Status.SETTLED,
                new Signal.Episode(time, time),
                0,
                "");
    }

    void accept(Signal signal) {
        for (Route route : routes.from(signal.ruleId())) {
            route.keyText(signal.ruleId(), signal.fields())
                    .ifPresent(text -> apply(profiles.accept(route.key(text), signal)));
        }
    }

    void tick(long watermark) {
        now = Math.max(now, watermark);
        profiles.advance(watermark, this::apply);
    }

    void restart() {
        profiles = new Profiles(routes, limits, meters);
        profiles.restore(new ArrayList<>(store.values()), now);
    }

    void swap(BehaviourRule... rules) {
        routes = new Routes(List.of(), Set.of(), List.of(rules));
        profiles.swap(routes, this::apply);
    }

    long counted(String what) {
        return meters.counter("wanglou_correlator_behaviour_total", "what", what)
                .sum();
    }

    long ignored(String reason) {
        return meters.counter("wanglou_correlator_window_ignored_total", "reason", reason)
                .sum();
    }

    private void apply(Outcome outcome) {
        for (Outcome.Row row : outcome.rows()) {
            String key = HexFormat.of().formatHex(row.key());
            if (row.value() == null) {
                store.remove(key);
            } else {
                store.put(key, row);
            }
        }
        published.addAll(outcome.hits());
    }
}
