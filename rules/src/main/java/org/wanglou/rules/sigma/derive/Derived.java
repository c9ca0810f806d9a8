package org.wanglou.rules.sigma.derive;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A field made from another one. Its values are a list: a test holds when it holds for any of them. What an event itself
 * says under the name of a derived field is not looked at, so that no sender can put words into it. Immutable.
 *
 * @param name as rules write it
 * @param source the ECS field it is made from; without that it is missing
 */
public record Derived(String name, String source, Function<String, List<String>> views) {
    private static final Map<String, Derived> ALL =
            Map.of(WebText.FIELD, new Derived(WebText.FIELD, "url.original", WebText::views));

    /** The derived field of this name; empty when the name is an ordinary one. */
    public static Optional<Derived> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Its values for one value of the source. */
    public List<String> of(String value) {
        return views.apply(value);
    }
}
