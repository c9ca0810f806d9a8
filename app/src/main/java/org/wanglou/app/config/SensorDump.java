package org.wanglou.app.config;

import java.util.Locale;
import java.util.TreeMap;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.sensors.Intake;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.SourceOptions;
import org.wanglou.sensors.format.Multiline;
import org.wanglou.sensors.listen.TlsServer;

/** Prints what an entry of {@code sensors} says beside transport, place and format. Stateless. */
final class SensorDump {
    private static final String UNIT = "units ";

    private SensorDump() {}

    static void options(StringBuilder yaml, SensorConfig sensor) {
        SourceOptions options = sensor.options();
        Intake intake = options.intake();
        line(
                yaml,
                "    charset",
                options.charset()
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .orElse("auto"));
        plain(yaml, "    rate", (long) options.perSecond());
        if (!sensor.bind().isUnresolved()) {
            plain(yaml, "    ratePerPeer", (long) intake.perPeer());
            plain(yaml, "    allow", Jsons.text(intake.allow()));
            yaml.append(intake.peers().isEmpty() ? "    peers: []\n" : "    peers:\n");
            intake.peers().forEach(peer -> {
                line(yaml, "      - address", peer.prefix());
                line(yaml, "        organization", peer.organization());
                line(yaml, "        name", peer.name());
            });
        }
        intake.multiline().ifPresent(rule -> multiline(yaml, rule));
        options.tls().ifPresent(tls -> tls(yaml, tls));
    }

    private static void multiline(StringBuilder yaml, Multiline rule) {
        yaml.append("    multiline:\n");
        line(yaml, "      pattern", rule.pattern().pattern());
        plain(yaml, "      negate", rule.negate());
        line(yaml, "      match", rule.match().name().toLowerCase(Locale.ROOT));
        plain(yaml, "      maxLines", rule.maxLines());
        plain(yaml, "      timeout", rule.timeoutMillis() / 1_000);
    }

    private static void tls(StringBuilder yaml, TlsServer tls) {
        yaml.append("    tls:\n");
        TreeMap<String, String> files = new TreeMap<>(tls.files());
        files.forEach((word, file) -> {
            if (!word.startsWith(UNIT)) {
                line(yaml, "      " + word, file);
            }
        });
        yaml.append(tls.units().isEmpty() ? "      units: []\n" : "      units:\n");
        files.forEach((word, organization) -> {
            if (word.startsWith(UNIT)) {
                line(yaml, "        - certificate", word.substring(UNIT.length()));
                line(yaml, "          organization", organization);
            }
        });
    }

    private static void line(StringBuilder yaml, String key, String value) {
        ConfigDump.line(yaml, key, value);
    }

    private static void plain(StringBuilder yaml, String key, Object value) {
        yaml.append(key).append(": ").append(value).append('\n');
    }
}
