package org.wanglou.rules.indicators;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.wanglou.model.Event;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.live.EventFields;
import org.wanglou.rules.indicators.live.LivePattern;
import org.wanglou.rules.indicators.live.SegmentLookup;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.table.Segment;
import org.wanglou.rules.indicators.warning.Warninglists;

/**
 * Known-bad values and patterns, matched against events on the event's own time. Immutable but for its {@link #tally()};
 * thread-safe.
 */
public final class IndicatorSet {
    private final List<Part> parts;
    private final Warninglists warnings;
    private final Tally tally = new Tally();
    private final SegmentLookup lookup;

    /**
     * Names of the fields that values are looked for in. Patterns of several fields look at others too: {@link
     * #looksAtValues()}.
     */
    public static final Set<String> FIELDS = EventFields.names();

    /**
     * One source's indicators: a source that has not changed is taken over into the next set as it is.
     *
     * @param patterns conditions that hold together with a value of the segment, by number
     * @param everywhere patterns that are asked of every event
     */
    public record Part(Segment segment, List<LivePattern.Combined> patterns, List<Everywhere> everywhere) {
        public Part {
            patterns = List.copyOf(patterns);
            everywhere = List.copyOf(everywhere);
        }
    }

    /** A pattern without a value to go by, and what it says. */
    public record Everywhere(LivePattern.Combined pattern, Indicator indicator) {}

    private IndicatorSet(List<Part> parts, Warninglists warnings) {
        this.parts = List.copyOf(parts);
        this.warnings = warnings;
        this.lookup = new SegmentLookup(this.parts);
    }

    /** A set of these parts. */
    public static IndicatorSet of(List<Part> parts, Warninglists warnings) {
        return new IndicatorSet(parts, warnings);
    }

    /** Reads one file of any form. */
    public static IndicatorSet read(Path file, Consumer<RuleProblem> problems) throws IOException {
        return read(String.valueOf(file.getFileName()), Files.readString(file, StandardCharsets.UTF_8), problems);
    }

    /** Reads one text of any form, without warning lists: for the small lists of packs. */
    public static IndicatorSet read(String file, String text, Consumer<RuleProblem> problems) {
        Intake intake = Intake.read(Input.of(file, text), IntakeOptions.plain());
        intake.report().problems().forEach(problems);
        return of(List.of(intake.part()), Warninglists.NONE);
    }

    /** True when nothing but {@link #FIELDS} of an event matters to this set. */
    public boolean looksAtValues() {
        return parts.stream()
                .allMatch(part -> part.patterns().isEmpty() && part.everywhere().isEmpty());
    }

    /** Indicators held, patterns among them. */
    public int size() {
        return parts.stream()
                .mapToInt(part -> part.segment().size() + part.everywhere().size())
                .sum();
    }

    /** Octets held by the tables. */
    public long bytes() {
        return parts.stream().mapToLong(part -> part.segment().bytes()).sum();
    }

    public List<Part> parts() {
        return parts;
    }

    /** What was met so far. */
    public Tally tally() {
        return tally;
    }

    /**
     * Every indicator met in the event that is valid at its time, field by field; of one field the most trusted first. What
     * stands on a warning list is counted and left out.
     */
    public List<Hit> match(Event event) {
        List<Hit> found = lookup.find(event);
        if (found.isEmpty()) {
            return found;
        }
        return found.stream().filter(this::speaks).toList();
    }

    private boolean speaks(Hit hit) {
        var list = warnings.holding(hit.indicator().type(), hit.value());
        if (list.isPresent()) {
            tally.silenced(list.get());
            return false;
        }
        tally.hit(hit.indicator().source());
        return true;
    }
}
