package org.wanglou.rules.indicators.pattern;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/** A constant in a pattern (STIX 2.1 §9.3). Immutable. */
public sealed interface Literal {
    /** Characters in quotes, unescaped. */
    record Text(String value) implements Literal {
        @Override
        public String plain() {
            return value;
        }
    }

    /** An integer or a decimal fraction. */
    record Number(BigDecimal value) implements Literal {
        @Override
        public String plain() {
            return value.toPlainString();
        }
    }

    /** {@code true} or {@code false}. */
    record Truth(boolean value) implements Literal {
        @Override
        public String plain() {
            return Boolean.toString(value);
        }
    }

    /** {@code t'…'}, to the nanosecond; a day its month does not have counts on into the next. */
    record Time(Instant value) implements Literal {
        @Override
        public String plain() {
            return value.toString();
        }
    }

    /** {@code h'…'} or {@code b'…'}. */
    record Binary(byte[] value) implements Literal {
        @Override
        public String plain() {
            return HexFormat.of().formatHex(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(value, binary.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }
    }

    /** The constant as characters, without quotes. */
    String plain();
}
