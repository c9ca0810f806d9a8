package org.wanglou.sensors.format;

import java.util.List;
import java.util.Optional;
import org.wanglou.sensors.format.flow.NetflowV5Format;
import org.wanglou.sensors.format.json.EcsFormat;
import org.wanglou.sensors.format.syslog.SyslogFormat;
import org.wanglou.sensors.format.web.AccessFormat;

/** Every format there is. To add one: its class, its samples and one line here. */
public final class Formats {
    private static final List<Format> ALL = List.of(
            new SyslogFormat(),
            new AccessFormat("nginx-access", "nginx.access"),
            new AccessFormat("apache-access", "apache.access"),
            new EcsFormat(),
            new NetflowV5Format());

    private Formats() {}

    public static List<Format> all() {
        return ALL;
    }

    public static Optional<Format> named(String name) {
        return ALL.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
