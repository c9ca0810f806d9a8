package org.wanglou.app.intel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.rules.indicators.Tally;
import org.wanglou.rules.indicators.manifest.Manifest;
import org.wanglou.rules.indicators.manifest.Manifest.Kept;
import org.wanglou.rules.indicators.manifest.Manifest.Source;
import org.wanglou.rules.indicators.manifest.ManifestReader;
import org.wanglou.rules.indicators.manifest.ManifestReader.Opened;

/**
 * The lists of an instance on disk: {@code lists} for the operator, {@code feeds} for what was pulled, {@code kept} for the
 * very content in force, named by its digest, so that a task that stops can go on with what it had. Thread-safe.
 */
public final class IntelStore {
    private static final Logger LOG = LoggerFactory.getLogger(IntelStore.class);
    private static final Duration KEEP = Duration.ofDays(30);
    private static final int DEPTH = 6;
    private static final int CONFIDENCE = 50;

    private record Known(long size, FileTime modified, String digest) {}

    private final Path root;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<Path, Known> digests = new HashMap<>();
    private Optional<Opened> current = Optional.empty();

    /** @param root made when it is needed */
    public IntelStore(Path root, Clock clock, RandomGenerator random) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
        this.random = random;
    }

    /** What the lists in force have met; empty when there are none. */
    public synchronized Optional<Tally> tally() {
        return current.map(opened -> opened.set().tally());
    }

    /** Folder of one feed. */
    Path feed(String name) {
        return root.resolve("feeds").resolve(name);
    }

    /** Every file that counts, with its size and time: changes when there is something to load. */
    public String fingerprint(IntelSettings settings) {
        StringBuilder all = new StringBuilder();
        List<Path> files = new ArrayList<>(lists(settings));
        settings.feeds().forEach(feed -> files.addAll(below(feed(feed.name()))));
        settings.warninglists().forEach(path -> files.addAll(below(path)));
        settings.suffixes().ifPresent(files::add);
        for (Path file : files) {
            try {
                all.append(file)
                        .append(' ')
                        .append(Files.size(file))
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            } catch (IOException e) {
                all.append(file).append(" gone\n");
            }
        }
        return all.toString();
    }

    private List<Path> lists(IntelSettings settings) {
        return below(settings.folder().orElse(root.resolve("lists")));
    }

    private static List<Path> below(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("folder of indicators cannot be read folder={} reason={}", folder, e.getMessage());
            return List.of();
        }
    }

    /**
     * Reads all that is there. Unchanged sources are not read again.
     *
     * @param own the unit's own blocks
     * @return empty when there is no list at all
     */
    public synchronized Optional<Opened> load(IntelSettings settings, List<String> own) {
        List<Source> sources = new ArrayList<>();
        for (Path file : lists(settings)) {
            keep(file)
                    .ifPresent(kept -> sources.add(
                            new Source(String.valueOf(file.getFileName()), CONFIDENCE, 0, false, List.of(kept))));
        }
        for (Feed feed : settings.feeds()) {
            List<Kept> files = new ArrayList<>();
            below(feed(feed.name())).forEach(file -> keep(file).ifPresent(files::add));
            if (!files.isEmpty()) {
                sources.add(new Source(feed.name(), feed.confidence(), feed.lifetimeDays(), feed.observables(), files));
            }
        }
        if (sources.isEmpty()) {
            current = Optional.empty();
            return current;
        }
        List<Kept> warninglists = new ArrayList<>();
        settings.warninglists()
                .forEach(path -> below(path).forEach(file -> keep(file).ifPresent(warninglists::add)));
        List<Kept> suffixes = settings.suffixes().flatMap(this::keep).stream().toList();
        Manifest manifest = new Manifest(root.resolve("kept"), sources, warninglists, suffixes, own);
        if (current.isPresent() && current.get().manifest().equals(manifest)) {
            return current;
        }
        Opened opened = ManifestReader.open(manifest, current, clock.millis(), random.nextLong());
        tell(opened);
        prune(manifest);
        current = Optional.of(opened);
        return current;
    }

    private static void tell(Opened opened) {
        opened.problems().stream().limit(20).forEach(problem -> LOG.warn("warning list problem={}", problem));
        opened.reports()
                .forEach(report -> LOG.info(
                        "indicators loaded source={} taken={} left={} warninglisted={} windowed={} problems={} first=\"{}\"",
                        report.file(),
                        report.taken(),
                        report.skipped().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        report.warned().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        report.windowedCount(),
                        report.problemCount(),
                        report.problems().isEmpty() ? "" : report.problems().get(0)));
    }

    /** Copies a file to where it is kept; a file that cannot be read is left out and told. */
    private Optional<Kept> keep(Path file) {
        try {
            long size = Files.size(file);
            FileTime modified = Files.getLastModifiedTime(file);
            Known known = digests.get(file);
            if (known == null || known.size != size || !known.modified.equals(modified)) {
                known = new Known(size, modified, copy(file));
                digests.put(file, known);
            }
            Path kept = root.resolve("kept").resolve(known.digest);
            if (Files.exists(kept)) {
                Files.setLastModifiedTime(kept, FileTime.from(clock.instant()));
            } else {
                copy(file);
            }
            return Optional.of(new Kept(String.valueOf(file.getFileName()), known.digest, size));
        } catch (IOException e) {
            LOG.warn("list cannot be read file={} reason={}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private String copy(Path file) throws IOException {
        Path folder = Files.createDirectories(root.resolve("kept"));
        Path made = Files.createTempFile(folder, ".made", "");
        try (InputStream in = Files.newInputStream(file)) {
            Files.copy(in, made, StandardCopyOption.REPLACE_EXISTING);
        }
        String digest = ManifestReader.digest(made);
        Files.move(made, folder.resolve(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return digest;
    }

    private void prune(Manifest manifest) {
        Set<String> needed = new HashSet<>();
        manifest.sources().forEach(source -> source.files().forEach(file -> needed.add(file.digest())));
        manifest.warninglists().forEach(file -> needed.add(file.digest()));
        manifest.suffixes().forEach(file -> needed.add(file.digest()));
        Instant old = clock.instant().minus(KEEP);
        for (Path file : below(root.resolve("kept"))) {
            try {
                boolean unused = !needed.contains(String.valueOf(file.getFileName()));
                if (unused && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                LOG.warn("kept list not removed file={} reason={}", file, e.getMessage());
            }
        }
    }
}
