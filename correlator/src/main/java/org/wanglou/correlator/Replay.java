package org.wanglou.correlator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.correlator.behaviour.Profiles;
import org.wanglou.correlator.detect.Detection;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.desk.Decided;
import org.wanglou.correlator.stories.desk.StoryDesk;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.correlator.windows.KeyedWindows;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Outcome;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Canary;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.Tick;

/**
 * The same cores without a broker: events in, settled signals and incidents out, on event time.
 *
 * <p>The clock comes from {@code event.ingested}, as a sensor's tick does: the least of the greatest event times of the
 * sources heard in the last 30 s of receive time, no event more than 60 s ahead of receipt, at least receipt − grace. Input without
 * receive times has no clock before its end, so that its order does not matter; then everything settles at once. Usable
 * once, by one thread.
 */
public final class Replay {
    private static final long SKEW_MILLIS = 60_000;

    private final Detectors detectors;
    private final Snapshots snapshots;
    private final Meters meters;
    private final long graceMillis;
    private final KeyedWindows windows;
    private final Profiles profiles;
    private final Map<String, long[]> sources = new HashMap<>();
    private long receive = Watermark.NONE;
    private long lowWater = Watermark.NONE;
    private final Map<String, Integer> ordinals = new HashMap<>();

    public Replay(Detectors detectors, Snapshots snapshots, Limits limits, Meters meters) {
        this.detectors = detectors;
        this.snapshots = snapshots;
        this.meters = meters;
        this.graceMillis = limits.graceMillis();
        // A process that ends with its input keeps what a live one must fold.
        Limits roomy = new Limits(limits.graceMillis(), Math.max(limits.entriesMax(), 1_000_000), Integer.MAX_VALUE);
        this.windows = new KeyedWindows(detectors.routes(), roomy, meters);
        this.profiles = new Profiles(detectors.routes(), roomy, meters);
    }

    /** Every base signal of every event, in input order. */
    public void detect(Iterator<Event> events, Consumer<Signal> signals) {
        Detection detection = new Detection(detectors);
        while (events.hasNext()) {
            Event event = identified(events.next());
            detection.inspect(event, snapshots.registry(), false).forEach(sighted -> signals.accept(sighted.signal()));
        }
    }

    /** Settled correlation signals, one for each episode with its final values, in order of (time, id). */
    public List<Signal> correlate(Iterator<Event> events) {
        return correlate(events, signal -> {});
    }

    /**
     * As {@link #correlate(Iterator)}.
     *
     * @param base told every base signal as it is found
     */
    public List<Signal> correlate(Iterator<Event> events, Consumer<Signal> base) {
        Map<String, Signal> hits = new TreeMap<>();
        run(events, base, spoken -> {}, outcome -> outcome.hits().forEach(hit -> hits.put(hit.id(), hit)));
        return standing(hits);
    }

    /** Settled incidents in order of opening. */
    public List<Incident> incidents(Iterator<Event> events, Knowledge knowledge, StoryLimits limits) {
        Map<String, Signal> hits = new TreeMap<>();
        List<Signal> spoken = new ArrayList<>();
        run(events, base -> {}, spoken::add, outcome -> outcome.hits().forEach(hit -> hits.put(hit.id(), hit)));
        List<Signal> all = new ArrayList<>(spoken);
        all.addAll(standing(hits));
        all.sort(Comparator.comparingLong(Signal::time).thenComparing(Signal::id));
        StoryDesk desk = new StoryDesk(knowledge, snapshots, limits, meters);
        Map<String, Incident> last = new TreeMap<>();
        Consumer<Decided> keep = decided -> decided.incidents().forEach(incident -> last.put(incident.id(), incident));
        for (Signal signal : all) {
            desk.advance(signal.time() - 1, keep);
            keep.accept(desk.accept(signal));
        }
        desk.advance(Tick.END, keep);
        desk.close();
        return last.values().stream()
                .filter(incident -> incident.status() != Incident.Status.RETRACTED)
                .sorted(Comparator.comparingLong(Incident::opened).thenComparing(Incident::id))
                .toList();
    }

    private void run(
            Iterator<Event> events, Consumer<Signal> base, Consumer<Signal> spoken, Consumer<Outcome> outcomes) {
        Detection detection = new Detection(detectors);
        while (events.hasNext()) {
            Event event = identified(events.next());
            boolean late = lowWater > event.timeMillis() + graceMillis;
            if (late) {
                meters.counter("wanglou_correlator_late_total").increment();
            }
            for (Detection.Sighted sighted : detection.inspect(event, snapshots.registry(), late)) {
                base.accept(sighted.signal());
                for (byte[] key : sighted.routedKeys()) {
                    outcomes.accept(
                            profiles.takes(key)
                                    ? profiles.accept(key, sighted.signal())
                                    : windows.accept(key, sighted.signal()));
                }
                if (sighted.toStories() && !late && !Canary.is(sighted.signal())) {
                    spoken.accept(sighted.signal());
                }
            }
            tick(event, outcomes);
        }
        windows.advance(Tick.END, outcomes);
        profiles.advance(Tick.END, outcomes);
    }

    /** What a sensor's tick would say after this event; once for each second of receive time. */
    private void tick(Event event, Consumer<Outcome> outcomes) {
        long received = event.ingestedMillis();
        if (received <= 0) {
            return;
        }
        long second = Math.floorDiv(Math.max(received, receive), 1000);
        boolean due = receive != Watermark.NONE && second > Math.floorDiv(receive, 1000);
        receive = Math.max(receive, received);
        String source = event.text(Ecs.WL_SOURCE)
                .or(() -> event.text(Ecs.OBSERVER_NAME))
                .orElse("");
        long[] heard = sources.computeIfAbsent(source, name -> new long[] {Watermark.NONE, Watermark.NONE});
        heard[0] = Math.max(heard[0], received);
        if (event.timeMillis() <= received + SKEW_MILLIS) {
            // one that is further ahead counts in its window but moves no clock
            heard[1] = Math.max(heard[1], event.timeMillis());
        }
        if (due) {
            long least = Long.MAX_VALUE;
            for (long[] one : sources.values()) {
                if (one[0] >= receive - Watermark.SILENCE_MILLIS) {
                    least = Math.min(least, one[1]);
                }
            }
            long bounded = Math.max(Math.min(least, receive + SKEW_MILLIS), receive - graceMillis);
            if (bounded > lowWater) {
                lowWater = bounded;
                windows.advance(lowWater, outcomes);
                profiles.advance(lowWater, outcomes);
            }
        }
    }

    /** An event without an id is named by what it says and the ordinal of that among its equals in the run. */
    private Event identified(Event event) {
        if (!event.id().isEmpty()) {
            return event;
        }
        String said = Sm3.id(new String(EventCodec.encode(event), StandardCharsets.UTF_8));
        int ordinal = ordinals.merge(said, 1, Integer::sum);
        return event.toBuilder()
                .set(Ecs.EVENT_ID, Sm3.id(said, Integer.toString(ordinal)))
                .build();
    }

    private static List<Signal> standing(Map<String, Signal> hits) {
        return hits.values().stream()
                .filter(hit -> hit.status() != Signal.Status.RETRACTED)
                .sorted(Comparator.comparingLong(Signal::time).thenComparing(Signal::id))
                .toList();
    }
}
