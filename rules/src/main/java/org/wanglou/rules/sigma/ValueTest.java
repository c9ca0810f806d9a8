package org.wanglou.rules.sigma;

import java.time.ZoneId;
import java.util.Arrays;

/** What one value of a field is held against. Immutable. */
public sealed interface ValueTest {
    /** Text with wildcards over the whole value. {@code glob} is folded unless cased. */
    record Text(Glob glob, boolean cased) implements ValueTest {}

    /** A number: equal numbers match, also written as text. */
    record Number(double value) implements ValueTest {}

    /** A regular expression found anywhere in the value; the reader has seen it compile. */
    record Regex(String pattern, boolean ignoreCase, boolean multiline, boolean dotAll) implements ValueTest {}

    /** An address block. */
    record Cidr(String text, byte[] network, int bits) implements ValueTest {
        public boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cidr cidr && cidr.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** A numeric comparison; a value that is no number does not match. */
    record Compare(Op op, double bound) implements ValueTest {
        public boolean holds(double value) {
            return op.holds(value, bound);
        }
    }

    /** Presence or absence, whatever the value. */
    record Exists(boolean wanted) implements ValueTest {}

    /** Missing, or an explicit null. */
    record Null() implements ValueTest {}

    /**
     * Another field's value: whole, or as beginning, end or part. False when either side is missing or null, so that its
     * negation ({@code fieldref|neq}) is true then, as {@code neq} on a missing field always is.
     */
    record FieldRef(String field, How how, boolean cased) implements ValueTest {
        /** Where the other value has to stand. */
        public enum How {
            WHOLE,
            STARTSWITH,
            ENDSWITH,
            CONTAINS
        }
    }

    /** A part of a time in a zone, compared; a value that is no time does not match. */
    record TimePart(TimeParts.Unit unit, Op op, long value, ZoneId zone) implements ValueTest {
        public boolean holds(Object time) {
            int part = TimeParts.of(time, unit, zone);
            return part != TimeParts.NONE && op.holds(part, value);
        }
    }
}
