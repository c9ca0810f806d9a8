package org.wanglou.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data}. Confined to the command's thread. */
public final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Data directory (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("data");

    /** The directory as given. */
    public Path directory() {
        return directory;
    }

    /** @throws IllegalStateException when an instance has never used the directory */
    public Path existing() {
        if (!Files.exists(directory.resolve("keys").resolve("keyring.p12"))) {
            throw new IllegalStateException(directory + " is not the data directory of an instance: give --data DIR, or"
                    + " make one with 'wanglou run --data " + directory + "'");
        }
        return directory;
    }
}
