package org.wanglou.model;

import java.util.Optional;

/**
 * One scheme's grade of an incident.
 *
 * @param scheme {@code gbt20986-2023}, {@code cac-2025}, {@code edu-2018-8} or {@code unit}
 * @param value the grade (事件级别)
 * @param state whether a person has confirmed it
 * @param by {@code machine} or the account that confirmed
 * @param at milliseconds UTC
 * @param basis table row and clause in words
 * @param tableVersion digest or version of the table
 * @param verified false when the row is 待核
 */
public record Grade(
        String scheme,
        Value value,
        State state,
        String by,
        long at,
        String basis,
        String tableVersion,
        boolean verified) {

    /** 事件级别, gravest first. */
    public enum Value {
        EXTRAORDINARY("特别重大"),
        MAJOR("重大"),
        LARGER("较大"),
        GENERAL("一般");

        private final String chinese;

        Value(String chinese) {
            this.chinese = chinese;
        }

        public String chinese() {
            return chinese;
        }

        /** True if this is as grave as {@code other} or graver. */
        public boolean atLeast(Value other) {
            return ordinal() <= other.ordinal();
        }

        /** Reads the Chinese word or the enum name. */
        public static Optional<Value> of(String word) {
            for (Value value : values()) {
                if (value.chinese.equals(word) || value.name().equalsIgnoreCase(word)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }

    /** 建议 or 已确认. */
    public enum State {
        PROPOSED,
        CONFIRMED
    }
}
