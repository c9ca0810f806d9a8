package org.wanglou.sensors.format.windows.ecs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.windows.said.RenderedMessage;

/**
 * From {@code winlog.*}, whatever shape it came in, to ECS: what happened by channel and event id, whose account, which
 * process, which addresses. What the sender has set already stays. Pure.
 */
public final class WindowsEcs {
    public static final String DATA = "winlog.event_data.";
    public static final String CHANNEL = "winlog.channel";
    public static final String PROVIDER = "winlog.provider_name";
    public static final String COMPUTER = "winlog.computer_name";

    public static final String USER_DATA = "winlog.user_data.";

    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("security", "security"),
            Map.entry("system", "system"),
            Map.entry("application", "application"),
            Map.entry("microsoft-windows-sysmon/operational", "sysmon"),
            Map.entry("linux-sysmon/operational", "sysmon"),
            Map.entry("microsoft-windows-powershell/operational", "powershell"),
            Map.entry("powershellcore/operational", "powershell"),
            Map.entry("windows powershell", "powershell-classic"),
            Map.entry("windows-powershell", "powershell-classic"),
            Map.entry("microsoft-windows-windows defender/operational", "windefend"),
            Map.entry("microsoft-windows-taskscheduler/operational", "taskscheduler"),
            Map.entry("microsoft-windows-wmi-activity/operational", "wmi"),
            Map.entry("microsoft-windows-bits-client/operational", "bits-client"),
            Map.entry("microsoft-windows-dns-client/operational", "dns-client"),
            Map.entry("dns server", "dns-server"),
            Map.entry("microsoft-windows-ntlm/operational", "ntlm"),
            Map.entry("microsoft-windows-codeintegrity/operational", "codeintegrity-operational"),
            Map.entry("microsoft-windows-applocker/exe and dll", "applocker"),
            Map.entry("microsoft-windows-applocker/msi and script", "applocker"),
            Map.entry("microsoft-windows-windows firewall with advanced security/firewall", "firewall-as"),
            Map.entry(
                    "microsoft-windows-terminalservices-localsessionmanager/operational",
                    "terminalservices-localsessionmanager"),
            Map.entry("microsoft-windows-smbclient/security", "smbclient-security"),
            Map.entry("microsoft-windows-printservice/operational", "printservice-operational"),
            Map.entry("microsoft-windows-driverframeworks-usermode/operational", "driver-framework"));

    private WindowsEcs() {}

    /** Completes an event whose {@code winlog.*} is set; false when it names neither event id nor channel nor provider. */
    public static boolean finish(Event.Builder event) {
        String code = string(event, "winlog.event_id");
        String channel = string(event, CHANNEL);
        String provider = string(event, PROVIDER);
        if (code.isEmpty() || channel.isEmpty() && provider.isEmpty()) {
            return false;
        }
        String service = service(channel, provider);
        said(event, code, service);
        Settled.settle(event);
        absent(event, Ecs.EVENT_DATASET, "windows." + service);
        absent(event, Ecs.EVENT_MODULE, "windows");
        absent(event, Ecs.EVENT_KIND, "event");
        absent(event, Ecs.EVENT_CODE, code);
        absent(event, Ecs.EVENT_PROVIDER, provider);
        if (event.get("host.os.type") == null) {
            event.set("host.os.type", provider.equals("Linux-Sysmon") ? "linux" : "windows");
        }
        String computer = string(event, COMPUTER);
        absent(event, Ecs.HOST_NAME, computer);
        absent(event, Ecs.HOST_HOSTNAME, computer);
        outcome(event);
        common(event);
        switch (service) {
            case "sysmon" -> SysmonEcs.fill(code, event);
            case "powershell", "powershell-classic" -> PowerShellEcs.fill(code, service, event);
            case "windefend" -> DefenderEcs.fill(code, event);
            default -> SecurityEcs.fill(code, service, event);
        }
        // the account of the record itself, where its data name none
        absent(event, Ecs.USER_NAME, string(event, "winlog.user.name"));
        absent(event, Ecs.USER_DOMAIN, string(event, "winlog.user.domain"));
        return true;
    }

    /** Where a shape carries no data the rendered message is taken apart. */
    private static void said(Event.Builder event, String code, String service) {
        if (!(event.get(Ecs.MESSAGE) instanceof String message)) {
            return;
        }
        for (String name : event.sofar().extra().keySet()) {
            if (name.startsWith(DATA) || name.startsWith(USER_DATA)) {
                return;
            }
        }
        String place = code.equals("1102") ? USER_DATA : DATA;
        RenderedMessage.fields(message, code, service).forEach((name, value) -> event.set(place + name, value));
    }

    /** Keeps a rendering beside the number it renders until all is read. */
    public static void rendered(Event.Builder event, String field, String value) {
        if (!value.isBlank()) {
            event.set(field + "_rendered", value.strip());
        }
    }

    private static String service(String channel, String provider) {
        String known = SERVICES.get(channel.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        if (!channel.isEmpty()) {
            return "eventlog";
        }
        return switch (provider) {
            case "Microsoft-Windows-Sysmon", "Linux-Sysmon" -> "sysmon";
            case "Microsoft-Windows-Security-Auditing" -> "security";
            case "Microsoft-Windows-PowerShell" -> "powershell";
            case "PowerShell" -> "powershell-classic";
            case "Microsoft-Windows-Windows Defender" -> "windefend";
            case "Service Control Manager" -> "system";
            default -> "eventlog";
        };
    }

    /** What the keywords say of an audited action. */
    private static void outcome(Event.Builder event) {
        if (event.get("winlog.keywords") instanceof List<?> words) {
            if (words.contains("Audit Success")) {
                absent(event, Ecs.EVENT_OUTCOME, Words.SUCCESS);
            } else if (words.contains("Audit Failure")) {
                absent(event, Ecs.EVENT_OUTCOME, Words.FAILURE);
            }
        }
    }

    /** Data fields whose meaning is the same in every event that has them. */
    private static void common(Event.Builder event) {
        copy(event, "CommandLine", Ecs.PROCESS_COMMAND_LINE);
        arguments(event, Ecs.PROCESS_COMMAND_LINE, "process.args");
        copy(event, "CurrentDirectory", Ecs.PROCESS_WORKING_DIRECTORY);
        copy(event, "ParentCommandLine", Ecs.PROCESS_PARENT_COMMAND_LINE);
        arguments(event, Ecs.PROCESS_PARENT_COMMAND_LINE, "process.parent.args");
        copy(event, "QueryName", Ecs.DNS_QUESTION_NAME);
        address(event, "IpAddress", true);
        port(event, "IpPort", Ecs.SOURCE_PORT);
        address(event, "SourceIp", true);
        port(event, "SourcePort", Ecs.SOURCE_PORT);
        address(event, "DestinationIp", false);
        port(event, "DestinationPort", Ecs.DESTINATION_PORT);
        address(event, "SourceAddress", true);
        address(event, "DestAddress", false);
        port(event, "DestPort", Ecs.DESTINATION_PORT);
        copy(event, "DestinationHostname", Ecs.DESTINATION_DOMAIN);
        copy(event, "SourceHostname", Ecs.SOURCE_DOMAIN);
    }

    /** The arguments of a command line and their number. */
    static void arguments(Event.Builder event, Field line, String name) {
        if (event.get(line) instanceof String text && !text.isBlank() && event.get(name) == null) {
            List<String> all = CommandLine.split(text);
            event.set(name, all).set(name + "_count", (long) all.size());
        }
    }

    /** {@code file.name}, {@code file.directory} and {@code file.extension} of {@code file.path}. */
    static void file(Event.Builder event) {
        String path = event.get(Ecs.FILE_PATH) instanceof String text ? text : "";
        int slash = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
        if (path.isEmpty()) {
            return;
        }
        absent(event, Ecs.FILE_NAME, path.substring(slash + 1));
        if (slash > 0 && event.get("file.directory") == null) {
            event.set("file.directory", path.substring(0, slash));
        }
        int dot = path.lastIndexOf('.');
        if (dot > slash
                && dot < path.length() - 1
                && path.length() - dot <= 32
                && event.get("file.extension") == null) {
            event.set("file.extension", path.substring(dot + 1));
        }
    }

    static void absent(Event.Builder event, String field, String value) {
        if (!Fill.absent(value) && event.get(field) == null) {
            event.set(field, value);
        }
    }

    static void absent(Event.Builder event, Field field, String value) {
        if (!value.isEmpty() && event.get(field) == null) {
            event.set(field, value);
        }
    }

    static String string(Event.Builder event, String name) {
        Object value = event.get(name);
        return value == null || value == Event.NULL ? "" : String.valueOf(value);
    }

    static String data(Event.Builder event, String name) {
        return string(event, DATA.concat(name));
    }

    static void copy(Event.Builder event, String name, Field field) {
        String value = data(event, name);
        if (!value.isEmpty() && !Fill.absent(value)) {
            absent(event, field, value);
        }
    }

    static void copy(Event.Builder event, String name, String field) {
        String value = data(event, name);
        if (!value.isEmpty() && event.get(field) == null) {
            event.set(field, value);
        }
    }

    private static void address(Event.Builder event, String name, boolean source) {
        String value = data(event, name);
        if (Fill.absent(value) || value.equals("LOCAL")) {
            return;
        }
        if (source && event.get(Ecs.SOURCE_IP) == null) {
            Fill.source(event, value);
        } else if (!source && event.get(Ecs.DESTINATION_IP) == null) {
            Fill.destination(event, value);
        }
    }

    private static void port(Event.Builder event, String name, Field field) {
        if (event.get(field) == null) {
            long port = Fill.whole(data(event, name));
            if (port > 0) {
                event.set(field, port);
            }
        }
    }

    /** {@code executable} and, from its last segment, {@code name}. */
    static void program(Event.Builder event, String name, Field executable, Field last) {
        String path = data(event, name);
        if (path.isEmpty() || path.equals("-")) {
            return;
        }
        absent(event, executable, path);
        absent(event, last, path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1));
    }

    /** A process id, decimal or {@code 0x…}. */
    static void pid(Event.Builder event, String name, Field field) {
        if (event.get(field) != null) {
            return;
        }
        String value = data(event, name);
        try {
            if (value.startsWith("0x") && value.length() <= 18) {
                event.set(field, Long.parseUnsignedLong(value.substring(2), 16));
            } else if (Fill.whole(value) >= 0) {
                event.set(field, Fill.whole(value));
            }
        } catch (NumberFormatException e) {
            // an id that is no number names no process
        }
    }
}
