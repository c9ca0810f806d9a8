package org.wanglou.bench.ingest;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wanglou.bus.KafkaBus;
import org.wanglou.bus.Publisher;
import org.wanglou.crypto.sm.KeyRing;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.Durable;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.Sensors;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.privacy.Masking;
import org.wanglou.sensors.spool.Sealer;
import org.wanglou.store.registry.LoadedRegistry;
import org.wanglou.store.registry.RegistryLoader;

/**
 * The sensors stage alone, wired as the program wires it: one TCP source of format {@code auto}, masking, the sample
 * registry, accounts and spool, the real publisher. Arguments: bootstrap server, TCP port, a directory. Ends with its input.
 */
public final class SensorsMain {
    private static final long GRACE_MILLIS = 300_000;
    private static final int PARTITIONS = 4;

    private SensorsMain() {}

    public static void main(String[] arguments) throws Exception {
        Meters meters = new Meters();
        KafkaBus bus = new KafkaBus(Map.of("bootstrap.servers", arguments[0]), meters);
        bus.createTopics(PARTITIONS, (short) 1);
        SensorConfig tcp = new SensorConfig(
                "tcp",
                SensorConfig.Transport.TCP,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])),
                Formats.named("auto").orElseThrow(),
                SensorConfig.DEFAULT_ZONE,
                "",
                "");
        try (Publisher publisher = bus.publisher("sensors");
                Sensors sensors = new Sensors(
                        List.of(tcp),
                        publisher,
                        snapshots(RegistryLoader.sample()),
                        new Masking(KeyRing.randomSecret(32)),
                        meters,
                        "bench",
                        UUID.randomUUID().toString(),
                        GRACE_MILLIS,
                        Clock.systemUTC(),
                        Durable.in(Path.of(arguments[2]), Sealer.sm4(KeyRing.randomSecret(16))))) {
            sensors.start();
            while (System.in.read() >= 0) {
                continue;
            }
            System.out.println(sensors.sources());
        }
        System.exit(0);
    }

    private static Snapshots snapshots(LoadedRegistry loaded) {
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
}
