package org.wanglou.rules.indicators;

/**
 * One known-bad thing. Immutable.
 *
 * @param type {@code ip} (address or block), {@code domain} (with all below it), {@code url} or {@code hash}
 * @param value as written, canonical where the type has a canonical form
 * @param source who says so
 * @param confidence 0–100
 * @param from first instant at which it counts, milliseconds UTC
 * @param to last such instant, {@link Long#MAX_VALUE} when open
 */
public record Indicator(
        String type, String value, String description, String source, int confidence, long from, long to) {
    public boolean validAt(long time) {
        return time >= from && time <= to;
    }
}
