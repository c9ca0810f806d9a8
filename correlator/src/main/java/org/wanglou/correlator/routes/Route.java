package org.wanglou.correlator.routes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.rules.behaviour.BehaviourRule;
import org.wanglou.rules.sigma.CorrelationRule;

/**
 * The way of a signal to the windows that all rules with the same (referred rules, group-by, span) share.
 *
 * <p>Its id is the first 16 bytes of SM3 over canonical JSON {@code {"groupBy":[…],"rules":[…],"span":ms}} (with
 * {@code "aliases"} first where a rule has any); a signal's Kafka key is that id followed by the first 16 bytes of SM3
 * over the canonical JSON array of its group-by values. Immutable.
 */
public final class Route {
    /** Bytes of a route's id. */
    public static final int ID_BYTES = 16;

    private final byte[] id;
    private final List<CorrelationRule> rules;
    private final List<List<String>> counted;
    private final List<List<String>> orders;
    private final @Nullable BehaviourRule behaviour;

    /** @param rules at least one; all with the same referred rules, group-by, aliases and span */
    Route(List<CorrelationRule> rules) {
        this.rules = List.copyOf(rules);
        this.behaviour = null;
        this.id = id(rules.get(0));
        this.orders = orders(rules);
        this.counted = rules.stream()
                .map(CorrelationRule::valueFields)
                .filter(fields -> !fields.isEmpty())
                .distinct()
                .sorted(Comparator.comparing(List::toString))
                .toList();
    }

    /** The way to the profiles of a rule about behaviour: its id is over the canonical JSON of what its state belongs to. */
    Route(BehaviourRule behaviour) {
        this.behaviour = behaviour;
        this.rules = List.of();
        this.counted = List.of();
        this.orders = List.of();
        this.id = Arrays.copyOf(Sm3.digest(Jsons.bytes(new TreeMap<>(behaviour.identity()))), ID_BYTES);
    }

    private static List<List<String>> orders(List<CorrelationRule> rules) {
        return rules.stream()
                .filter(rule -> rule.type() == CorrelationRule.Type.TEMPORAL_ORDERED)
                .map(CorrelationRule::ruleIds)
                .distinct()
                .toList();
    }

    static byte[] id(CorrelationRule rule) {
        Map<String, Object> parts = new TreeMap<>();
        if (!rule.aliases().isEmpty()) {
            Map<String, Object> aliases = new TreeMap<>();
            rule.aliases().forEach((name, fields) -> aliases.put(name, new TreeMap<>(fields)));
            parts.put("aliases", aliases);
        }
        parts.put("groupBy", rule.groupBy());
        parts.put("rules", rule.ruleIds().stream().sorted().distinct().toList());
        parts.put("span", rule.span().toMillis());
        return Arrays.copyOf(Sm3.digest(Jsons.bytes(parts)), ID_BYTES);
    }

    public byte[] id() {
        return id.clone();
    }

    /** The id as a map key. */
    public ByteBuffer handle() {
        return ByteBuffer.wrap(id).asReadOnlyBuffer();
    }

    public List<CorrelationRule> rules() {
        return rules;
    }

    /** The rule about behaviour whose profiles this leads to; without one it leads to windows. */
    public Optional<BehaviourRule> behaviour() {
        return Optional.ofNullable(behaviour);
    }

    List<String> ruleIds() {
        return behaviour == null ? rules.get(0).ruleIds() : behaviour.ruleIds();
    }

    public List<String> groupBy() {
        return behaviour != null ? behaviour.groupBy() : rules.get(0).groupBy();
    }

    public long spanMillis() {
        return rules.get(0).span().toMillis();
    }

    /** The field tuples whose distinct values some rule of the route counts, in a fixed order. */
    public List<List<String>> counted() {
        return counted;
    }

    /**
     * The canonical JSON array of a signal's group-by values; empty if one of them is missing: what has no key has no
     * window (an absent field groups nothing).
     */
    public Optional<String> keyText(String ruleId, Map<String, String> fields) {
        List<String> values = new ArrayList<>();
        for (String name : groupBy()) {
            String value = fields.get(fieldOf(name, ruleId));
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(Jsons.text(values));
    }

    /** The Kafka key of a group: route ‖ hash of the values. */
    public byte[] key(String keyText) {
        byte[] key = Arrays.copyOf(id, 2 * ID_BYTES);
        byte[] hash = Sm3.digest(keyText.getBytes(StandardCharsets.UTF_8));
        System.arraycopy(hash, 0, key, ID_BYTES, ID_BYTES);
        return key;
    }

    /** The orders in which some rules of the route ask for the referred rules, each once. */
    public List<List<String>> orders() {
        return orders;
    }

    /** Names of all fields that a signal of this rule must carry for the route. */
    public List<String> fieldsNeeded(String ruleId) {
        List<String> names = new ArrayList<>();
        counted.forEach(names::addAll);
        names.removeIf(CorrelationRule.RULE_ITSELF::equals);
        groupBy().forEach(name -> names.add(fieldOf(name, ruleId)));
        if (behaviour != null) {
            names.addAll(behaviour.fields());
        }
        return names;
    }

    private String fieldOf(String name, String ruleId) {
        return behaviour == null ? rules.get(0).fieldOf(name, ruleId) : name;
    }
}
