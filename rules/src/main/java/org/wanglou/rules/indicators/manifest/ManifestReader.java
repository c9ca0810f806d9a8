package org.wanglou.rules.indicators.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.IndicatorSet;
import org.wanglou.rules.indicators.IndicatorSet.Part;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.manifest.Manifest.Kept;
import org.wanglou.rules.indicators.manifest.Manifest.Source;
import org.wanglou.rules.indicators.read.Input;
import org.wanglou.rules.indicators.read.Intake;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.read.IntakeReport;
import org.wanglou.rules.indicators.value.PublicSuffixes;
import org.wanglou.rules.indicators.warning.WarninglistReader;
import org.wanglou.rules.indicators.warning.Warninglists;

/**
 * Makes the set a manifest describes. A source that is the same as before, under the same warning lists, is taken over as
 * it is, so an update costs as much as what has changed. Stateless.
 */
public final class ManifestReader {
    /** Name under which the unit's own blocks are told. */
    public static final String OWN = "本单位网段";

    private static final long DAY_MILLIS = 86_400_000L;

    /** A set, what became of each source that was read, and what is wrong with the warning lists. */
    public record Opened(Manifest manifest, IndicatorSet set, List<IntakeReport> reports, List<RuleProblem> problems) {
        public Opened {
            reports = List.copyOf(reports);
            problems = List.copyOf(problems);
        }
    }

    private ManifestReader() {}

    /**
     * Makes a set from kept files, after comparing each with its digest.
     *
     * @throws IllegalArgumentException when a file is missing or changed
     */
    public static IndicatorSet open(String json) {
        Manifest manifest = Manifest.parse(json);
        List<Kept> all = new ArrayList<>(manifest.warninglists());
        all.addAll(manifest.suffixes());
        manifest.sources().forEach(source -> all.addAll(source.files()));
        for (Kept file : all) {
            if (!digest(path(manifest, file)).equals(file.digest())) {
                throw new IllegalArgumentException("kept list " + file.name() + " was changed: " + file.digest());
            }
        }
        return open(manifest, Optional.empty(), Long.MIN_VALUE, 0).set();
    }

    /** Hex SM3 of a file. */
    public static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return HexFormat.of().formatHex(Sm3.digest(in));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /**
     * Makes a set.
     *
     * @param before what was in force, whose unchanged sources are taken over
     * @param now instant from which ended indicators are counted as such
     * @param seed of the tables' hash
     */
    public static Opened open(Manifest manifest, Optional<Opened> before, long now, long seed) {
        List<RuleProblem> problems = new ArrayList<>();
        Warninglists warnings = warnings(manifest, problems);
        IntakeOptions options = IntakeOptions.plain().at(now, seed).against(suffixes(manifest), warnings);
        Map<Source, Part> known = known(manifest, before);
        List<Part> parts = new ArrayList<>();
        List<IntakeReport> reports = new ArrayList<>();
        for (Source source : manifest.sources()) {
            Part same = known.get(source);
            if (same != null) {
                parts.add(same);
                continue;
            }
            List<Input> inputs = new ArrayList<>();
            source.files()
                    .forEach(file ->
                            inputs.add(new Input(file.name(), () -> Files.newInputStream(path(manifest, file)))));
            Intake intake = Intake.read(
                    source.name(),
                    inputs,
                    options.from(
                            source.name(),
                            source.confidence(),
                            source.lifetimeDays() * DAY_MILLIS,
                            source.observables()));
            parts.add(intake.part());
            reports.add(intake.report());
        }
        return new Opened(manifest, IndicatorSet.of(parts, warnings), reports, problems);
    }

    private static Map<Source, Part> known(Manifest manifest, Optional<Opened> before) {
        Map<Source, Part> known = new HashMap<>();
        before.ifPresent(old -> {
            Manifest was = old.manifest();
            boolean same = was.warninglists().equals(manifest.warninglists())
                    && was.suffixes().equals(manifest.suffixes())
                    && was.own().equals(manifest.own());
            for (int i = 0; same && i < was.sources().size(); i++) {
                known.put(was.sources().get(i), old.set().parts().get(i));
            }
        });
        return known;
    }

    private static Warninglists warnings(Manifest manifest, List<RuleProblem> problems) {
        Warninglists.Builder builder = Warninglists.builder();
        for (String block : manifest.own()) {
            try {
                builder.add(OWN, Warninglists.Kind.CIDR, Set.of(IndicatorType.IP), block);
            } catch (IllegalArgumentException e) {
                problems.add(
                        new RuleProblem("registry", 0, String.valueOf(e.getMessage()), "correct the unit's prefix"));
            }
        }
        WarninglistReader.builtIn(builder);
        for (Kept file : manifest.warninglists()) {
            try (InputStream in = Files.newInputStream(path(manifest, file))) {
                WarninglistReader.read(file.name(), in, builder, problems::add);
            } catch (IOException e) {
                throw new UncheckedIOException("kept list " + file.name() + " cannot be read", e);
            }
        }
        return builder.build();
    }

    private static PublicSuffixes suffixes(Manifest manifest) {
        if (manifest.suffixes().isEmpty()) {
            return PublicSuffixes.builtIn();
        }
        try {
            Path file = path(manifest, manifest.suffixes().get(0));
            return PublicSuffixes.read(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the public suffix list cannot be read", e);
        }
    }

    private static Path path(Manifest manifest, Kept file) {
        return manifest.folder().resolve(file.digest());
    }
}
