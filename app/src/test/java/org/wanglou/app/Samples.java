package org.wanglou.app;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wanglou.rules.Pack;
import org.wanglou.rules.grading.Tables;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.format.Formats;
import org.wanglou.store.events.Retention;
import org.wanglou.store.registry.RegistryLoader;

/** A small instance and what is sent to it. */
final class Samples {
    private Samples() {}

    /** Syslog by UDP on a free port of loopback, the sample registry, nobody to tell. */
    static Settings settings(List<Pack> packs) {
        return new Settings(
                "sample",
                4,
                List.of(new SensorConfig(
                        "syslog-udp",
                        SensorConfig.Transport.UDP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Formats.named("syslog").orElseThrow(),
                        SensorConfig.DEFAULT_ZONE,
                        "",
                        "")),
                List.of(),
                List.of(),
                packs,
                Tables.builtIn(),
                RegistryLoader.sample(),
                Optional.empty(),
                Retention.DEFAULT_DAYS);
    }

    /** Sends one line of sshd by UDP. */
    static void sshd(InetSocketAddress to, String message, Instant now) throws IOException {
        String stamp = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
                .format(now.atZone(SensorConfig.DEFAULT_ZONE));
        byte[] bytes = ("<38>" + stamp + " web01 sshd[812]: " + message).getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to.getPort()));
        }
    }
}
