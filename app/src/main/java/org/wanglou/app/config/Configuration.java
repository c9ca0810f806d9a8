package org.wanglou.app.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.wanglou.alerting.notify.Route;
import org.wanglou.sensors.SensorConfig;

/**
 * The whole file, read and checked once. Immutable; secrets inside print as asterisks.
 *
 * @param file where it was read from, for messages
 * @param node stable name of this instance
 * @param console where the console listens
 * @param allow exact host:port entries that may be called although they are private
 * @param packs further pack folders
 * @param builtInPacks whether the packs of the distribution are used
 * @param registry files of units and assets, if configured
 * @param enrolled list of pupils' names and numbers that are masked wherever they stand, if configured
 * @param retentionDays days that events are kept
 */
public record Configuration(
        String file,
        String node,
        Profile profile,
        InetSocketAddress console,
        List<SensorConfig> sensors,
        List<String> allow,
        List<Route> routes,
        List<Path> packs,
        boolean builtInPacks,
        Optional<RegistryFiles> registry,
        Optional<Path> enrolled,
        int retentionDays) {
    public Configuration {
        sensors = List.copyOf(sensors);
        allow = List.copyOf(allow);
        routes = List.copyOf(routes);
        packs = List.copyOf(packs);
    }

    /** CSV files of the registry. */
    public record RegistryFiles(
            Path organizations, Optional<Path> assets, Optional<Path> contacts, Optional<Path> portBlocks) {}
}
