package org.wanglou.correlator.windows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.wanglou.correlator.routes.Route;
import org.wanglou.model.Signal;
import org.wanglou.rules.sigma.CorrelationRule;

/**
 * The entries and episodes of one key on one route. Confined to its task's thread.
 *
 * <p>The window at instant t holds the entries in (t − span, t]. A rule whose condition more entries can only make true
 * (gte, gt) is looked at at every entry's own instant, as it arrives; a late entry at t can change instants in [t, t +
 * span) alone, so only those are looked at again. A rule with an upper bound (lt, lte, eq, neq) is looked at at t_i + span
 * − 1 ms, the end of the window that starts with entry i, once the watermark has passed it by the grace: no entry can
 * come into it any more. An episode's evidence is every entry in (first − span, last]: neighbouring instants lie at most
 * one span apart, so that interval is the union of their windows.
 *
 * <p>An entry is kept while a late arrival could still share a window with it (span + grace) or while its episode can
 * grow (last + span + grace).
 */
final class KeyWindow {
    private static final long NEVER = Long.MIN_VALUE / 4;

    private final byte[] key;
    private final Route route;
    private final String keyText;
    private final Limits limits;
    private final EntryList entries;
    private final Conditions conditions;
    private final List<Episode> episodes = new ArrayList<>();
    private long foldedUntil = NEVER;

    KeyWindow(byte[] key, Route route, String keyText, Limits limits) {
        this.key = key;
        this.route = route;
        this.keyText = keyText;
        this.limits = limits;
        this.entries = new EntryList(route);
        this.conditions = new Conditions(route, entries);
    }

    /** Takes the rows of a restart; entries must come in the order of {@link Entry#ORDER} or any other. */
    void restore(WindowRows.Header header, List<Entry> rows) {
        entries.restore(rows);
        episodes.addAll(header.episodes());
        foldedUntil = header.foldedUntil();
    }

    byte[] key() {
        return key;
    }

    String keyText() {
        return keyText;
    }

    long foldedUntil() {
        return foldedUntil;
    }

    List<Episode> episodes() {
        return Collections.unmodifiableList(episodes);
    }

    boolean isEmpty() {
        return entries.isEmpty() && episodes.isEmpty();
    }

    /** Inserts an entry and publishes what it makes true. False if it was there already. */
    boolean insert(Entry entry, Outcome outcome) {
        boolean changed = isEmpty();
        int place = entries.add(entry);
        if (place < 0) {
            return false;
        }
        boolean inOrder = entries.isLast(place);
        outcome.put(WindowRows.entryKey(key, entry), WindowRows.entry(entry, route.counted()));
        for (CorrelationRule rule : route.rules()) {
            if (Conditions.speculative(rule) && conditions.counts(rule, entry)) {
                changed |= look(rule, entry.time(), place, inOrder, outcome);
            }
        }
        changed |= fold(outcome);
        if (changed) {
            outcome.put(key, WindowRows.header(this));
        }
        return true;
    }

    private boolean look(CorrelationRule rule, long from, int place, boolean inOrder, Outcome outcome) {
        boolean touched = false;
        if (inOrder) {
            if (conditions.holdsAtEnd(rule, from)) {
                touch(rule, from, outcome);
                touched = true;
            }
        } else {
            long previous = NEVER;
            for (int i = place; i < entries.size() && entries.get(i).time() < from + route.spanMillis(); i++) {
                long instant = entries.get(i).time();
                if (instant != previous && conditions.counts(rule, entries.get(i))) {
                    previous = instant;
                    if (conditions.holdsAt(rule, instant)) {
                        touch(rule, instant, outcome);
                        touched = true;
                    }
                }
            }
        }
        return touched;
    }

    /** Puts an instant of truth into its episode, joining two if it lies between them, and publishes what is due. */
    private void touch(CorrelationRule rule, long instant, Outcome outcome) {
        List<Episode> joined = new ArrayList<>();
        for (Episode episode : episodes) {
            if (episode.ruleId().equals(rule.id()) && episode.joins(instant, route.spanMillis())) {
                joined.add(episode);
            }
        }
        if (joined.isEmpty()) {
            joined.add(Episode.at(rule.id(), instant));
        }
        joined.sort(Comparator.comparing((Episode episode) -> !episode.isPublished())
                .thenComparingLong(Episode::first)
                .thenComparing(Episode::id));
        Episode kept = joined.get(0);
        episodes.removeAll(joined);
        for (Episode other : joined.subList(1, joined.size())) {
            kept = absorb(kept, other);
            if (other.isPublished()) {
                publish(rule, other, Signal.Status.RETRACTED, outcome);
            }
        }
        kept = kept.spanning(Math.min(kept.first(), instant), Math.max(kept.last(), instant));
        boolean merged = joined.size() > 1;
        if (Conditions.speculative(rule)) {
            kept = revise(rule, kept, merged, outcome);
        }
        episodes.add(kept);
        episodes.sort(Comparator.comparing(Episode::ruleId).thenComparingLong(Episode::first));
    }

    private static Episode absorb(Episode kept, Episode other) {
        Episode wide = kept.spanning(Math.min(kept.first(), other.first()), Math.max(kept.last(), other.last()));
        if (other.heldIds().isEmpty()) {
            return wide;
        }
        boolean earlier = kept.heldIds().isEmpty() || other.heldFirst() < kept.heldFirst();
        List<String> ids = new ArrayList<>(earlier ? other.heldIds() : kept.heldIds());
        (earlier ? kept.heldIds() : other.heldIds())
                .stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        return wide.holding(
                ids.subList(0, Math.min(ids.size(), Hits.EVIDENCE_MAX)),
                earlier ? other.heldFirst() : kept.heldFirst());
    }

    private Episode revise(CorrelationRule rule, Episode episode, boolean merged, Outcome outcome) {
        if (!episode.isPublished() || merged || episode.status() == Signal.Status.SETTLED) {
            return publish(rule, episode, Signal.Status.OPEN, outcome);
        }
        long held = entries.weight(episode.first() - route.spanMillis(), episode.last());
        if (held < episode.nextCheck()) {
            return episode;
        }
        long count = conditions.count(rule, episode.first() - route.spanMillis(), episode.last());
        return count >= 2 * episode.published()
                ? publish(rule, episode, Signal.Status.OPEN, outcome)
                : episode.lookingAgainAt(held + Math.max(1, held / 4));
    }

    private Episode publish(CorrelationRule rule, Episode episode, Signal.Status status, Outcome outcome) {
        long from = episode.first() - route.spanMillis();
        List<Entry> evidence = entries.within(from, episode.last()).stream()
                .filter(entry -> conditions.counts(rule, entry))
                .toList();
        long count = conditions.count(rule, from, episode.last());
        String unit = status == Signal.Status.RETRACTED ? episode.organization() : unit(episode, evidence);
        Episode before = episode;
        if (episode.isPublished() && !episode.organization().equals(unit)) {
            // Late entries showed that the first window was about another unit: the word goes there and is taken back
            // here.
            before = episode.publishedAs(episode.id(), episode.organization(), count, Signal.Status.RETRACTED);
            outcome.publish(
                    Hits.of(rule, keyText, before, evidence, count, from < foldedUntil, Signal.Status.RETRACTED));
        }
        String id =
                episode.isPublished() ? episode.id() : Hits.id(rule, keyText, completing(evidence, episode.first()));
        Episode named = before.publishedAs(id, unit, count, status);
        outcome.publish(Hits.of(rule, keyText, named, evidence, named.published(), from < foldedUntil, status));
        return named;
    }

    /**
     * The unit that most entries of the episode's first window concern. That window is kept for as long as the episode, so
     * that the answer depends on what happened and not on what arrived first (DESIGN 3, guarantee 4).
     */
    private static String unit(Episode episode, List<Entry> evidence) {
        String unit = Hits.organization(evidence.stream()
                .filter(entry -> entry.time() <= episode.first())
                .toList());
        return unit.isEmpty() && episode.isPublished() ? episode.organization() : unit;
    }

    /** The event that made the condition true first. */
    private static String completing(List<Entry> evidence, long instant) {
        String completing = "";
        for (Entry entry : evidence) {
            if (entry.time() <= instant) {
                completing = entry.eventId();
            }
        }
        return completing;
    }

    /** Settles, closes and expires what the clock's rise from {@code before} to {@code now} allows. */
    void advance(long before, long now, Outcome outcome) {
        long grace = limits.graceMillis();
        List<Episode> was = List.copyOf(episodes);
        for (CorrelationRule rule : route.rules()) {
            if (!Conditions.speculative(rule)) {
                lookAtSettled(rule, before - grace, now - grace, outcome);
            }
        }
        for (Episode episode : List.copyOf(episodes)) {
            CorrelationRule rule = rule(episode.ruleId());
            Episode settled = settle(rule, episode, now, outcome);
            int at = episodes.indexOf(episode);
            if (settled.last() + route.spanMillis() + grace < now) {
                episodes.remove(at);
            } else {
                episodes.set(at, settled);
            }
        }
        expire(now, outcome);
        if (isEmpty()) {
            outcome.delete(key);
        } else if (!was.equals(episodes)) {
            outcome.put(key, WindowRows.header(this));
        }
    }

    /** Looks at the instants t_i + span − 1 in [from, to). */
    private void lookAtSettled(CorrelationRule rule, long from, long to, Outcome outcome) {
        long reach = route.spanMillis() - 1;
        long previous = NEVER;
        for (int i = entries.after(from - reach - 1);
                i < entries.size() && entries.get(i).time() + reach < to;
                i++) {
            long start = entries.get(i).time();
            if (start != previous && conditions.counts(rule, entries.get(i))) {
                previous = start;
                if (conditions.holdsAt(rule, start + reach)) {
                    touch(rule, start + reach, outcome);
                }
            }
        }
    }

    private Episode settle(CorrelationRule rule, Episode episode, long now, Outcome outcome) {
        if (episode.last() + limits.graceMillis() >= now) {
            return episode;
        }
        if (!episode.isPublished() || episode.status() != Signal.Status.SETTLED) {
            return publish(rule, episode, Signal.Status.SETTLED, outcome);
        }
        if (episode.last() == episode.publishedLast()) {
            return episode;
        }
        // An upper bound whose settled episode went on: said when it has doubled, and at its end.
        long count = conditions.count(rule, episode.first() - route.spanMillis(), episode.last());
        boolean ends = episode.last() + route.spanMillis() + limits.graceMillis() < now;
        return ends || count >= 2 * episode.published()
                ? publish(rule, episode, Signal.Status.SETTLED, outcome)
                : episode;
    }

    private void expire(long now, Outcome outcome) {
        long horizon = now - limits.graceMillis() - route.spanMillis();
        for (Episode episode : episodes) {
            horizon = Math.min(horizon, episode.first() - route.spanMillis());
        }
        for (Entry gone : entries.removeUntil(horizon)) {
            outcome.delete(WindowRows.entryKey(key, gone));
        }
    }

    /** Folds when there are too many. The ids of what was folded stay with the episodes they belong to. */
    private boolean fold(Outcome outcome) {
        if (entries.size() <= limits.entriesMax()) {
            return false;
        }
        EntryList.Folded folded = entries.fold();
        for (int i = 0; i < episodes.size(); i++) {
            episodes.set(i, holding(episodes.get(i), folded.gone()));
        }
        for (Entry gone : folded.gone()) {
            foldedUntil = Math.max(foldedUntil, gone.time() + 1);
        }
        folded.gone().forEach(entry -> outcome.delete(WindowRows.entryKey(key, entry)));
        folded.buckets()
                .forEach(bucket ->
                        outcome.put(WindowRows.entryKey(key, bucket), WindowRows.entry(bucket, route.counted())));
        return true;
    }

    private Episode holding(Episode episode, List<Entry> folded) {
        List<String> ids = new ArrayList<>(episode.heldIds());
        long first = episode.heldFirst();
        for (Entry entry : folded) {
            boolean belongs = entry.time() > episode.first() - route.spanMillis() && entry.time() <= episode.last();
            if (belongs && entry.weight() == 1 && ids.size() < Hits.EVIDENCE_MAX) {
                first = ids.isEmpty() ? entry.time() : first;
                ids.add(entry.eventId());
            }
        }
        return ids.isEmpty() ? episode : episode.holding(ids, first);
    }

    private CorrelationRule rule(String id) {
        for (CorrelationRule rule : route.rules()) {
            if (rule.id().equals(id)) {
                return rule;
            }
        }
        throw new IllegalStateException("episode of a rule that is not on the route: " + id);
    }

    Route route() {
        return route;
    }

    /** Settles what rules that do not stay have said, as of now, and forgets their episodes. */
    void leave(List<CorrelationRule> staying, Outcome outcome) {
        List<Episode> was = List.copyOf(episodes);
        for (Episode episode : was) {
            if (staying.stream().noneMatch(rule -> rule.id().equals(episode.ruleId()))) {
                if (episode.isPublished() && episode.status() != Signal.Status.SETTLED) {
                    publish(rule(episode.ruleId()), episode, Signal.Status.SETTLED, outcome);
                }
                episodes.remove(episode);
            }
        }
        if (!was.equals(episodes)) {
            outcome.put(key, WindowRows.header(this));
        }
    }

    /** Settles what has been said, as of now, and deletes all rows. */
    void end(Outcome outcome) {
        leave(List.of(), outcome);
        for (Entry gone : entries.removeUntil(Long.MAX_VALUE)) {
            outcome.delete(WindowRows.entryKey(key, gone));
        }
        outcome.delete(key);
    }

    /** Forgets episodes of rules that are no longer on the route. */
    void keepRules() {
        episodes.removeIf(
                episode -> route.rules().stream().noneMatch(rule -> rule.id().equals(episode.ruleId())));
    }

    /** The watermark at which {@link #advance} next has something to do. */
    long due() {
        long grace = limits.graceMillis();
        long span = route.spanMillis();
        long due = Long.MAX_VALUE;
        long oldest = Long.MAX_VALUE;
        for (Episode episode : episodes) {
            boolean settled = episode.isPublished() && episode.status() == Signal.Status.SETTLED;
            due = Math.min(due, episode.last() + grace + 1 + (settled ? span : 0));
            oldest = Math.min(oldest, episode.first() - span);
        }
        if (!entries.isEmpty()) {
            long first = entries.get(0).time();
            if (first <= oldest) {
                due = Math.min(due, first + span + grace);
            }
        }
        return due;
    }

    /** The watermark at which the next window of an upper bound can be looked at, given that {@code now} was done. */
    long nextLook(long now) {
        boolean bounded = route.rules().stream().anyMatch(rule -> !Conditions.speculative(rule));
        if (!bounded) {
            return Long.MAX_VALUE;
        }
        long reach = route.spanMillis() - 1 + limits.graceMillis();
        int next = entries.after(now - reach - 1);
        return next == entries.size() ? Long.MAX_VALUE : entries.get(next).time() + reach + 1;
    }
}
