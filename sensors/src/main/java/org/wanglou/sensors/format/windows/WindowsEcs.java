package org.wanglou.sensors.format.windows;

import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * From {@code winlog.*}, whatever shape it came in, to ECS: what happened by channel and event id, whose account, which
 * process, which addresses. What the sender has set already stays. Pure.
 */
final class WindowsEcs {
    static final String DATA = "winlog.event_data.";
    static final String CHANNEL = "winlog.channel";
    static final String PROVIDER = "winlog.provider_name";
    static final String COMPUTER = "winlog.computer_name";

    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("security", "security"),
            Map.entry("system", "system"),
            Map.entry("application", "application"),
            Map.entry("microsoft-windows-sysmon/operational", "sysmon"),
            Map.entry("linux-sysmon/operational", "sysmon"),
            Map.entry("microsoft-windows-powershell/operational", "powershell"),
            Map.entry("powershellcore/operational", "powershell"),
            Map.entry("windows powershell", "powershell-classic"),
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
    static boolean finish(Event.Builder event) {
        String code = string(event, "winlog.event_id");
        String channel = string(event, CHANNEL);
        String provider = string(event, PROVIDER);
        if (code.isEmpty() || channel.isEmpty() && provider.isEmpty()) {
            return false;
        }
        String service = SERVICES.getOrDefault(channel.toLowerCase(Locale.ROOT), "eventlog");
        if (channel.isEmpty() && provider.endsWith("Sysmon")) {
            service = "sysmon";
        }
        absent(event, Ecs.EVENT_DATASET, "windows." + service);
        absent(event, Ecs.EVENT_MODULE, "windows");
        absent(event, Ecs.EVENT_KIND, "event");
        absent(event, Ecs.EVENT_CODE, code);
        absent(event, Ecs.EVENT_PROVIDER, provider);
        String system = provider.equals("Linux-Sysmon") ? "linux" : "windows";
        if (event.get("host.os.type") == null) {
            event.set("host.os.type", system);
        }
        String computer = string(event, COMPUTER);
        absent(event, Ecs.HOST_NAME, computer);
        absent(event, Ecs.HOST_HOSTNAME, computer);
        outcome(event);
        common(event);
        if (service.equals("sysmon")) {
            SysmonEcs.fill(code, event);
        } else {
            SecurityEcs.fill(code, service, event);
        }
        return true;
    }

    /** Audit Success is bit 53 of the keywords, Audit Failure bit 52. */
    private static void outcome(Event.Builder event) {
        Object words = event.get("winlog.keywords");
        String text = words == null ? "" : String.valueOf(words);
        if (text.startsWith("0x") && text.length() > 2 && text.length() <= 18) {
            try {
                long bits = Long.parseUnsignedLong(text.substring(2), 16);
                text = (bits & 1L << 53) != 0 ? "Audit Success" : (bits & 1L << 52) != 0 ? "Audit Failure" : "";
            } catch (NumberFormatException e) {
                text = "";
            }
        }
        if (text.contains("Audit Success") || text.contains("AUDIT_SUCCESS")) {
            absent(event, Ecs.EVENT_OUTCOME, Words.SUCCESS);
        } else if (text.contains("Audit Failure") || text.contains("AUDIT_FAILURE")) {
            absent(event, Ecs.EVENT_OUTCOME, Words.FAILURE);
        }
    }

    /** Data fields whose meaning is the same in every event that has them. */
    private static void common(Event.Builder event) {
        copy(event, "CommandLine", Ecs.PROCESS_COMMAND_LINE);
        copy(event, "CurrentDirectory", Ecs.PROCESS_WORKING_DIRECTORY);
        copy(event, "ParentCommandLine", Ecs.PROCESS_PARENT_COMMAND_LINE);
        copy(event, "QueryName", Ecs.DNS_QUESTION_NAME);
        copy(event, "ScriptBlockText", "powershell.file.script_block_text");
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
