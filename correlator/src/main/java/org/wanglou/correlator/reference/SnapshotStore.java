package org.wanglou.correlator.reference;

import java.util.Optional;

/**
 * Where the content of reference data survives, by its digest. Thread-safe; may block on I/O and throw unchecked when the
 * store is away: the caller tries again.
 */
public interface SnapshotStore {
    /** The bytes kept under a digest; empty when there are none. */
    Optional<byte[]> load(String digest);

    /**
     * Keeps bytes for ever, durable when it returns; bytes that are there already stay.
     *
     * @param kind kind of reference data, such as {@code rules} or {@code knowledge}
     */
    void keep(String kind, String digest, byte[] bytes);
}
