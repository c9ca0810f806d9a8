package org.wanglou.app;

import java.util.List;
import org.wanglou.alerting.notify.Route;
import org.wanglou.rules.Pack;
import org.wanglou.rules.grading.Tables;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.store.registry.LoadedRegistry;

/**
 * What an instance is made of.
 *
 * @param node stable name of this process
 * @param partitions of the partitioned topics; fixed once the topics exist
 * @param sensors the sources
 * @param routes who is told
 * @param allow exact host:port entries that may be called although they are private
 * @param packs rule packs in force
 * @param tables grading tables in force
 * @param registry units and assets
 */
record Settings(
        String node,
        int partitions,
        List<SensorConfig> sensors,
        List<Route> routes,
        List<String> allow,
        List<Pack> packs,
        Tables tables,
        LoadedRegistry registry) {
    Settings {
        sensors = List.copyOf(sensors);
        routes = List.copyOf(routes);
        allow = List.copyOf(allow);
        packs = List.copyOf(packs);
    }
}
