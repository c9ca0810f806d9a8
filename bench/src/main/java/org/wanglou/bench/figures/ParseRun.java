package org.wanglou.bench.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/**
 * Parsing alone, without listeners, tokens or Kafka: lines a second and core, by the CPU time of the one parsing thread, over
 * {@link ParseLines#LINES} distinct lines of each kind, each result read. Rounds are interleaved, after one for warming up, so
 * that what disturbs the machine disturbs all kinds. {@code jackson tree} reads the lines of {@code eve} into Jackson's tree
 * and reads three of its values: less work than an event is, so it bounds what a tree could reach. {@code jackson tree of ecs
 * to event} does the whole of the job: equal events, which is asserted on every line before anything is timed. So is that what
 * {@link TextPeers} give is what the events hold; they give less than an event.
 */
final class ParseRun implements Figures.Run {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final int ROUNDS = 3;
    private static final long WARM_NANOS = 1_500_000_000;
    private static final long ROUND_NANOS = 1_000_000_000;

    private interface Step {
        long read(byte[] line) throws Exception;
    }

    private record Course(byte[][] lines, Step step, double[] rates) {}

    private long sink;

    @Override
    public Map<String, Object> measure(long seed) throws Exception {
        Map<String, Course> courses = new LinkedHashMap<>();
        for (var kind : ParseLines.kinds().entrySet()) {
            courses.put(kind.getKey(), course(kind.getValue(), seed));
        }
        ObjectMapper mapper = new ObjectMapper();
        byte[][] eve = Objects.requireNonNull(courses.get("eve")).lines();
        courses.put("jackson tree", new Course(eve, line -> tree(mapper.readTree(line)), new double[ROUNDS]));
        byte[][] ecs = Objects.requireNonNull(courses.get("ecs")).lines();
        JacksonEvent rival = new JacksonEvent();
        same(ecs, rival);
        courses.put(
                "jackson tree of ecs",
                new Course(ecs, line -> mapper.readTree(line).size(), new double[ROUNDS]));
        courses.put(
                "jackson tree of ecs to event", new Course(ecs, line -> read(rival.read(line)), new double[ROUNDS]));
        Map<String, TextPeers.Rival> rivals = TextPeers.all();
        for (var one : rivals.entrySet()) {
            TextPeers.Rival peer = one.getValue();
            byte[][] lines = Objects.requireNonNull(courses.get(peer.kind())).lines();
            same(peer, lines);
            Step step = line -> {
                long sum = 0;
                for (Object value : peer.peer().read(TextPeers.text(line)).values()) {
                    sum += hash(value);
                }
                return sum;
            };
            courses.put(one.getKey(), new Course(lines, step, new double[ROUNDS]));
        }
        for (Course course : courses.values()) {
            rate(course, WARM_NANOS);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Course course : courses.values()) {
                course.rates()[round] = rate(course, ROUND_NANOS);
            }
        }
        return figures(courses, rivals);
    }

    private static Course course(ParseLines.Kind kind, long seed) {
        Format format = Formats.named(kind.format()).orElseThrow();
        Step step = line -> {
            Decoded decoded = format.decode(new Frame(line, "192.0.2.1", 1_795_485_600_000L, "o", false), SHANGHAI);
            if (!(decoded instanceof Decoded.Events events)) {
                throw new IllegalStateException(kind.format() + " does not read one of its lines");
            }
            long sum = 0;
            for (Event.Builder event : events.events()) {
                sum += hash(event.get(Ecs.SOURCE_IP))
                        + hash(event.get(Ecs.TIMESTAMP))
                        + hash(event.get(Ecs.SOURCE_PORT));
            }
            return sum;
        };
        return new Course(kind.lines(seed), step, new double[ROUNDS]);
    }

    private static long read(Event event) {
        return hash(event.get(Ecs.SOURCE_IP)) + hash(event.get(Ecs.TIMESTAMP)) + hash(event.get(Ecs.SOURCE_PORT));
    }

    /** Both ways make equal events of every line. */
    private static void same(byte[][] lines, JacksonEvent rival) throws IOException {
        Format format = Formats.named("ecs-json").orElseThrow();
        for (byte[] line : lines) {
            Decoded decoded = format.decode(new Frame(line, "192.0.2.1", 1_795_485_600_000L, "o", false), SHANGHAI);
            if (!(decoded instanceof Decoded.Events events)
                    || !events.events().get(0).build().equals(rival.read(line))) {
                throw new IllegalStateException(
                        "the two ways differ on " + new String(line, java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    /** What a library gives of every line is what the format gives of it. */
    private static void same(TextPeers.Rival rival, byte[][] lines) throws Exception {
        Format format = Formats.named(Objects.requireNonNull(ParseLines.kinds().get(rival.kind()))
                        .format())
                .orElseThrow();
        for (byte[] line : lines) {
            Decoded decoded = format.decode(new Frame(line, "192.0.2.1", 1_795_485_600_000L, "o", false), SHANGHAI);
            if (!(decoded instanceof Decoded.Events events)) {
                throw new IllegalStateException("not read: " + TextPeers.text(line));
            }
            TextPeers.same(rival, line, events.events().get(0).build());
        }
    }

    private static long hash(@Nullable Object value) {
        return value == null ? 0 : value.hashCode();
    }

    private static long tree(JsonNode node) {
        return node.path("src_ip").asText().hashCode()
                + node.path("timestamp").asText().hashCode()
                + node.path("src_port").asLong();
    }

    private double rate(Course course, long nanos) throws Exception {
        var clock = ManagementFactory.getThreadMXBean();
        long from = clock.getCurrentThreadCpuTime();
        long count = 0;
        long spent = 0;
        while (spent < nanos) {
            for (byte[] line : course.lines()) {
                sink += course.step().read(line);
            }
            count += course.lines().length;
            spent = clock.getCurrentThreadCpuTime() - from;
        }
        return count * 1e9 / spent;
    }

    private Map<String, Object> figures(Map<String, Course> courses, Map<String, TextPeers.Rival> rivals) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("distinctLinesOfEachKind", ParseLines.LINES);
        courses.forEach((name, course) -> {
            double[] sorted = course.rates().clone();
            Arrays.sort(sorted);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("linesPerCpuSecondMedian", Math.round(sorted[ROUNDS / 2]));
            row.put("lowest", Math.round(sorted[0]));
            row.put("highest", Math.round(sorted[ROUNDS - 1]));
            row.put(
                    "bytesPerLine",
                    Arrays.stream(course.lines()).mapToInt(line -> line.length).sum() / ParseLines.LINES);
            figures.put(name, row);
        });
        figures.put("eveToJacksonTreeByRound", ratio(courses, "eve", "jackson tree"));
        figures.put("ecsToJacksonTreeByRound", ratio(courses, "ecs", "jackson tree of ecs"));
        figures.put("ecsToJacksonEventByRound", ratio(courses, "ecs", "jackson tree of ecs to event"));
        rivals.forEach((name, rival) ->
                figures.put(rival.kind() + " to " + name + " by round", ratio(courses, rival.kind(), name)));
        figures.put("resultsRead", sink);
        return figures;
    }

    private static double[] ratio(Map<String, Course> courses, String own, String rival) {
        double[] ours = Objects.requireNonNull(courses.get(own)).rates();
        double[] theirs = Objects.requireNonNull(courses.get(rival)).rates();
        double[] ratio = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ratio[round] = Math.round(100 * ours[round] / theirs[round]) / 100.0;
        }
        return ratio;
    }
}
