package org.wanglou.sensors;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.privacy.Masking;

/** What tests of whole sensors need. */
final class Bench {
    static final String TOKEN = "0123456789abcdef0123";
    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private Bench() {}

    static Format format(String name) {
        return Formats.named(name).orElseThrow();
    }

    static SensorConfig sensor(String name, SensorConfig.Transport transport, String format) {
        return new SensorConfig(
                name,
                transport,
                ANY,
                format(format),
                SensorConfig.DEFAULT_ZONE,
                "",
                transport == SensorConfig.Transport.HTTP ? TOKEN : "");
    }

    static Snapshots snapshots() {
        Registry registry = new Registry(
                List.of(new Organization("3701", "", "甲市", "city", List.of("203.0.113.0/24"), List.of())), List.of());
        return new Snapshots() {
            @Override
            public Registry registry() {
                return registry;
            }

            @Override
            public String registryDigest() {
                return "";
            }
        };
    }

    static Sensors sensors(List<SensorConfig> configured, Shelf shelf, Meters meters, Durable durable, String epoch) {
        return new Sensors(
                configured,
                shelf,
                snapshots(),
                new Masking(new byte[32]),
                meters,
                "node",
                epoch,
                300_000,
                Clock.systemUTC(),
                durable);
    }
}
