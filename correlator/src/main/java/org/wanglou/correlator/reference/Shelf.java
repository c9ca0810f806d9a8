package org.wanglou.correlator.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wanglou.correlator.wire.UnloadableSnapshotException;

/**
 * The values of one kind of reference data: the newest, to which tasks switch between two records, and any other by its
 * digest, made again from the snapshot store when it is none of the last {@value #RECENT}. Thread-safe.
 */
public final class Shelf<T extends Reference> {
    private static final int RECENT = 3;

    private final String kind;
    private final Function<byte[], T> remake;
    private final SnapshotStore store;
    private final CompletableFuture<T> first = new CompletableFuture<>();
    private final Map<String, T> recent = new LinkedHashMap<>();
    private volatile @Nullable T newest;

    /** @param remake makes a value from its archive; throws unchecked when it cannot */
    public Shelf(String kind, Function<byte[], T> remake, SnapshotStore store) {
        this.kind = kind;
        this.remake = remake;
        this.store = store;
    }

    public String kind() {
        return kind;
    }

    /**
     * Makes a value survive, so that any task may from now on rely on its digest.
     *
     * @throws IllegalArgumentException when it has no archive
     */
    public void keep(T value) {
        byte[] bytes = value.archive()
                .orElseThrow(() -> new IllegalArgumentException(
                        kind + " " + value.digest() + " have no archive: make them from packs"));
        store.keep(kind, value.digest(), bytes);
        remember(value);
    }

    private synchronized void remember(T value) {
        recent.remove(value.digest());
        recent.put(value.digest(), value);
        while (recent.size() > RECENT) {
            recent.remove(recent.keySet().iterator().next());
        }
    }

    /** Makes a value the newest. */
    public void offer(T value) {
        newest = value;
        first.complete(value);
    }

    /** Says that the first value cannot come; {@link #await} then throws this. */
    public void fail(Throwable failure) {
        first.completeExceptionally(failure);
    }

    /** The newest; null before the first. */
    public @Nullable T peek() {
        return newest;
    }

    /** The newest, waiting for the first. */
    public T await() {
        T value = newest;
        return value == null ? first.join() : value;
    }

    /**
     * The value a task had before it stopped. Waits for the first offer, which most often is the same one.
     *
     * @throws UnloadableSnapshotException when it is neither that nor to be made again
     */
    public T resume(String digest) {
        first.handle((value, failure) -> true).join();
        return load(digest);
    }

    /**
     * The value of a digest.
     *
     * @throws UnloadableSnapshotException when the store has no such bytes or nothing can be made of them
     */
    public synchronized T load(String digest) {
        T value = newest;
        if (value != null && value.digest().equals(digest)) {
            return value;
        }
        T known = recent.get(digest);
        if (known != null) {
            return known;
        }
        Optional<byte[]> bytes = digest.matches("[0-9a-f]{32}") ? store.load(digest) : Optional.empty();
        if (bytes.isEmpty()) {
            throw new UnloadableSnapshotException(kind, digest, "there is none");
        }
        if (!Archive.digest(bytes.get()).equals(digest)) {
            throw new UnloadableSnapshotException(kind, digest, "its content was changed");
        }
        T made;
        try {
            made = remake.apply(bytes.get());
        } catch (RuntimeException e) {
            throw new UnloadableSnapshotException(kind, digest, e);
        }
        remember(made);
        return made;
    }
}
