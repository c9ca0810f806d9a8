package org.wanglou.rules.sigma.match;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.LogSource;

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

    public static boolean accepts(LogSource source, Event event) {
        return category(source.category(), event)
                && product(source, event)
                && (source.service().isEmpty() || service(source.service(), event));
    }

    private static boolean category(String category, Event event) {
        return switch (category) {
            case "", "test" -> true;
            case "webserver" -> WEB.contains(dataset(event));
            case "proxy" -> dataset(event).equals("squid.log");
            case "firewall" -> dataset(event).equals("flow") || type(event).equals("firewall");
            case "flow" -> dataset(event).equals("flow");
            case "authentication" -> in(event, "authentication");
            case "dns", "dns_query" -> event.get(Ecs.DNS_QUESTION_NAME) != null;
            case "process_creation" -> in(event, "process") || event.get(Ecs.PROCESS_COMMAND_LINE) != null;
            case "network_connection" -> in(event, "network") || dataset(event).equals("flow");
            default ->
                in(event, category)
                        || dataset(event).equals(category)
                        || type(event).equals(category);
        };
    }

    private static boolean product(LogSource source, Event event) {
        String product = source.product();
        return switch (product) {
            case "", "wanglou" -> true;
            case "linux" ->
                !source.service().isEmpty()
                        || LINUX.contains(dataset(event))
                        || dataset(event).startsWith("system.")
                        || text(event, "host.os.type").equals("linux");
            default ->
                dataset(event).equals(product)
                        || dataset(event).startsWith(product + ".")
                        || text(event, "event.module").equals(product)
                        || text(event, "host.os.type").equals(product)
                        || text(event, "observer.product").equals(product);
        };
    }

    private static boolean service(String service, Event event) {
        Set<String> names = SERVICES.getOrDefault(service, Set.of(service));
        String dataset = dataset(event);
        return names.contains(dataset)
                || dataset.endsWith("." + service)
                || names.contains(event.text(Ecs.PROCESS_NAME).orElse(""))
                || text(event, "winlog.channel").equalsIgnoreCase(service);
    }

    private static boolean in(Event event, String category) {
        List<String> categories = event.texts(Ecs.EVENT_CATEGORY);
        return categories.contains(category);
    }

    private static String dataset(Event event) {
        return event.text(Ecs.EVENT_DATASET).orElse("");
    }

    private static String type(Event event) {
        return event.text(Ecs.OBSERVER_TYPE).orElse("");
    }

    private static String text(Event event, String field) {
        Object value = event.get(field);
        return value == null ? "" : String.valueOf(value);
    }
}
