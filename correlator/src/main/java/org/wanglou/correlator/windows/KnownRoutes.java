package org.wanglou.correlator.windows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.routes.Routes;

/**
 * The routes a task knows beside those in force: of rule sets whose keys still live, or whose signals are on their way
 * (their digest is in {@code wl-ref}). The digests are a row of the task's store, so that a restart knows the same
 * routes. Confined to its task's thread.
 */
final class KnownRoutes {
    /** How many other rule sets are known at most; the one learnt first goes first, its keys are led to their end. */
    static final int OTHERS_MAX = 16;

    private static final Bytes ROW = Bytes.wrap("known".getBytes(StandardCharsets.UTF_8));

    private final Shelf<Detectors> shelf;
    private final KeyValueStore<Bytes, byte[]> rows;
    private final LinkedHashMap<String, Routes> others = new LinkedHashMap<>();
    private Detectors force;

    private KnownRoutes(Detectors force, Shelf<Detectors> shelf, KeyValueStore<Bytes, byte[]> rows) {
        this.force = force;
        this.shelf = shelf;
        this.rows = rows;
    }

    /** Loads what the task's row names. */
    static KnownRoutes open(Detectors force, Shelf<Detectors> shelf, KeyValueStore<Bytes, byte[]> rows) {
        KnownRoutes known = new KnownRoutes(force, shelf, rows);
        byte[] row = rows.get(ROW);
        if (row != null) {
            try {
                for (Object digest : Jsons.read(row, List.class)) {
                    String name = String.valueOf(digest);
                    known.others.put(name, shelf.load(name).routes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("row of known rule sets is damaged", e);
            }
        }
        return known;
    }

    /** All routes; one that is in force has the rules that are in force. */
    Routes all() {
        Routes all = force.routes();
        List<Routes> latestFirst = new ArrayList<>(others.values());
        for (int i = latestFirst.size() - 1; i >= 0; i--) {
            all = all.over(latestFirst.get(i));
        }
        return all;
    }

    /**
     * Learns the routes of a digest that a signal names.
     *
     * @return false if it was known
     */
    boolean learn(String digest) {
        if (digest.isEmpty() || digest.equals(force.digest()) || others.containsKey(digest)) {
            return false;
        }
        add(digest, shelf.load(digest).routes());
        write();
        return true;
    }

    /** Goes on with others in force and keeps those before while they are needed. */
    void switchTo(Detectors next) {
        others.remove(next.digest());
        if (!next.digest().equals(force.digest())) {
            add(force.digest(), force.routes());
        }
        force = next;
        write();
    }

    private void add(String digest, Routes routes) {
        others.put(digest, routes);
        if (others.size() > OTHERS_MAX) {
            others.remove(others.keySet().iterator().next());
        }
    }

    /** Forgets the rule sets that no live route needs. */
    void prune(Set<ByteBuffer> live) {
        Set<ByteBuffer> open = new HashSet<>(live);
        open.removeAll(force.routes().ids());
        List<String> latestFirst = new ArrayList<>(others.keySet());
        boolean gone = false;
        for (int i = latestFirst.size() - 1; i >= 0; i--) {
            String digest = latestFirst.get(i);
            Routes routes = others.get(digest);
            if (routes != null && !open.removeAll(routes.ids())) {
                others.remove(digest);
                gone = true;
            }
        }
        if (gone) {
            write();
        }
    }

    private void write() {
        if (others.isEmpty()) {
            rows.delete(ROW);
        } else {
            rows.put(ROW, Jsons.bytes(List.copyOf(others.keySet())));
        }
    }
}
