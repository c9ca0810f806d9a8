package org.wanglou.correlator.stories.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.incident.IncidentAssembler;
import org.wanglou.correlator.stories.incident.Telling;
import org.wanglou.model.Incident;
import org.wanglou.model.Level;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;

/**
 * The signals, stories and incidents of one organisation. Confined to its task's thread.
 *
 * <p>The session is told new signals in (time, id) order; one that comes out of order, is revised or is taken back throws
 * the session away, and the next is built from the rows. Either way the decision is a function of the signals alone. Then
 * each story that tells something new is cut where it was quiet for long, each piece is matched to the incident it was
 * told as before (by a signal in common, the earliest first), and what differs is a new revision.
 */
final class OrganizationStories {
    private final String organization;
    private final StoryLimits limits;
    private final Meters meters;
    private final TreeMap<String, Signal> signals = new TreeMap<>();
    private final TreeMap<String, Incident> incidents = new TreeMap<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private Map<Told.Place, Telling> before = Map.of();
    private @Nullable StorySession session;
    private @Nullable Signal latest;
    private int material;

    OrganizationStories(String organization, StoryLimits limits, Meters meters) {
        this.organization = organization;
        this.limits = limits;
        this.meters = meters;
    }

    void restore(Signal signal) {
        if (signals.put(signal.id(), signal) == null) {
            alike.merge(group(signal), 1, Integer::sum);
            material += isMaterial(signal) ? 1 : 0;
        }
    }

    void restore(Incident incident) {
        incidents.put(incident.id(), incident);
    }

    boolean isEmpty() {
        return signals.isEmpty() && incidents.isEmpty();
    }

    boolean hasSession() {
        return session != null;
    }

    boolean isUnsettled() {
        return incidents.values().stream().anyMatch(incident -> incident.status() == Incident.Status.OPEN);
    }

    /** Takes a signal; false if it changes nothing. */
    boolean accept(Signal signal, Knowledge knowledge, long now, Decided decided) {
        Signal known = signals.get(signal.id());
        boolean retracted = signal.status() == Signal.Status.RETRACTED;
        if (known == null ? retracted : known.revision() >= signal.revision()) {
            ignored("repeated");
            return false;
        }
        if (known == null && !fits(signal)) {
            return false;
        }
        if (retracted) {
            forget(signal, decided);
        } else {
            if (known == null && isMaterial(signal)) {
                makeRoom(decided);
            }
            signals.put(signal.id(), signal);
            if (known == null) {
                alike.merge(group(signal), 1, Integer::sum);
            }
            decided.put(StoryRows.signalKey(organization, signal.id()), StoryRows.signal(signal));
        }
        boolean inOrder = known == null && (latest == null || Told.ORDER.compare(signal, latest) > 0);
        StorySession live = session;
        if (live != null && inOrder) {
            live.tell(List.of(signal));
            latest = signal;
        } else {
            drop();
            build(knowledge, now);
        }
        return true;
    }

    private boolean fits(Signal signal) {
        if (alike.getOrDefault(group(signal), 0) >= limits.alikeMax()) {
            ignored("alike");
            return false;
        }
        if (signals.size() >= limits.signalsMax() && !isMaterial(signal)) {
            ignored("organization_full");
            return false;
        }
        return true;
    }

    /** Signals too low to tell anything by themselves: what stories are made of, and many (every log-in is one). */
    private static boolean isMaterial(Signal signal) {
        return signal.chain() == 0 && signal.level().compareTo(Level.MEDIUM) < 0;
    }

    /** Keeps material within half the bound: the oldest quarter that is in no incident goes, and is counted. */
    private void makeRoom(Decided decided) {
        if (++material <= limits.signalsMax() / 2) {
            return;
        }
        Set<String> needed = needed();
        List<Signal> oldest = signals.values().stream()
                .filter(signal -> isMaterial(signal) && !needed.contains(signal.id()))
                .sorted(Told.ORDER)
                .limit(Math.max(1, limits.signalsMax() / 8))
                .toList();
        oldest.forEach(signal -> forget(signal, decided));
        oldest.forEach(signal -> ignored("material_evicted"));
        drop();
    }

    private Set<String> needed() {
        Set<String> needed = new HashSet<>();
        incidents.values().forEach(incident -> incident.signals().forEach(ref -> needed.add(ref.id())));
        return needed;
    }

    private void forget(Signal signal, Decided decided) {
        signals.remove(signal.id());
        material -= isMaterial(signal) ? 1 : 0;
        alike.computeIfPresent(group(signal), (group, count) -> count == 1 ? null : count - 1);
        decided.delete(StoryRows.signalKey(organization, signal.id()));
    }

    private static String group(Signal signal) {
        return signal.ruleId()
                + '\n'
                + signal.entities().source()
                + '\n'
                + signal.entities().asset();
    }

    private StorySession build(Knowledge knowledge, long now) {
        StorySession built = new StorySession(knowledge);
        List<Signal> ordered = signals.values().stream().sorted(Told.ORDER).toList();
        try {
            built.tell(ordered);
            if (knowledge.timed()) {
                built.tick(now);
            }
        } catch (RuntimeException e) {
            built.close();
            throw e;
        }
        session = built;
        latest = ordered.isEmpty() ? null : ordered.get(ordered.size() - 1);
        return built;
    }

    /** Throws the session away; the rows remain. */
    void drop() {
        StorySession live = session;
        if (live != null) {
            live.close();
        }
        session = null;
        latest = null;
    }

    /** Moves the session's clock, for rules that wait for time to pass. */
    void tick(Knowledge knowledge, long now) {
        StorySession live = session;
        if (live == null) {
            build(knowledge, now);
        } else {
            live.tick(now);
        }
    }

    /** Forgets what was said before, so that every story is looked at again. */
    void judgeAgain() {
        before = Map.of();
    }

    /** Publishes what differs between the decision now and the one stored. */
    void decide(Knowledge knowledge, IncidentAssembler assembler, long now, Decided decided) {
        StorySession live = session;
        Map<Told.Place, Telling> telling =
                (live == null ? build(knowledge, now) : live).told().standing();
        Set<Told.Place> places = new HashSet<>();
        telling.forEach((place, story) -> {
            if (!story.equals(before.get(place))) {
                places.add(place);
            }
        });
        before.keySet().stream().filter(place -> !telling.containsKey(place)).forEach(places::add);
        Map<String, Told.Place> untold = new TreeMap<>();
        if (before.isEmpty()) {
            incidents.values().forEach(incident -> untold.put(incident.storyKey(), new Told.Place("", "")));
        }
        before = new LinkedHashMap<>(telling);
        List<Told.Place> inOrder = new ArrayList<>(places);
        inOrder.sort(Comparator.comparing(Told.Place::rule).thenComparing(Told.Place::key));
        for (Told.Place place : inOrder) {
            Telling story = telling.get(place);
            String key = storyKey(place);
            untold.remove(key);
            decideStory(key, story == null ? List.of() : pieces(story), assembler, now, decided);
        }
        for (String key : untold.keySet()) {
            if (!key.contains(RuleBudget.SUMMARY)) {
                decideStory(key, List.of(), assembler, now, decided);
            }
        }
    }

    private String storyKey(Told.Place place) {
        return IncidentAssembler.storyKey(
                new Telling(place.rule(), place.key(), List.of(), "", "", "", ""), organization);
    }

    /** Cuts a story where nothing happened for longer than the quiet time. */
    private List<Telling> pieces(Telling story) {
        List<Telling> pieces = new ArrayList<>();
        List<Signal> piece = new ArrayList<>();
        long end = Long.MIN_VALUE;
        for (Signal signal : story.signals()) {
            if (!piece.isEmpty() && signal.evidence().first() - end > limits.quietMillis()) {
                pieces.add(story.of(piece));
                piece = new ArrayList<>();
                end = Long.MIN_VALUE;
            }
            piece.add(signal);
            end = Math.max(end, IncidentAssembler.end(signal));
        }
        pieces.add(story.of(piece));
        return pieces;
    }

    private void decideStory(
            String storyKey, List<Telling> pieces, IncidentAssembler assembler, long now, Decided decided) {
        List<Incident> stored = new ArrayList<>(incidents.values().stream()
                .filter(incident -> incident.storyKey().equals(storyKey))
                .sorted(Comparator.comparingLong(Incident::opened).thenComparing(Incident::id))
                .toList());
        for (Telling piece : pieces) {
            Optional<Incident> match = match(piece, stored);
            match.ifPresent(stored::remove);
            if (match.isPresent()) {
                revise(match.get(), piece, assembler, now, decided);
            } else {
                open(piece, assembler, now, decided);
            }
        }
        for (Incident gone : stored) {
            if (gone.status() != Incident.Status.RETRACTED) {
                store(StoryRows.retracted(gone), decided);
            }
        }
    }

    private Optional<Incident> match(Telling piece, List<Incident> stored) {
        Set<String> ids = new TreeSet<>();
        piece.signals().forEach(signal -> ids.add(signal.id()));
        String opening = IncidentAssembler.openingId(piece, organization);
        return stored.stream()
                .filter(incident -> incident.id().equals(opening)
                        || incident.status() != Incident.Status.RETRACTED
                                && incident.signals().stream().anyMatch(ref -> ids.contains(ref.id())))
                .min(Comparator.comparing((Incident incident) -> incident.status() == Incident.Status.RETRACTED));
    }

    private void open(Telling piece, IncidentAssembler assembler, long now, Decided decided) {
        Telling told = piece;
        if (!RuleBudget.allows(
                piece.rule(), piece.signals().get(0).time(), incidents.values(), limits.budgetPerHour())) {
            meters.counter("wanglou_correlator_over_budget_total").increment();
            told = RuleBudget.summary(piece, limits.budgetPerHour());
            String key = IncidentAssembler.storyKey(told, organization);
            Optional<Incident> summary = incidents.values().stream()
                    .filter(incident -> incident.storyKey().equals(key))
                    .findFirst();
            if (summary.isPresent()) {
                revise(summary.get(), united(told, summary.get()), assembler, now, decided);
                return;
            }
        }
        store(
                assembler.assemble(
                        told, organization, IncidentAssembler.openingId(told, organization), 1, status(told, now)),
                decided);
    }

    private Telling united(Telling more, Incident summary) {
        TreeMap<String, Signal> all = new TreeMap<>();
        summary.signals().forEach(ref -> Optional.ofNullable(signals.get(ref.id()))
                .ifPresent(signal -> all.put(signal.id(), signal)));
        more.signals().forEach(signal -> all.put(signal.id(), signal));
        return more.of(all.values().stream().sorted(Told.ORDER).toList());
    }

    private void revise(Incident stored, Telling piece, IncidentAssembler assembler, long now, Decided decided) {
        Incident next = assembler.assemble(piece, organization, stored.id(), stored.revision() + 1, status(piece, now));
        if (StoryRows.differs(stored, next)) {
            store(next, decided);
        }
    }

    private void store(Incident incident, Decided decided) {
        incidents.put(incident.id(), incident);
        decided.put(StoryRows.incidentKey(organization, incident.id()), StoryRows.incident(incident));
        decided.publish(incident);
    }

    private Incident.Status status(Telling piece, long now) {
        boolean settled = piece.signals().stream()
                .allMatch(signal -> signal.status() == Signal.Status.SETTLED
                        && IncidentAssembler.end(signal) + limits.graceMillis() < now);
        return settled ? Incident.Status.SETTLED : Incident.Status.OPEN;
    }

    /** Settles incidents that nothing can change any more. */
    void settle(long now, Decided decided) {
        for (Incident incident : List.copyOf(incidents.values())) {
            if (incident.status() == Incident.Status.OPEN
                    && incident.updated() + limits.graceMillis() < now
                    && incident.signals().stream().allMatch(ref -> isSettled(ref.id()))) {
                store(StoryRows.settled(incident), decided);
            }
        }
    }

    private boolean isSettled(String signalId) {
        Signal signal = signals.get(signalId);
        return signal == null || signal.status() == Signal.Status.SETTLED;
    }

    /** Forgets signals and incidents that are older than the retention. */
    void expire(long now, Decided decided) {
        long horizon = now - limits.retentionMillis();
        for (Incident incident : List.copyOf(incidents.values())) {
            if (incident.updated() < horizon) {
                if (incident.status() == Incident.Status.OPEN) {
                    // a signal whose rule is gone can never say that it is settled
                    decided.publish(StoryRows.settled(incident));
                }
                incidents.remove(incident.id());
                decided.delete(StoryRows.incidentKey(organization, incident.id()));
            }
        }
        Set<String> needed = needed();
        long materialHorizon = now - limits.quietMillis();
        boolean gone = false;
        for (Signal signal : List.copyOf(signals.values())) {
            long until = isMaterial(signal) ? materialHorizon : horizon;
            if (IncidentAssembler.end(signal) < until && !needed.contains(signal.id())) {
                forget(signal, decided);
                gone = true;
            }
        }
        if (gone) {
            drop();
            before = Map.of();
        }
    }

    private void ignored(String reason) {
        meters.counter("wanglou_correlator_story_ignored_total", "reason", reason)
                .increment();
    }
}
