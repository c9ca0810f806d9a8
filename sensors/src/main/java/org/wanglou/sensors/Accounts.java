package org.wanglou.sensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.wanglou.bus.codec.Jsons;

/**
 * The accounts of all sources on disk ({@code counts.json}), replaced each second and at the end: what ticks report stays
 * cumulative over restarts. After a kill the last second is missing on both sides of the equation, and what was under way
 * is booked as {@code unclean_stop}. Confined to the tick's thread.
 */
final class Accounts {
    /** The document. */
    record Document(int version, List<SourceCounts> sources) {}

    private final Path file;

    Accounts(Path folder) {
        this.file = folder.resolve("counts.json");
    }

    /** Books what an earlier run had counted. */
    void restore(Map<String, Source> sources, Map<String, Long> spooled) throws IOException {
        List<SourceCounts> before = Files.exists(file)
                ? Jsons.read(Files.readAllBytes(file), Document.class).sources()
                : List.of();
        for (Source source : sources.values()) {
            SourceCounts counts = before.stream()
                    .filter(one -> one.source().equals(source.name()))
                    .findFirst()
                    .orElse(new SourceCounts(source.name(), 0, 0, Map.of(), 0));
            source.restore(counts, spooled.getOrDefault(source.name(), 0L));
        }
    }

    void save(Collection<Source> sources) throws IOException {
        Path next = file.resolveSibling("counts.json.new");
        Files.write(
                next,
                Jsons.bytes(new Document(1, sources.stream().map(Source::counts).toList())));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
