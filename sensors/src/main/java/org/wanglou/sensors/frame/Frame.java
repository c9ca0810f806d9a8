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
 * @param outer what the framing said beside the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copied by nobody
public record Frame(
        byte[] bytes, String peer, long receivedMillis, String origin, boolean cut, String unit, Outer outer) {
    /** A frame of a sender without certificate. */
    public Frame(byte[] bytes, String peer, long receivedMillis, String origin, boolean cut) {
        this(bytes, peer, receivedMillis, origin, cut, "");
    }

    /** A frame of bytes alone. */
    public Frame(byte[] bytes, String peer, long receivedMillis, String origin, boolean cut, String unit) {
        this(bytes, peer, receivedMillis, origin, cut, unit, Outer.NONE);
    }

    /** As this, with other bytes. */
    public Frame with(byte[] other) {
        return new Frame(other, peer, receivedMillis, origin, cut, unit, outer);
    }
}
