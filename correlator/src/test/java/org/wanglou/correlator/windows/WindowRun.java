package org.wanglou.correlator.windows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.wanglou.correlator.routes.Route;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;

/** Drives {@link KeyedWindows} as a stage does, with the store as a map, and can lose the cache at any moment. */
final class WindowRun {
    final TreeMap<String, Outcome.Row> store = new TreeMap<>();
    final List<Signal> published = new ArrayList<>();
    final Meters meters = new Meters();
    private Routes routes;
    private final Limits limits;
    private KeyedWindows windows;

    WindowRun(Limits limits, CorrelationRule... rules) {
        this.routes = new Routes(List.of(rules), Set.of());
        this.limits = limits;
        this.windows = new KeyedWindows(routes, limits, meters);
    }

    void accept(Signal signal) {
        for (Route route : routes.from(signal.ruleId())) {
            route.keyText(signal.ruleId(), signal.fields())
                    .ifPresent(text -> apply(windows.accept(route.key(text), signal)));
        }
    }

    void tick(long watermark) {
        windows.advance(watermark, this::apply);
    }

    void restart() {
        long now = windows.now();
        windows = new KeyedWindows(routes, limits, meters);
        windows.restore(new ArrayList<>(store.values()), now);
    }

    /** As the stage does: rules that are gone stay known for the keys they have. */
    void swap(CorrelationRule... rules) {
        routes = new Routes(List.of(rules), Set.of()).over(routes);
        for (byte[] key : windows.swap(routes, this::apply)) {
            String prefix = java.util.HexFormat.of().formatHex(key);
            windows.forget(key);
            windows.restore(store.subMap(prefix, prefix + "g").values().stream().toList(), windows.now());
        }
    }

    private void apply(Outcome outcome) {
        for (Outcome.Row row : outcome.rows()) {
            String key = java.util.HexFormat.of().formatHex(row.key());
            if (row.value() == null) {
                store.remove(key);
            } else {
                store.put(key, row);
            }
        }
        published.addAll(outcome.hits());
    }

    /** The last word on each hit, without what was taken back. */
    Map<String, Signal> standing() {
        Map<String, Signal> last = new LinkedHashMap<>();
        published.forEach(hit -> last.put(hit.id(), hit));
        last.values().removeIf(hit -> hit.status() == Signal.Status.RETRACTED);
        return last;
    }

    Set<WindowOracle.Found> found() {
        return standing().values().stream()
                .map(hit -> new WindowOracle.Found(
                        hit.ruleId(),
                        hit.key(),
                        hit.episode().first(),
                        hit.episode().last(),
                        hit.evidence().count(),
                        hit.evidence().eventIds()))
                .collect(Collectors.toSet());
    }
}
