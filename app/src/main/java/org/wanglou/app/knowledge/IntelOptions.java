package org.wanglou.app.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.wanglou.rules.RuleProblem;
import org.wanglou.rules.indicators.read.IntakeOptions;
import org.wanglou.rules.indicators.value.PublicSuffixes;
import org.wanglou.rules.indicators.warning.WarninglistReader;
import org.wanglou.rules.indicators.warning.Warninglists;
import picocli.CommandLine.Option;

/** How {@code wanglou intel} takes lists in. Confined to the command's thread. */
final class IntelOptions {
    @Option(
            names = "--warninglist",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Warning lists in MISP's format, or folders of them: what stands on one raises no alarm.")
    private List<Path> warninglists = new ArrayList<>();

    @Option(
            names = "--no-warninglist",
            description = "Without the warning lists of the distribution (private ranges, public resolvers, updates).")
    private boolean none;

    @Option(
            names = "--public-suffixes",
            paramLabel = "FILE",
            description = "A fresher public suffix list (public_suffix_list.dat), in addition to the built-in one.")
    private Path suffixes = Path.of("");

    @Option(
            names = "--observables",
            description = "Take objects that a STIX bundle merely describes as indicators too.")
    private boolean observables;

    /** What to take lists in by; problems of the warning lists are told. */
    IntakeOptions intake(Consumer<RuleProblem> problems) {
        Warninglists.Builder builder = Warninglists.builder();
        if (!none) {
            WarninglistReader.builtIn(builder);
        }
        for (Path file : files(warninglists)) {
            try (InputStream in = Files.newInputStream(file)) {
                WarninglistReader.read(file.toString(), in, builder, problems);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        }
        IntakeOptions plain = IntakeOptions.plain();
        return plain.from("", plain.confidence(), 0, observables)
                .at(Clock.systemUTC().millis(), plain.seed())
                .against(publicSuffixes(), builder.build());
    }

    private PublicSuffixes publicSuffixes() {
        if (suffixes.toString().isEmpty()) {
            return PublicSuffixes.builtIn();
        }
        try {
            return PublicSuffixes.read(Files.readString(suffixes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(suffixes + " cannot be read", e);
        }
    }

    /** Files as named, and the regular files below folders, in order. */
    static List<Path> files(List<Path> named) {
        List<Path> files = new ArrayList<>();
        for (Path one : named) {
            if (!Files.isDirectory(one)) {
                files.add(one);
                continue;
            }
            try (Stream<Path> walk = Files.walk(one, 6)) {
                walk.filter(Files::isRegularFile)
                        .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(one + " cannot be read", e);
            }
        }
        return files;
    }
}
