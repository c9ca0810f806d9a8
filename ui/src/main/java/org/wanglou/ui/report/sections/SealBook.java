package org.wanglou.ui.report.sections;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.wanglou.store.reports.Seal;

/** The seals of the objects that a report is about, found by object. Immutable once {@link Builder#build} was called. */
public final class SealBook {
    private record Key(String objectType, String objectId) {}

    private final Map<Key, List<Seal>> seals;

    private SealBook(Map<Key, List<Seal>> seals) {
        this.seals = seals;
    }

    /** Collects seals, in order of seq, of the objects wanted. Confined to one thread. */
    public static final class Builder {
        private final Map<Key, List<Seal>> seals = new HashMap<>();

        public void want(String objectType, String objectId) {
            seals.computeIfAbsent(new Key(objectType, objectId), key -> new ArrayList<>());
        }

        /** Keeps the seal if its object is wanted. */
        public void add(Seal seal) {
            List<Seal> wanted = seals.get(new Key(seal.objectType(), seal.objectId()));
            if (wanted != null) {
                wanted.add(seal);
            }
        }

        /** Calls with type and id of each object that has no seal yet, and takes what it gives. */
        public void complete(Lookup lookup) {
            seals.forEach((key, found) -> {
                if (found.isEmpty()) {
                    found.addAll(lookup.sealsOf(key.objectType, key.objectId));
                }
            });
        }

        public SealBook build() {
            return new SealBook(Map.copyOf(seals));
        }
    }

    /** Where the seals of one object are found. */
    @FunctionalInterface
    public interface Lookup {
        List<Seal> sealsOf(String objectType, String objectId);
    }

    public Collection<List<Seal>> all() {
        return seals.values();
    }

    /** The latest seal of the object that the predicate takes. */
    Optional<Seal> latest(String objectType, String objectId, Predicate<Seal> which) {
        return seals.getOrDefault(new Key(objectType, objectId), List.of()).stream()
                .filter(which)
                .reduce((earlier, later) -> later);
    }

    /** What sealed the machine's opinion of the incident as the case knows it. */
    Optional<Seal> incident(CaseFact about) {
        return latest("incident", about.incidentId(), seal -> seal.objectRevision() <= about.incidentRevision());
    }

    /** What sealed the last decision on the case; before any, the incident. */
    Optional<Seal> decision(CaseFact about) {
        return latest("case", about.id(), seal -> seal.objectRevision() <= about.revision())
                .or(() -> incident(about));
    }

    /** What sealed the last decision of that type on the case. */
    Optional<Seal> decision(CaseFact about, String type) {
        return latest("case", about.id(), seal -> seal.type().equals(type)).or(() -> decision(about));
    }
}
