package org.wanglou.app.knowledge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.wanglou.app.cli.DataOption;
import org.wanglou.app.cli.ExitCode;
import org.wanglou.app.cli.Output;
import org.wanglou.store.registry.LoadedRegistry;
import org.wanglou.store.registry.RegistryLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wanglou assets} and {@code wanglou orgs}: the registry's files in the data directory. */
@Command(
        name = "assets",
        description = "Checks, imports and exports the registry of units, assets and contacts.",
        mixinStandardHelpOptions = true,
        subcommands = {AssetsCommand.Import.class, AssetsCommand.Export.class, CommandLine.HelpCommand.class})
public final class AssetsCommand implements Runnable {
    private static final List<String> NAMES = RegistryLoader.FILES;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say import or export");
    }

    /** {@code wanglou orgs}, which imports units alone. */
    @Command(
            name = "orgs",
            description = "Imports the registry of units.",
            mixinStandardHelpOptions = true,
            subcommands = {Import.class, CommandLine.HelpCommand.class})
    public static final class Orgs implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "say import");
        }
    }

    /** Checks files together with those that are there, and puts them there. */
    @Command(
            name = "import",
            description =
                    "Checks CSV files together with those that are in the data directory, and puts them there when nothing is "
                            + "wrong. A running instance takes them on SIGHUP. Exit code 1: problems, nothing was written.",
            mixinStandardHelpOptions = true)
    static final class Import implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Mixin
        private DataOption data = new DataOption();

        @Parameters(
                arity = "1..*",
                paramLabel = "FILE",
                description =
                        "organizations.csv, assets.csv, contacts.csv, port-blocks.csv, or a folder with them; told apart by name.")
        private List<Path> files = List.of();

        @Option(names = "--dry-run", description = "Only check.")
        private boolean dryRun;

        @Override
        public Integer call() throws IOException {
            Map<String, byte[]> fresh = fresh();
            Path folder = data.directory().resolve("registry");
            Map<String, byte[]> all = new TreeMap<>(read(folder));
            all.putAll(fresh);
            LoadedRegistry loaded = RegistryLoader.read(all);
            boolean sound = loaded.problems().isEmpty();
            if (sound && !dryRun) {
                Files.createDirectories(folder);
                for (Map.Entry<String, byte[]> file : fresh.entrySet()) {
                    Path next = folder.resolve(file.getKey() + ".new");
                    Files.write(next, file.getValue());
                    Files.move(next, folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("organizations", loaded.organizations().size());
            record.put("assets", loaded.assets().size());
            record.put("digest", loaded.digest());
            record.put("written", sound && !dryRun);
            record.put("problems", loaded.problems());
            StringBuilder text = new StringBuilder();
            loaded.problems().forEach(problem -> text.append(problem).append('\n'));
            text.append(loaded.organizations().size())
                    .append(" units, ")
                    .append(loaded.assets().size())
                    .append(" assets")
                    .append(sound ? dryRun ? "; checked, nothing written" : "; written to " + folder : "; NOT written");
            output.answer(record, text.toString());
            return sound ? ExitCode.OK : ExitCode.FAILED;
        }

        private Map<String, byte[]> fresh() throws IOException {
            Map<String, byte[]> fresh = new TreeMap<>();
            for (Path file : files) {
                if (Files.isDirectory(file)) {
                    fresh.putAll(read(file));
                } else {
                    String name = String.valueOf(file.getFileName());
                    if (!NAMES.contains(name)) {
                        throw output.usage(file + ": the file's name must be one of " + NAMES);
                    }
                    fresh.put(name, Files.readAllBytes(file));
                }
            }
            if (fresh.isEmpty()) {
                throw output.usage("there is none of " + NAMES + " in " + files);
            }
            return fresh;
        }
    }

    /** Copies them out. */
    @Command(
            name = "export",
            description = "Copies the registry's CSV files of a data directory into a folder.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Mixin
        private DataOption data = new DataOption();

        @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
        private Path out = Path.of("");

        @Override
        public Integer call() throws IOException {
            Map<String, byte[]> files = read(data.directory().resolve("registry"));
            if (files.isEmpty()) {
                throw new IllegalStateException("there is no registry in " + data.directory()
                        + ": 'wanglou assets import'" + " puts one there");
            }
            Files.createDirectories(out);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(out.resolve(file.getKey()), file.getValue());
            }
            output.answer(Map.of("files", files.keySet(), "folder", out.toString()), files.keySet() + " in " + out);
            return ExitCode.OK;
        }
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : NAMES) {
            if (Files.exists(folder.resolve(name))) {
                files.put(name, Files.readAllBytes(folder.resolve(name)));
            }
        }
        return files;
    }
}
