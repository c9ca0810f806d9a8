package org.wanglou.rules.sigma.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.rules.sigma.Condition;
import org.wanglou.rules.sigma.Fold;
import org.wanglou.rules.sigma.Glob;
import org.wanglou.rules.sigma.LogSource;
import org.wanglou.rules.sigma.ValueTest;

/** Which events a Sigma {@code logsource} means: a table over dataset, module, category and process. */
public final class LogSources {
    private static final Set<String> WEB = Set.of(
            "nginx.access",
            "apache.access",
            "iis.access",
            "tomcat.access",
            "traefik.access",
            "nginx.ingress_controller",
            "haproxy.log");
    private static final Map<String, Set<String>> SERVICES = Map.of(
            "sshd", Set.of("openssh", "sshd"),
            "sudo", Set.of("sudo"),
            "auth", Set.of("openssh", "sshd", "sudo", "su", "login", "system.auth"),
            "auditd", Set.of("auditd", "auditd.log"),
            "syslog", Set.of("syslog", "system.syslog", "system.auth", "openssh", "sudo"),
            "cron", Set.of("cron", "crond"));
    private static final Set<String> LINUX = Set.of("openssh", "sshd", "sudo", "syslog", "auditd", "auditd.log");

    private LogSources() {}

    /** The events a log source means, as a condition. */
    public static Condition scope(LogSource source) {
        List<Condition> parts = new ArrayList<>();
        category(source.category()).ifPresent(parts::add);
        product(source).ifPresent(parts::add);
        if (!source.service().isEmpty()) {
            parts.add(service(source.service()));
        }
        return new Condition.All(source.toString(), parts);
    }

    private static Optional<Condition> category(String category) {
        return switch (category) {
            case "", "test" -> Optional.empty();
            case "webserver" -> Optional.of(is(Ecs.EVENT_DATASET.name(), WEB));
            case "proxy" -> Optional.of(is(Ecs.EVENT_DATASET.name(), Set.of("squid.log")));
            case "firewall" ->
                Optional.of(any(
                        is(Ecs.EVENT_DATASET.name(), Set.of("flow")),
                        is(Ecs.OBSERVER_TYPE.name(), Set.of("firewall"))));
            case "flow" -> Optional.of(is(Ecs.EVENT_DATASET.name(), Set.of("flow")));
            case "authentication" -> Optional.of(in("authentication"));
            case "dns", "dns_query" -> Optional.of(exists(Ecs.DNS_QUESTION_NAME.name()));
            case "process_creation" ->
                Optional.of(any(in("process"), exists(Ecs.PROCESS_COMMAND_LINE.name())));
            case "network_connection" ->
                Optional.of(any(in("network"), is(Ecs.EVENT_DATASET.name(), Set.of("flow"))));
            default ->
                Optional.of(any(
                        in(category),
                        is(Ecs.EVENT_DATASET.name(), Set.of(category)),
                        is(Ecs.OBSERVER_TYPE.name(), Set.of(category))));
        };
    }

    private static Optional<Condition> product(LogSource source) {
        String product = source.product();
        return switch (product) {
            case "", "wanglou" -> Optional.empty();
            case "linux" ->
                source.service().isEmpty()
                        ? Optional.of(any(
                                is(Ecs.EVENT_DATASET.name(), LINUX),
                                starts(Ecs.EVENT_DATASET.name(), "system."),
                                is("host.os.type", Set.of("linux"))))
                        : Optional.empty();
            default ->
                Optional.of(any(
                        is(Ecs.EVENT_DATASET.name(), Set.of(product)),
                        starts(Ecs.EVENT_DATASET.name(), product + "."),
                        is("event.module", Set.of(product)),
                        is("host.os.type", Set.of(product)),
                        is("observer.product", Set.of(product))));
        };
    }

    private static Condition service(String service) {
        Set<String> names = SERVICES.getOrDefault(service, Set.of(service));
        return any(
                is(Ecs.EVENT_DATASET.name(), names),
                new Condition.Item(
                        "dataset",
                        Ecs.EVENT_DATASET.name(),
                        new ValueTest.Text(Glob.literal("." + service).endsWith(), true)),
                is(Ecs.PROCESS_NAME.name(), names),
                new Condition.Item(
                        "channel", "winlog.channel", new ValueTest.Text(Glob.literal(Fold.fold(service)), false)));
    }

    private static Condition any(Condition... parts) {
        return new Condition.Any("any", List.of(parts));
    }

    private static Condition in(String category) {
        return is(Ecs.EVENT_CATEGORY.name(), Set.of(category));
    }

    private static Condition exists(String field) {
        return new Condition.Item(field, field, new ValueTest.Exists(true));
    }

    private static Condition is(String field, Set<String> values) {
        return new Condition.Any(
                field,
                values.stream()
                        .sorted()
                        .map(value -> (Condition)
                                new Condition.Item(field, field, new ValueTest.Text(Glob.literal(value), true)))
                        .toList());
    }

    private static Condition starts(String field, String beginning) {
        return new Condition.Item(
                field, field, new ValueTest.Text(Glob.literal(beginning).startsWith(), true));
    }
}
