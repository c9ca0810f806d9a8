package org.wanglou.app.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.wanglou.alerting.notify.Route;
import org.wanglou.app.config.Configuration.RegistryFiles;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.listen.kafka.KafkaInput;

/** Prints the effective file, every key with the value that holds and secrets as {@code ***}. Stateless. */
public final class ConfigDump {
    private ConfigDump() {}

    public static String yaml(Configuration configuration) {
        StringBuilder yaml = new StringBuilder();
        line(yaml, "node", configuration.node());
        line(yaml, "profile", configuration.profile().word());
        yaml.append("console:\n");
        line(yaml, "  bind", address(configuration.console()));
        yaml.append(configuration.sensors().isEmpty() ? "sensors: []\n" : "sensors:\n");
        configuration.sensors().forEach(sensor -> sensor(yaml, sensor));
        yaml.append("notify:\n  allow: ")
                .append(Jsons.text(configuration.allow()))
                .append('\n');
        yaml.append(configuration.routes().isEmpty() ? "  routes: []\n" : "  routes:\n");
        configuration.routes().forEach(route -> route(yaml, route));
        List<String> packs = configuration.packs().stream().map(Path::toString).toList();
        yaml.append("packs: ").append(Jsons.text(packs)).append('\n');
        yaml.append("builtInPacks: ").append(configuration.builtInPacks()).append('\n');
        configuration.registry().ifPresent(files -> registry(yaml, files));
        configuration.enrolled().ifPresent(path -> {
            yaml.append("privacy:\n");
            line(yaml, "  enrolled", path.toString());
        });
        yaml.append("retentionDays: ").append(configuration.retentionDays()).append('\n');
        return yaml.toString();
    }

    private static void sensor(StringBuilder yaml, SensorConfig sensor) {
        line(yaml, "  - name", sensor.name());
        line(yaml, "    listener", sensor.listener().name().toLowerCase(Locale.ROOT));
        if (!sensor.bind().isUnresolved()) {
            line(yaml, "    bind", address(sensor.bind()));
        }
        if (!sensor.options().path().isEmpty()) {
            line(yaml, "    path", sensor.options().path());
        }
        line(yaml, "    format", sensor.format().name());
        line(yaml, "    zone", sensor.zone().getId());
        line(yaml, "    organization", sensor.organization());
        yaml.append("    exit: ").append(sensor.options().exit()).append('\n');
        if (!sensor.token().isEmpty()) {
            line(yaml, "    token", "***");
        }
        SensorDump.options(yaml, sensor);
        sensor.options().kafka().ifPresent(input -> kafka(yaml, input));
    }

    private static void kafka(StringBuilder yaml, KafkaInput input) {
        yaml.append("    kafka:\n");
        line(yaml, "      servers", input.servers());
        yaml.append("      topics: ").append(Jsons.text(input.topics())).append('\n');
        line(yaml, "      group", input.group());
        line(yaml, "      protocol", input.protocol());
        line(yaml, "      mechanism", input.mechanism());
        line(yaml, "      user", input.user());
        if (!input.password().isEmpty()) {
            line(yaml, "      password", "***");
        }
        line(yaml, "      authorities", input.authorities());
    }

    private static void route(StringBuilder yaml, Route route) {
        line(yaml, "    - name", route.name());
        line(yaml, "      notifier", route.notifier());
        line(yaml, "      url", route.target());
        yaml.append("      organizations: ")
                .append(Jsons.text(route.organizations()))
                .append('\n');
        line(yaml, "      minimum", route.minimum().word());
        line(yaml, "      secret", "***");
    }

    private static void registry(StringBuilder yaml, RegistryFiles files) {
        yaml.append("registry:\n");
        line(yaml, "  organizations", files.organizations().toString());
        files.assets().ifPresent(path -> line(yaml, "  assets", path.toString()));
        files.contacts().ifPresent(path -> line(yaml, "  contacts", path.toString()));
        files.portBlocks().ifPresent(path -> line(yaml, "  portBlocks", path.toString()));
    }

    /** A JSON string is a YAML string. */
    static void line(StringBuilder yaml, String key, String value) {
        yaml.append(key).append(": ").append(Jsons.text(value)).append('\n');
    }

    private static String address(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
