package org.wanglou.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.store.registry.LoadedRegistry;
import org.wanglou.store.registry.RegistryLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --assets}: units and assets for a filter. Confined to the command's thread. */
public final class RegistryOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Option(
            names = "--assets",
            paramLabel = "DIR",
            description =
                    "Folder with organizations.csv, assets.csv, contacts.csv and port-blocks.csv (default: an empty registry);"
                            + " 'sample' is the made-up province of the demonstration.")
    private Path folder = Path.of("");

    /** The registry; what is wrong in it is told on the error stream. */
    public Snapshots snapshots() {
        LoadedRegistry loaded = load();
        loaded.problems().forEach(problem -> command.commandLine().getErr().println(problem));
        return new Snapshots() {
            @Override
            public Registry registry() {
                return loaded.registry();
            }

            @Override
            public String registryDigest() {
                return loaded.digest();
            }
        };
    }

    private LoadedRegistry load() {
        if (folder.toString().isEmpty()) {
            return RegistryLoader.read(Map.of());
        }
        if (folder.toString().equals("sample")) {
            return RegistryLoader.sample();
        }
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(command.commandLine(), "--assets " + folder + " is not a folder");
        }
        return RegistryLoader.load(folder);
    }
}
