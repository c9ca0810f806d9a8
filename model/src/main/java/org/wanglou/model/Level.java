package org.wanglou.model;

import java.util.Locale;
import java.util.Optional;

/** A rule's severity (规则严重度) in the words of Sigma: 提示, 低, 中, 高, 严重. */
public enum Level {
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The word used in Sigma files and on the wire, lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads Sigma's word; empty if it is none of the five. */
    public static Optional<Level> of(String word) {
        for (Level level : values()) {
            if (level.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
