package org.wanglou.app.intel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where indicators come from. Immutable.
 *
 * @param folder of lists; empty: {@code intel/lists} in the data directory
 * @param warninglists files, or folders of them
 * @param suffixes a fresher public suffix list
 */
public record IntelSettings(Optional<Path> folder, List<Path> warninglists, Optional<Path> suffixes, List<Feed> feeds) {
    /** Only the folder of the data directory. */
    public static final IntelSettings NONE =
            new IntelSettings(Optional.empty(), List.of(), Optional.empty(), List.of());

    public IntelSettings {
        warninglists = List.copyOf(warninglists);
        feeds = List.copyOf(feeds);
    }
}
