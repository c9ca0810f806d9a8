package org.wanglou.rules.indicators;

/**
 * One known-bad thing. Immutable.
 *
 * @param value in its canonical form
 * @param description at most {@value #DESCRIPTION_MAX} characters
 * @param confidence 0–100
 * @param from first instant at which it counts, milliseconds UTC; {@link Long#MIN_VALUE} when open
 * @param to last such instant, {@link Long#MAX_VALUE} when open
 * @param side which side of a connection it may be on
 * @param port the other half of an address with port; 0: any
 * @param sightings how often its source has seen it
 */
public record Indicator(
        IndicatorType type,
        String value,
        String description,
        Origin origin,
        int confidence,
        long from,
        long to,
        Side side,
        int port,
        long sightings) {
    public static final int DESCRIPTION_MAX = 240;

    /** Confidence of an indicator whose source gives none. */
    public static final int CONFIDENCE = 50;

    /** Which side of a connection. */
    public enum Side {
        ANY,
        SOURCE,
        DESTINATION
    }

    public Indicator {
        description = description.length() > DESCRIPTION_MAX ? description.substring(0, DESCRIPTION_MAX) : description;
        confidence = Math.max(0, Math.min(100, confidence));
    }

    /** An indicator that always counts, on either side. */
    public static Indicator of(IndicatorType type, String value, String description, Origin origin) {
        return new Indicator(
                type, value, description, origin, CONFIDENCE, Long.MIN_VALUE, Long.MAX_VALUE, Side.ANY, 0, 0);
    }

    public boolean validAt(long time) {
        return time >= from && time <= to;
    }

    public String source() {
        return origin.source();
    }

    public Indicator valued(IndicatorType newType, String newValue) {
        return new Indicator(newType, newValue, description, origin, confidence, from, to, side, port, sightings);
    }

    public Indicator on(Side newSide, int newPort) {
        return new Indicator(type, value, description, origin, confidence, from, to, newSide, newPort, sightings);
    }

    public Indicator between(long newFrom, long newTo) {
        return new Indicator(type, value, description, origin, confidence, newFrom, newTo, side, port, sightings);
    }

    public Indicator trusted(int newConfidence, long newSightings) {
        return new Indicator(type, value, description, origin, newConfidence, from, to, side, port, newSightings);
    }
}
