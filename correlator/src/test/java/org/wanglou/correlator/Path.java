package org.wanglou.correlator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wanglou.correlator.behaviour.Profiles;
import org.wanglou.correlator.detect.Detection;
import org.wanglou.correlator.stories.Knowledge;
import org.wanglou.correlator.stories.StoryLimits;
import org.wanglou.correlator.stories.desk.Decided;
import org.wanglou.correlator.stories.desk.StoryDesk;
import org.wanglou.correlator.time.Multicast;
import org.wanglou.correlator.time.Watermark;
import org.wanglou.correlator.windows.KeyedWindows;
import org.wanglou.correlator.windows.Limits;
import org.wanglou.correlator.windows.Outcome;
import org.wanglou.model.Event;
import org.wanglou.model.Incident;
import org.wanglou.model.Meters;
import org.wanglou.model.Signal;
import org.wanglou.model.Snapshots;
import org.wanglou.model.Tick;

/**
 * The whole path over n partitions, in one thread: queues for partitions, the cores for tasks, and tasks that take turns
 * at random. Order is kept from one task to one partition, as Kafka keeps it, and nowhere else. Any task may lose its
 * cache at any moment and is then made again from its rows.
 */
final class Path {
    /** A payload (with key) or a tick (without). */
    private record Sent(byte[] key, Signal signal, Event event, String upstream, long receive, long lowWater) {}

    final List<Incident> published = new ArrayList<>();
    private final int partitions;
    private final Random random;
    private final Snapshots snapshots;
    private final Knowledge knowledge;
    private final Limits limits;
    private final Meters meters = new Meters();
    private final List<Map<String, Deque<Sent>>> events = new ArrayList<>();
    private final List<Map<String, Deque<Sent>>> signals = new ArrayList<>();
    private final List<Map<String, Deque<Sent>>> stories = new ArrayList<>();
    private final List<Watermark> detectClocks = new ArrayList<>();
    private final List<Watermark> windowClocks = new ArrayList<>();
    private final List<Watermark> storyClocks = new ArrayList<>();
    private final List<KeyedWindows> windows = new ArrayList<>();
    private final List<Profiles> profiles = new ArrayList<>();
    private final List<StoryDesk> desks = new ArrayList<>();
    private final List<Map<String, Outcome.Row>> windowRows = new ArrayList<>();
    private final List<Map<String, Decided.Row>> storyRows = new ArrayList<>();
    private int restarts;

    Path(int partitions, long seed, Snapshots snapshots, Knowledge knowledge, Limits limits) {
        this.partitions = partitions;
        this.random = new Random(seed);
        this.snapshots = snapshots;
        this.knowledge = knowledge;
        this.limits = limits;
        List<String> detects = upstreams("detect");
        for (int p = 0; p < partitions; p++) {
            events.add(new TreeMap<>());
            signals.add(new TreeMap<>());
            stories.add(new TreeMap<>());
            detectClocks.add(new Watermark(List.of()));
            windowClocks.add(new Watermark(detects));
            storyClocks.add(new Watermark(Stream.concat(detects.stream(), upstreams("windows").stream())
                    .toList()));
            windows.add(new KeyedWindows(PackScenarioTest.detectors().routes(), limits, meters));
            profiles.add(new Profiles(PackScenarioTest.detectors().routes(), limits, meters));
            desks.add(new StoryDesk(knowledge, snapshots, StoryLimits.of(limits.graceMillis()), meters));
            windowRows.add(new HashMap<>());
            storyRows.add(new HashMap<>());
        }
    }

    private List<String> upstreams(String stage) {
        return IntStream.range(0, partitions)
                .mapToObj(p -> Watermark.partition(stage, p))
                .toList();
    }

    void event(Event event) {
        put(events.get(random.nextInt(partitions)), "sensor", new Sent(new byte[0], null, event, "", 0, 0));
    }

    void tick(long receive, long lowWater) {
        events.forEach(p -> put(p, "sensor", new Sent(null, null, null, "sensor", receive, lowWater)));
    }

    /** Lets tasks take turns until all queues are empty. */
    void drain() {
        while (true) {
            List<Runnable> turns = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                ready(events.get(p)).forEach(from -> turns.add(() -> detect(partition, from)));
                ready(signals.get(p)).forEach(from -> turns.add(() -> window(partition, from)));
                ready(stories.get(p)).forEach(from -> turns.add(() -> story(partition, from)));
            }
            if (turns.isEmpty()) {
                return;
            }
            turns.get(random.nextInt(turns.size())).run();
        }
    }

    void restartSomething() {
        int p = random.nextInt(partitions);
        if (restarts++ % 2 == 0) {
            KeyedWindows fresh = new KeyedWindows(PackScenarioTest.detectors().routes(), limits, meters);
            Profiles freshProfiles = new Profiles(PackScenarioTest.detectors().routes(), limits, meters);
            Map<Boolean, List<Outcome.Row>> rows = windowRows.get(p).values().stream()
                    .collect(Collectors.partitioningBy(row -> freshProfiles.takes(row.key())));
            fresh.restore(rows.getOrDefault(false, List.of()), windows.get(p).now());
            freshProfiles.restore(
                    rows.getOrDefault(true, List.of()), windows.get(p).now());
            windows.set(p, fresh);
            profiles.set(p, freshProfiles);
        } else {
            StoryDesk fresh = new StoryDesk(knowledge, snapshots, StoryLimits.of(limits.graceMillis()), meters);
            fresh.restore(
                    new ArrayList<>(storyRows.get(p).values()), desks.get(p).now());
            desks.get(p).close();
            desks.set(p, fresh);
        }
    }

    private static void put(Map<String, Deque<Sent>> partition, String from, Sent sent) {
        partition.computeIfAbsent(from, name -> new ArrayDeque<>()).add(sent);
    }

    private static List<String> ready(Map<String, Deque<Sent>> partition) {
        return partition.entrySet().stream()
                .filter(queue -> !queue.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void detect(int p, String from) {
        Sent sent = events.get(p).get(from).remove();
        String own = Watermark.partition("detect", p);
        if (sent.key == null) {
            if (detectClocks.get(p).hear(sent.upstream, sent.receive, sent.lowWater)) {
                Sent tick = new Sent(
                        null, null, null, own, sent.receive, detectClocks.get(p).now());
                signals.forEach(partition -> put(partition, own, tick));
                stories.forEach(partition -> put(partition, own, tick));
            }
            return;
        }
        boolean late = detectClocks.get(p).now() > sent.event.timeMillis() + limits.graceMillis();
        for (Detection.Sighted one :
                new Detection(PackScenarioTest.detectors()).inspect(sent.event, snapshots.registry(), late)) {
            for (byte[] key : one.routedKeys()) {
                put(
                        signals.get(Multicast.partition(key, partitions)),
                        own,
                        new Sent(key, one.signal(), null, "", 0, 0));
            }
            if (one.toStories()) {
                toStories(one.signal(), own);
            }
        }
    }

    private void toStories(Signal signal, String from) {
        byte[] key = signal.entities().organization().getBytes(StandardCharsets.UTF_8);
        put(stories.get(Multicast.partition(key, partitions)), from, new Sent(key, signal, null, "", 0, 0));
    }

    private void window(int p, String from) {
        Sent sent = signals.get(p).get(from).remove();
        String own = Watermark.partition("windows", p);
        if (sent.key != null) {
            boolean profile = profiles.get(p).takes(sent.key);
            apply(
                    p,
                    own,
                    profile
                            ? profiles.get(p).accept(sent.key, sent.signal)
                            : windows.get(p).accept(sent.key, sent.signal));
        } else if (windowClocks.get(p).hear(sent.upstream, sent.receive, sent.lowWater)) {
            long now = windowClocks.get(p).now();
            windows.get(p).advance(now, outcome -> apply(p, own, outcome));
            profiles.get(p).advance(now, outcome -> apply(p, own, outcome));
            stories.forEach(partition -> put(partition, own, new Sent(null, null, null, own, sent.receive, now)));
        }
    }

    private void apply(int p, String own, Outcome outcome) {
        for (Outcome.Row row : outcome.rows()) {
            String key = java.util.HexFormat.of().formatHex(row.key());
            if (row.value() == null) {
                windowRows.get(p).remove(key);
            } else {
                windowRows.get(p).put(key, row);
            }
        }
        outcome.hits().forEach(hit -> toStories(hit, own));
    }

    private void story(int p, String from) {
        Sent sent = stories.get(p).get(from).remove();
        if (sent.key != null) {
            apply(p, desks.get(p).accept(sent.signal));
        } else if (storyClocks.get(p).hear(sent.upstream, sent.receive, sent.lowWater)) {
            desks.get(p).advance(storyClocks.get(p).now(), decided -> apply(p, decided));
        }
    }

    private void apply(int p, Decided decided) {
        for (Decided.Row row : decided.rows()) {
            if (row.value() == null) {
                storyRows.get(p).remove(row.key());
            } else {
                storyRows.get(p).put(row.key(), row);
            }
        }
        published.addAll(decided.incidents());
    }

    /** The last word on each incident. */
    Map<String, Incident> last() {
        Map<String, Incident> last = new TreeMap<>();
        published.forEach(incident -> last.put(incident.id(), incident));
        return last;
    }

    Set<String> settledFingerprints() {
        Set<String> fingerprints = new TreeSet<>();
        last().values().stream()
                .filter(incident -> incident.status() == Incident.Status.SETTLED)
                .forEach(incident -> fingerprints.add(incident.fingerprint()));
        return fingerprints;
    }

    /** Feeds events in order of receipt, each second with the tick a sensor would send, then the end. */
    Path feed(List<Event> received, long graceMillis, boolean restarting) {
        long receive = Watermark.NONE;
        long greatest = Watermark.NONE;
        for (Event event : received) {
            long now = event.ingestedMillis();
            if (receive != Watermark.NONE && now / 1000 > receive / 1000) {
                tick(now, Math.max(Math.min(greatest, now + 60_000), now - graceMillis));
            }
            receive = Math.max(receive, now);
            greatest = event.timeMillis() > now + 60_000 ? greatest : Math.max(greatest, event.timeMillis());
            event(event);
            if (random.nextInt(5) == 0) {
                drain();
            }
            if (restarting && random.nextInt(40) == 0) {
                restartSomething();
            }
        }
        drain();
        tick(receive + 1000, Tick.END);
        drain();
        return this;
    }

    static List<Event> shuffled(List<Event> events, Random random) {
        List<Event> copy = new ArrayList<>(events);
        Collections.shuffle(copy, random);
        return copy;
    }
}
