package org.wanglou.correlator.wire;

/** Closes a dead letter, so that its clear bytes stay in no topic. Thread-safe. */
public interface Sealer {
    /** The sealed form of the input, which only the holder of the key can open. */
    byte[] seal(byte[] clear);
}
