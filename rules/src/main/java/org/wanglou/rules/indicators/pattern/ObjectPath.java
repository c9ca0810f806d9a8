package org.wanglou.rules.indicators.pattern;

import java.util.List;

/**
 * Where a value is found: a type of object and the way into it (STIX 2.1 §9.7). Immutable.
 *
 * @param type such as {@code file}
 * @param steps at least one
 */
public record ObjectPath(String type, List<Step> steps) {
    public ObjectPath {
        steps = List.copyOf(steps);
    }

    /** One step. */
    public sealed interface Step {}

    /** Into the property, or the entry of a dictionary, of that name. */
    public record Key(String name) implements Step {}

    /** Into one member of a list, counted from 0. */
    public record Index(int position) implements Step {}

    /** Into each member of a list. */
    public record Each() implements Step {}

    /** The path without its quotes, such as {@code file:hashes.SHA-256}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type);
        char joint = ':';
        for (Step step : steps) {
            if (step instanceof Key key) {
                text.append(joint).append(key.name());
            } else {
                text.append(step instanceof Index index ? "[" + index.position() + "]" : "[*]");
            }
            joint = '.';
        }
        return text.toString();
    }
}
