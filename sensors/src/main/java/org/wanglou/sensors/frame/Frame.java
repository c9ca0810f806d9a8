package org.wanglou.sensors.frame;

/**
 * One message as it came, before anybody reads it.
 *
 * @param bytes the raw message without its framing
 * @param peer the sender's address, empty when it came from none
 * @param receivedMillis receipt, milliseconds UTC
 * @param origin what {@code event.id} is made from (DESIGN 2.1), unique for each frame of a listener
 * @param cut true when the message was longer than the limit and lost its end
 * @param unit the organisation the sender's certificate stands for; empty when it showed none
 * @param lines how many lines of the source it holds, a header put before it not counted
 * @param outer what the framing said beside the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copied by nobody
public record Frame(
        byte[] bytes,
        String peer,
        long receivedMillis,
        String origin,
        boolean cut,
        String unit,
        int lines,
        Outer outer) {
    /** A frame of one line of a sender without certificate. */
    public Frame(byte[] bytes, String peer, long receivedMillis, String origin, boolean cut) {
        this(bytes, peer, receivedMillis, origin, cut, "");
    }

    /** A frame of one line and nothing beside it. */
    public Frame(byte[] bytes, String peer, long receivedMillis, String origin, boolean cut, String unit) {
        this(bytes, peer, receivedMillis, origin, cut, unit, 1, Outer.NONE);
    }

    /** A frame of one line. */
    public Frame(byte[] bytes, String peer, long receivedMillis, String origin, boolean cut, String unit, Outer outer) {
        this(bytes, peer, receivedMillis, origin, cut, unit, 1, outer);
    }

    /** As this, with other bytes. */
    public Frame with(byte[] other) {
        return new Frame(other, peer, receivedMillis, origin, cut, unit, lines, outer);
    }

    /** As this, counted as one line. */
    public Frame oneLine() {
        return new Frame(bytes, peer, receivedMillis, origin, cut, unit, 1, outer);
    }

    /** As this, with the lines that were joined to it. The id tells groups of different extent apart. */
    public Frame joined(byte[] group, int count, boolean bounded) {
        String name = count > 1 ? origin + "+" + count : origin;
        return new Frame(group, peer, receivedMillis, name, cut || bounded, unit, count, outer);
    }
}
