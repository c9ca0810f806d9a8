package org.wanglou.correlator.stories.desk;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.incident.IncidentAssembler;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;

/**
 * The stories of all organisations of one task: signals and the clock in, rows and incident revisions out.
 *
 * <p>Late base signals change no story. Deterministic: what is published depends on the signals and ticks, not on when
 * sessions were dropped. A step that throws leaves its organisation's cache in doubt: {@link #forget} it and {@link
 * #restore} its rows. Confined to its task's thread.
 */
public final class StoryDesk {
    /** Field by which detect marks what came later than the grace. */
    private static final String LATE = "wanglou.late";

    private static final long EXPIRY_MILLIS = 3_600_000;

    private final StoryLimits limits;
    private final Snapshots snapshots;
    private final Meters meters;
    private final TreeMap<String, OrganizationStories> organizations = new TreeMap<>();
    private final Set<String> live = new LinkedHashSet<>();
    private final Set<String> unsettled = new LinkedHashSet<>();
    private Knowledge knowledge;
    private IncidentAssembler assembler;
    private long now = Watermark.NONE;

    public StoryDesk(Knowledge knowledge, Snapshots snapshots, StoryLimits limits, Meters meters) {
        this.knowledge = knowledge;
        this.snapshots = snapshots;
        this.limits = limits;
        this.meters = meters;
        this.assembler = new IncidentAssembler(knowledge, snapshots);
    }

    /** Goes on with other knowledge: every session is thrown away, and each organisation is judged again when it speaks. */
    public void swap(Knowledge newKnowledge) {
        knowledge = newKnowledge;
        assembler = new IncidentAssembler(newKnowledge, snapshots);
        organizations.values().forEach(stories -> {
            stories.drop();
            stories.judgeAgain();
        });
        live.clear();
    }

    /** The clock. */
    public long now() {
        return now;
    }

    /** Takes one signal on its story route. */
    public Decided accept(Signal signal) {
        Decided decided = new Decided();
        boolean base = signal.chain() == 0;
        if (base && (signal.fields().containsKey(LATE) || now > signal.time() + limits.graceMillis())) {
            meters.counter("wanglou_correlator_story_ignored_total", "reason", "late")
                    .increment();
            return decided;
        }
        String organization = signal.entities().organization();
        OrganizationStories stories =
                organizations.computeIfAbsent(organization, id -> new OrganizationStories(id, limits, meters));
        if (stories.accept(signal, knowledge, now, decided)) {
            stories.decide(knowledge, assembler, now, decided);
            used(organization, stories);
        }
        return decided;
    }

    private void used(String organization, OrganizationStories stories) {
        live.remove(organization);
        if (stories.hasSession()) {
            live.add(organization);
        }
        while (live.size() > limits.sessionsMax()) {
            String idle = live.iterator().next();
            live.remove(idle);
            OrganizationStories dropped = organizations.get(idle);
            if (dropped != null) {
                dropped.drop();
            }
        }
        if (stories.isUnsettled()) {
            unsettled.add(organization);
        }
    }

    /** Raises the clock; each organisation that has something to settle or expire answers on its own, in a fixed order. */
    public void advance(long watermark, Consumer<Decided> each) {
        if (watermark <= now) {
            return;
        }
        boolean expires = Math.floorDiv(watermark, EXPIRY_MILLIS) != Math.floorDiv(now, EXPIRY_MILLIS);
        now = watermark;
        List<String> some = knowledge.timed() || expires
                ? List.copyOf(organizations.keySet())
                : unsettled.stream().sorted().toList();
        for (String organization : some) {
            OrganizationStories stories = organizations.get(organization);
            if (stories == null) {
                continue;
            }
            Decided decided = new Decided();
            if (knowledge.timed()) {
                stories.tick(knowledge, now);
                stories.decide(knowledge, assembler, now, decided);
                used(organization, stories);
            }
            stories.settle(now, decided);
            if (expires) {
                stories.expire(now, decided);
            }
            if (!stories.isUnsettled()) {
                unsettled.remove(organization);
            }
            if (stories.isEmpty()) {
                forget(organization);
            }
            each.accept(decided);
        }
    }

    /** Throws one organisation's cache away. */
    public void forget(String organization) {
        OrganizationStories stories = organizations.remove(organization);
        if (stories != null) {
            stories.drop();
        }
        live.remove(organization);
        unsettled.remove(organization);
    }

    /** Builds the cache from rows, in any order; the clock stands at {@code watermark}. */
    public void restore(Iterable<Decided.Row> rows, long watermark) {
        now = Math.max(now, watermark);
        for (Decided.Row row : rows) {
            byte[] value = row.value();
            if (value == null) {
                continue;
            }
            String organization = StoryRows.organization(row.key());
            OrganizationStories stories =
                    organizations.computeIfAbsent(organization, id -> new OrganizationStories(id, limits, meters));
            if (StoryRows.isSignal(row.key())) {
                stories.restore(StoryRows.signal(value));
            } else {
                stories.restore(StoryRows.incident(value));
            }
        }
        organizations.forEach((organization, stories) -> {
            if (stories.isUnsettled()) {
                unsettled.add(organization);
            }
        });
    }

    /** Disposes of all sessions. */
    public void close() {
        organizations.values().forEach(OrganizationStories::drop);
        live.clear();
    }
}
