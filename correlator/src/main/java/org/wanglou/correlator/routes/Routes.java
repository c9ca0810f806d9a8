package org.wanglou.correlator.routes;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wanglou.rules.behaviour.BehaviourRule;
import org.wanglou.rules.sigma.CorrelationRule;

/** All routes of a rule set, by id and by referred rule. Immutable. */
public final class Routes {
    public static final Routes NONE = new Routes(List.of(), Set.of());

    private final Map<ByteBuffer, Route> byId = new HashMap<>();
    private final Map<String, List<Route>> byRule = new TreeMap<>();
    private final Map<String, List<String>> fieldsByRule = new TreeMap<>();
    private final Set<String> generating;

    /**
     * @param rules the correlation rules
     * @param generating ids of referred rules whose signals go to stories all the same ({@code generate: true})
     */
    public Routes(List<CorrelationRule> rules, Set<String> generating) {
        this(rules, generating, List.of());
    }

    /** @param behaviours rules about behaviour; those that are switched off have no route */
    public Routes(List<CorrelationRule> rules, Set<String> generating, List<BehaviourRule> behaviours) {
        Map<ByteBuffer, List<CorrelationRule>> shared = new LinkedHashMap<>();
        for (CorrelationRule rule : rules) {
            shared.computeIfAbsent(ByteBuffer.wrap(Route.id(rule)), id -> new ArrayList<>())
                    .add(rule);
        }
        shared.values().forEach(group -> add(new Route(group)));
        behaviours.stream().filter(BehaviourRule::enabled).forEach(rule -> add(new Route(rule)));
        this.generating = Set.copyOf(generating);
    }

    private void add(Route route) {
        byId.put(route.handle(), route);
        for (String ruleId : route.ruleIds()) {
            byRule.computeIfAbsent(ruleId, id -> new ArrayList<>()).add(route);
            Set<String> fields = new TreeSet<>(fieldsByRule.getOrDefault(ruleId, List.of()));
            fields.addAll(route.fieldsNeeded(ruleId));
            fieldsByRule.put(ruleId, List.copyOf(fields));
        }
    }

    /** The route whose id are the first 16 bytes of a routed key. */
    public Optional<Route> of(byte[] key) {
        return key.length < Route.ID_BYTES
                ? Optional.empty()
                : Optional.ofNullable(
                        byId.get(ByteBuffer.wrap(key, 0, Route.ID_BYTES).slice()));
    }

    /** Ids of all routes. */
    public Set<ByteBuffer> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    /** The routes of a rule's signals; none if no correlation refers to it. */
    public List<Route> from(String ruleId) {
        return byRule.getOrDefault(ruleId, List.of());
    }

    /** Fields that signals of a rule must carry. */
    public List<String> fieldsNeeded(String ruleId) {
        return fieldsByRule.getOrDefault(ruleId, List.of());
    }

    /** Whether signals of a rule go straight to stories. */
    public boolean toStories(String ruleId) {
        return !byRule.containsKey(ruleId) || generating.contains(ruleId);
    }

    /** These routes, with those of {@code older} that are gone here still known to the windows. */
    public Routes over(Routes older) {
        Routes both = new Routes(List.of(), generating);
        both.byRule.putAll(byRule);
        both.fieldsByRule.putAll(fieldsByRule);
        both.byId.putAll(older.byId);
        both.byId.putAll(byId);
        return both;
    }
}
