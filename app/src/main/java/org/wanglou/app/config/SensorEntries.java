package org.wanglou.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.listen.file.FileTail;

/** Reads the list {@code sensors}. Immutable. */
final class SensorEntries {
    private final Secrets secrets;
    private final SensorIntake intake;

    private final Path base;

    /** @param base directory from which relative paths count */
    SensorEntries(Secrets secrets, Path base) {
        this.secrets = secrets;
        this.base = base;
        this.intake = new SensorIntake(base);
    }

    List<SensorConfig> read(Section root) {
        List<SensorConfig> sensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> bound = new HashSet<>();
        for (Section entry : root.sections("sensors")) {
            String name = entry.text("name");
            if (!name.isEmpty() && !names.add(name)) {
                entry.problem("name", "another sensor is named " + name, "give each its own name");
            }
            if (name.startsWith("wanglou-")) {
                entry.problem("name", "names beginning with wanglou- are the instance's own", "choose another");
            }
            String listener = entry.text("listener");
            Optional<Format> format = format(entry);
            Optional<ZoneId> zone = zone(entry);
            String token = secrets.read(entry, "token").orElse("");
            if (listener.isEmpty() || format.isEmpty() || zone.isEmpty()) {
                continue;
            }
            if (listener.equals("file")) {
                file(entry, name, format.get(), zone.get())
                        .map(sensor -> intake.with(entry, sensor))
                        .ifPresent(sensors::add);
                continue;
            }
            if (listener.equals("kafka")) {
                new KafkaEntry(secrets, base)
                        .read(entry, name, format.get(), zone.get())
                        .map(sensor -> intake.with(entry, sensor))
                        .ifPresent(sensors::add);
                continue;
            }
            Optional<Transport> transport = transport(entry, listener);
            if (transport.isEmpty()) {
                continue;
            }
            if (entry.has("path")) {
                entry.problem("path", "a " + listener + " source has no path", "take it out");
            }
            if (transport.get() == Transport.HTTP && !entry.has("token")) {
                entry.problem("token", "an http source needs a token", "write token: ${NAME}");
                continue;
            }
            Optional<InetSocketAddress> bind = bind(entry, "bind");
            if (bind.isEmpty() || transport.get() == Transport.HTTP && token.isEmpty()) {
                continue;
            }
            String socket = (transport.get() == Transport.UDP ? "udp " : "tcp ") + bind.get();
            if (bind.get().getPort() != 0 && !bound.add(socket)) {
                entry.problem("bind", "another sensor listens there", "give it another port");
            }
            try {
                SensorConfig sensor = new SensorConfig(
                        name, transport.get(), bind.get(), format.get(), zone.get(), entry.text("organization"), token);
                sensors.add(intake.with(entry, sensor));
            } catch (IllegalArgumentException e) {
                entry.problem("", String.valueOf(e.getMessage()), "mend the entry");
            }
        }
        return sensors;
    }

    /** The one place that makes a file source. */
    private static Optional<SensorConfig> file(Section entry, String name, Format format, ZoneId zone) {
        if (!entry.has("path")) {
            entry.problem("path", "a file source needs a path", "write path: /var/log/…");
            return Optional.empty();
        }
        try {
            FileTail.check(entry.text("path"));
            return Optional.of(SensorConfig.file(name, entry.text("path"), format, zone, entry.text("organization")));
        } catch (IllegalArgumentException e) {
            entry.problem("path", String.valueOf(e.getMessage()), "mend the path");
            return Optional.empty();
        }
    }

    private static Optional<Transport> transport(Section entry, String word) {
        for (Transport transport : Transport.values()) {
            if (transport.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(transport);
            }
        }
        entry.problem(
                "listener",
                "there is no listener \"" + word + "\"",
                "write udp, tcp, relp, lumberjack, http, kafka or file");
        return Optional.empty();
    }

    private static Optional<Format> format(Section entry) {
        String name = entry.text("format");
        Optional<Format> format = Formats.named(name);
        if (format.isEmpty() && !name.isEmpty()) {
            entry.problem(
                    "format",
                    "there is no format \"" + name + "\"",
                    "write one of " + Formats.all().stream().map(Format::name).toList());
        }
        return format;
    }

    private static Optional<ZoneId> zone(Section entry) {
        String name = entry.text("zone");
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            entry.problem("zone", "there is no time zone \"" + name + "\"", "write one such as Asia/Shanghai");
            return Optional.empty();
        }
    }

    /** An address literal and a port; names are not looked up. */
    static Optional<InetSocketAddress> bind(Section entry, String word) {
        String text = entry.text(word);
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        String port = text.substring(colon + 1);
        boolean literal =
                host.equals("localhost") || host.matches("[0-9.]+") || host.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
        if (literal && port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65_535) {
            try {
                return Optional.of(new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port)));
            } catch (UnknownHostException e) {
                // said below
            }
        }
        entry.problem(
                word,
                text.isEmpty() ? "is missing" : "\"" + text + "\" is not an address and a port",
                "write such as \"127.0.0.1:5514\", \"0.0.0.0:5514\" or \"[::]:5514\"");
        return Optional.empty();
    }
}
