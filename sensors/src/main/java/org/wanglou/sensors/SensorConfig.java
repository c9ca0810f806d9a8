package org.wanglou.sensors;

import java.net.InetSocketAddress;
import java.time.ZoneId;
import org.wanglou.sensors.format.Format;

/**
 * One configured source: listener × format.
 *
 * @param name unique; part of counters, event ids and the ingest path
 * @param listener which transport
 * @param bind address and port; port 0 takes a free one
 * @param format how its frames are read
 * @param zone zone of times that name none
 * @param organization unit of everything this source sends; empty: attributed by address
 * @param token bearer token of an HTTP source; empty otherwise
 */
public record SensorConfig(
        String name,
        Transport listener,
        InetSocketAddress bind,
        Format format,
        ZoneId zone,
        String organization,
        String token) {
    /** Zone of Chinese sources unless configured otherwise. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Shanghai");

    /** How frames arrive. */
    public enum Transport {
        UDP,
        TCP,
        HTTP
    }

    public SensorConfig {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "sensor name must be lower-case letters, digits and dashes, is \"" + name + "\"");
        }
        if (listener == Transport.HTTP && token.length() < 16) {
            throw new IllegalArgumentException(
                    "sensor " + name + ": an HTTP source needs a token of 16 characters or more");
        }
    }

    @Override
    public String toString() {
        return "SensorConfig[" + name + " " + listener + " " + bind + " " + format.name() + " token=***]";
    }
}
