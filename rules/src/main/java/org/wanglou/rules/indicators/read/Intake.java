package org.wanglou.rules.indicators.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorSet.Everywhere;
import org.wanglou.rules.indicators.IndicatorSet.Part;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.live.LivePattern;
import org.wanglou.rules.indicators.live.PatternCompiler;
import org.wanglou.rules.indicators.pattern.BadPattern;
import org.wanglou.rules.indicators.pattern.StixPattern;
import org.wanglou.rules.indicators.table.Segment;
import org.wanglou.rules.indicators.table.SegmentBuilder;
import org.wanglou.rules.indicators.value.Canonical;

/**
 * Takes one source in: readers hand over what they find, here it becomes canonical, is held against public suffixes and
 * warning lists, and goes into a segment. Confined to its thread.
 */
public final class Intake {
    private static final int PATTERNS_MAX = 100_000;
    private static final int EVERYWHERE_MAX = 500;
    private static final String REMEDY = "correct or remove the entry; types: ip, domain, url, url-prefix, hash, …";

    private final IntakeOptions options;
    private final SegmentBuilder builder;
    private final List<LivePattern.Combined> patterns = new ArrayList<>();
    private final List<Everywhere> everywhere = new ArrayList<>();
    private String file;
    private final IntakeReport report;
    private boolean full;

    private Intake(String file, IntakeOptions options) {
        this.file = file;
        this.options = options;
        this.builder = new SegmentBuilder(options.seed());
        this.report = new IntakeReport(file);
    }

    /** Reads one input of whatever form, to its end or to where it is damaged. */
    public static Intake read(Input input, IntakeOptions options) {
        Intake intake = new Intake(input.name(), options);
        intake.more(input);
        return intake;
    }

    /** Reads several inputs as one source, whose one report names the file of each problem. */
    public static Intake read(String name, List<Input> inputs, IntakeOptions options) {
        Intake intake = new Intake(name, options);
        inputs.forEach(intake::more);
        return intake;
    }

    private void more(Input input) {
        file = input.name();
        try {
            Shape shape = Shape.of(input);
            report.form(shape.word());
            shape.read(input, this);
        } catch (IOException | UncheckedIOException e) {
            String reason = e instanceof IOException io ? Json.reason(io) : String.valueOf(e.getMessage());
            problem(0, "cannot be read further: " + reason, "check the file: UTF-8 text, or one JSON document");
        }
    }

    IntakeOptions options() {
        return options;
    }

    /** Who says it: the source's name and the author that it gives, or the file's name. */
    String source(String given) {
        String own = options.source().orElse("");
        return own.isEmpty() ? (given.isEmpty() ? name() : given) : given.isEmpty() ? own : own + "/" + given;
    }

    /** The file's own name, without its folder. */
    String name() {
        String slashed = file.replace('\\', '/');
        return slashed.substring(slashed.lastIndexOf('/') + 1);
    }

    void problem(int line, String message, String remedy) {
        report.problem(new RuleProblem(file, line, message, remedy));
    }

    void skip(String reason) {
        report.skipped(reason);
    }

    /**
     * Takes a value as its list has it.
     *
     * @param where such as {@code /objects/3}; empty where the line says it
     */
    void value(int line, String where, Indicator written) {
        value(line, where, written, -1);
    }

    private void value(int line, String where, Indicator written, int pattern) {
        String canonical;
        try {
            canonical = Canonical.text(written.type(), written.value(), options.suffixes());
        } catch (IllegalArgumentException e) {
            problem(line, (where.isEmpty() ? "" : where + ": ") + e.getMessage(), remedy(e));
            return;
        }
        Optional<String> warning = options.warnings().holding(written.type(), canonical);
        if (warning.isPresent()) {
            report.warned(warning.get(), canonical);
            return;
        }
        if (builder.added() >= options.most()) {
            if (!full) {
                full = true;
                problem(line, "more than " + options.most() + " indicators; the rest is left out", "split the source");
            }
            skip("more than the limit");
            return;
        }
        builder.add(ended(written.valued(written.type(), canonical)), pattern);
        report.taken(written.type());
        if (written.to() < options.now()) {
            report.expired();
        }
    }

    private static String remedy(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).contains("public suffix")
                ? "name the hosts below it that are meant"
                : REMEDY;
    }

    /** Gives an end to one without, where the source's have a lifetime. */
    private Indicator ended(Indicator one) {
        boolean open = one.to() == Long.MAX_VALUE && options.lifetimeMillis() > 0 && one.from() != Long.MIN_VALUE;
        return open ? one.between(one.from(), one.from() + options.lifetimeMillis()) : one;
    }

    /** Takes a STIX pattern; type and value of the indicator given are of no account. */
    void pattern(int line, String where, String text, StixPattern.Edition edition, Indicator about) {
        StixPattern pattern;
        try {
            pattern = StixPattern.parse(text, edition);
        } catch (BadPattern e) {
            problem(line, where + "/pattern " + e, "the pattern is not one of STIX: correct it at its source");
            return;
        }
        if (!pattern.doubts().isEmpty()) {
            problem(line, where + "/pattern: " + String.join("; ", pattern.doubts()), "correct it at its source");
            return;
        }
        LivePattern live = PatternCompiler.compile(pattern);
        if (live instanceof LivePattern.Indexed indexed) {
            Indicator timed = narrowed(about, indexed.from(), indexed.to());
            indexed.values().forEach(value -> value(line, where, of(value, timed), -1));
        } else if (live instanceof LivePattern.Combined combined) {
            combined(line, where, text, combined, narrowed(about, combined.from(), combined.to()));
        } else if (live instanceof LivePattern.Windowed windowed) {
            report.windowed(where + " " + windowed.reason() + ": " + shortened(text));
        } else {
            skip(((LivePattern.Unanswerable) live).reason());
        }
    }

    private void combined(int line, String where, String text, LivePattern.Combined combined, Indicator about) {
        if (combined.anchors().isEmpty()) {
            if (everywhere.size() >= EVERYWHERE_MAX) {
                problem(
                        line,
                        where + ": more than " + EVERYWHERE_MAX + " patterns without a value to go by",
                        "give the pattern an equality over an address, name or hash");
                return;
            }
            Indicator named = about.valued(IndicatorType.URL, shortened(text));
            everywhere.add(new Everywhere(combined, ended(named)));
            report.combined(false);
            return;
        }
        if (patterns.size() >= PATTERNS_MAX) {
            problem(line, where + ": more than " + PATTERNS_MAX + " combined patterns", "split the source");
            return;
        }
        patterns.add(combined);
        report.combined(true);
        int number = patterns.size() - 1;
        combined.anchors().forEach(value -> value(line, where, of(value, about), number));
    }

    private static Indicator of(LivePattern.Value value, Indicator about) {
        return about.valued(value.type(), value.written()).on(value.side(), value.port());
    }

    private static Indicator narrowed(Indicator about, long from, long to) {
        return about.between(Math.max(about.from(), from), Math.min(about.to(), to));
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    /** What was taken, ready to be matched. Once only. */
    public Part part() {
        Segment segment = builder.build();
        report.repeated(segment.repeated());
        return new Part(segment, patterns, everywhere);
    }

    public IntakeReport report() {
        return report;
    }
}
