package org.wanglou.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wanglou.alerting.notify.Route;
import org.wanglou.app.config.BadConfiguration;
import org.wanglou.app.config.ConfigProblem;
import org.wanglou.app.config.Configuration;
import org.wanglou.app.config.Configuration.RegistryFiles;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.rules.Pack;
import org.wanglou.rules.Packs;
import org.wanglou.rules.grading.Tables;
import org.wanglou.rules.packs.Bundle;
import org.wanglou.rules.sigma.RuleSet;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.privacy.Enrolled;
import org.wanglou.store.registry.LoadedRegistry;
import org.wanglou.store.registry.RegistryLoader;

/**
 * What an instance is made of. Immutable.
 *
 * @param node stable name of this process
 * @param partitions of the partitioned topics; fixed once the topics exist
 * @param sensors the sources
 * @param routes who is told
 * @param allow exact host:port entries that may be called although they are private
 * @param packs rule packs in force
 * @param tables grading tables in force
 * @param registry units and assets
 * @param console where the console listens; empty: no console
 * @param retentionDays days that events are kept
 * @param enrolled list of pupils' names and numbers, if there is one
 */
record Settings(
        String node,
        int partitions,
        List<SensorConfig> sensors,
        List<Route> routes,
        List<String> allow,
        List<Pack> packs,
        Tables tables,
        LoadedRegistry registry,
        Optional<InetSocketAddress> console,
        int retentionDays,
        Optional<Path> enrolled) {
    Settings {
        sensors = List.copyOf(sensors);
        routes = List.copyOf(routes);
        allow = List.copyOf(allow);
        packs = List.copyOf(packs);
    }

    /** An instance without a list of pupils. */
    Settings(
            String node,
            int partitions,
            List<SensorConfig> sensors,
            List<Route> routes,
            List<String> allow,
            List<Pack> packs,
            Tables tables,
            LoadedRegistry registry,
            Optional<InetSocketAddress> console,
            int retentionDays) {
        this(
                node,
                partitions,
                sensors,
                routes,
                allow,
                packs,
                tables,
                registry,
                console,
                retentionDays,
                Optional.empty());
    }

    /**
     * Reads the packs and the registry that a configuration names.
     *
     * @param data data directory, whose {@code registry} folder is used when the configuration names no registry
     */
    static Settings of(Configuration configuration, Path data) {
        List<Pack> packs = new ArrayList<>(configuration.builtInPacks() ? Packs.builtIn() : List.of());
        packs.addAll(Packs.fromFolders(configuration.packs()));
        return new Settings(
                configuration.node(),
                configuration.profile().partitions(),
                configuration.sensors(),
                configuration.routes(),
                configuration.allow(),
                packs,
                Tables.builtIn(),
                registry(configuration, data),
                Optional.of(configuration.console()),
                configuration.retentionDays(),
                configuration.enrolled());
    }

    private static LoadedRegistry registry(Configuration configuration, Path data) {
        if (configuration.registry().isPresent()) {
            return RegistryLoader.read(
                    files(configuration.file(), configuration.registry().get()));
        }
        Path own = data.resolve("registry");
        return Files.exists(own.resolve("organizations.csv"))
                ? RegistryLoader.load(own)
                : RegistryLoader.read(Map.of());
    }

    private static Map<String, byte[]> files(String config, RegistryFiles named) {
        Map<String, Path> paths = new TreeMap<>();
        paths.put("organizations.csv", named.organizations());
        named.assets().ifPresent(path -> paths.put("assets.csv", path));
        named.contacts().ifPresent(path -> paths.put("contacts.csv", path));
        named.portBlocks().ifPresent(path -> paths.put("port-blocks.csv", path));
        Map<String, byte[]> files = new TreeMap<>();
        paths.forEach((name, path) -> {
            try {
                files.put(name, Files.readAllBytes(path));
            } catch (IOException e) {
                throw new BadConfiguration(List.of(new ConfigProblem(
                        config, 0, "registry", path + " cannot be read", "check the path and the rights")));
            }
        });
        return files;
    }

    /** What of {@code next} can be taken while running: routes, packs, tables and registry; all else as here. */
    Settings reloaded(Settings next) {
        return new Settings(
                node,
                partitions,
                sensors,
                next.routes,
                allow,
                next.packs,
                next.tables,
                next.registry,
                console,
                retentionDays,
                enrolled);
    }

    /** The list of pupils, read from its file. */
    Enrolled pupils() {
        if (enrolled.isEmpty()) {
            return Enrolled.NONE;
        }
        try {
            return Enrolled.read(enrolled.get());
        } catch (IOException e) {
            throw new BadConfiguration(List.of(new ConfigProblem(
                    enrolled.get().toString(),
                    0,
                    "privacy.enrolled",
                    String.valueOf(e.getMessage()),
                    "mend the list")));
        }
    }

    /** Whether {@code next} differs in something that only a restart can take. */
    boolean needsRestart(Settings next) {
        return !node.equals(next.node)
                || partitions != next.partitions
                || !sensors.stream()
                        .map(Settings::shown)
                        .toList()
                        .equals(next.sensors.stream().map(Settings::shown).toList())
                || !allow.equals(next.allow)
                || !console.equals(next.console)
                || retentionDays != next.retentionDays
                || !enrolled.equals(next.enrolled);
    }

    /** Digests (hex SM3) of what the settings are made of, by part; secrets take no part in any. */
    Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>();
        parts.put("rules", Bundle.of(0, packs, tables).digest());
        parts.put("registry", registry.digest());
        parts.put("sensors", digest(sensors.stream().map(Settings::shown).toList()));
        parts.put(
                "notify",
                digest(List.of(
                        allow.toString(),
                        routes.stream()
                                .map(route -> List.of(
                                        route.name(),
                                        route.notifier(),
                                        route.target(),
                                        route.organizations().toString(),
                                        route.minimum().word()))
                                .toList()
                                .toString())));
        parts.put("instance", digest(List.of(node, partitions + " " + retentionDays)));
        return parts;
    }

    private static String shown(SensorConfig sensor) {
        return List.of(
                        sensor.name(),
                        sensor.listener().name(),
                        sensor.bind().toString(),
                        sensor.format().name(),
                        sensor.zone().getId(),
                        sensor.organization(),
                        sensor.options().path(),
                        sensor.options().charset().toString(),
                        Double.toString(sensor.options().perSecond()),
                        sensor.options()
                                .tls()
                                .map(tls -> new TreeMap<>(tls.files()))
                                .toString(),
                        sensor.options().intake().toString())
                .toString();
    }

    private static String digest(List<String> texts) {
        return Sm3.hex(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
    }

    /** Hex SM3 over all {@link #parts}. */
    String digest() {
        return digest(parts().entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .toList());
    }

    /** What is wrong with rules and registry; the rest of them is used all the same. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        RuleSet.compile(packs).problems().forEach(problem -> problems.add(problem.toString()));
        registry.problems().forEach(problem -> problems.add(problem.toString()));
        return problems;
    }
}
