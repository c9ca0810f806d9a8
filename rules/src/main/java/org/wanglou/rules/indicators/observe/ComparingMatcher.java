package org.wanglou.rules.indicators.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.indicators.observe.Paths.Found;
import org.wanglou.rules.indicators.pattern.Comparing;
import org.wanglou.rules.indicators.pattern.Literal;
import org.wanglou.rules.indicators.pattern.ObjectPath;

/**
 * Whether one observation is what stands in square brackets. All comparisons about one type of object are about the same
 * object. Confined to its caller.
 */
final class ComparingMatcher {
    private final ObservedData observed;
    private final Steps steps;

    ComparingMatcher(ObservedData observed, Steps steps) {
        this.observed = observed;
        this.steps = steps;
    }

    boolean matches(Comparing comparing) {
        Set<String> types = new LinkedHashSet<>();
        comparing.each(test -> types.add(test.path().type()));
        return choose(List.copyOf(types), 0, new HashMap<>(), comparing);
    }

    private boolean choose(List<String> types, int at, Map<String, JsonNode> chosen, Comparing comparing) {
        if (at == types.size()) {
            return holds(comparing, chosen);
        }
        String type = types.get(at);
        List<@Nullable JsonNode> candidates = new ArrayList<>();
        for (JsonNode object : observed.seen()) {
            if (object.path("type").asText().equals(type)) {
                candidates.add(object);
            }
        }
        if (candidates.isEmpty()) {
            return choose(types, at + 1, chosen, comparing);
        }
        for (JsonNode candidate : candidates) {
            steps.take();
            chosen.put(type, candidate);
            if (choose(types, at + 1, chosen, comparing)) {
                return true;
            }
        }
        chosen.remove(type);
        return false;
    }

    private boolean holds(Comparing comparing, Map<String, JsonNode> chosen) {
        steps.take();
        if (comparing instanceof Comparing.All all) {
            return all.parts().stream().allMatch(part -> holds(part, chosen));
        }
        if (comparing instanceof Comparing.Any any) {
            return any.parts().stream().anyMatch(part -> holds(part, chosen));
        }
        Comparing.Test test = (Comparing.Test) comparing;
        JsonNode object = chosen.get(test.path().type());
        if (object == null) {
            return false;
        }
        boolean reference = isReference(test.path());
        for (Found found : Paths.follow(test.path(), object, observed.all())) {
            steps.take();
            if (test.operator() == Comparing.Operator.EXISTS) {
                if (!found.node().isNull()) {
                    return true;
                }
                continue;
            }
            Optional<Literal> value = Values.of(reference ? "" : found.name(), found.node());
            boolean unreadable = value.isEmpty() && found.node().isTextual();
            if (!unreadable && value.filter(one -> Values.holds(test, one)).isPresent() != test.negated()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReference(ObjectPath path) {
        return path.steps().get(path.steps().size() - 1) instanceof ObjectPath.Key key
                && key.name().endsWith("_ref");
    }
}
