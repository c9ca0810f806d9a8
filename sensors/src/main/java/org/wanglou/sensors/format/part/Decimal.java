package org.wanglou.sensors.format.part;

/**
 * A JSON number that is no {@code long}: the digits as written beside their value, because a time in seconds with nine
 * decimals does not fit a {@code double}.
 *
 * @param value a {@code Double}, a {@code Long}, or the digits themselves
 */
record Decimal(String digits, Object value) {
    @Override
    public String toString() {
        return digits;
    }
}
