package org.wanglou.correlator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.reference.Reference;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.reference.SnapshotStore;

/** Shelves without a broker. */
public final class Shelves {
    /** Snapshots on the heap. */
    public static final class Heap implements SnapshotStore {
        public final Map<String, byte[]> kept = new ConcurrentHashMap<>();

        @Override
        public Optional<byte[]> load(String digest) {
            return Optional.ofNullable(kept.get(digest));
        }

        @Override
        public void keep(String kind, String digest, byte[] bytes) {
            kept.putIfAbsent(digest, bytes);
        }
    }

    private Shelves() {}

    /** A shelf that holds one value for ever. */
    public static <T extends Reference> Shelf<T> of(T value) {
        Shelf<T> shelf = new Shelf<>(
                Detectors.KIND,
                bytes -> {
                    throw new IllegalStateException("not to be made again");
                },
                new Heap());
        shelf.offer(value);
        return shelf;
    }
}
