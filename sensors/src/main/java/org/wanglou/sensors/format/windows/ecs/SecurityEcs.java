package org.wanglou.sensors.format.windows.ecs;

import java.util.Map;
import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** The Security channel and its neighbours: whose account acted, on which, through which process. Pure. */
final class SecurityEcs {
    /** Events in which the account that matters is the target: somebody logged on, whoever asked for it. */
    private static final Set<String> BY_TARGET =
            Set.of("4624", "4625", "4634", "4647", "4768", "4769", "4770", "4771", "4776");

    private static final Set<String> KERBEROS = Set.of("4768", "4769", "4770", "4771", "4776");

    /** Events whose privileges are a list, one a line. */
    private static final Set<String> PRIVILEGES = Set.of("4672", "4673", "4674", "4741", "4742", "4743");

    private static final Set<String> FAILURES = Set.of("4625", "4771");

    private static final Map<String, String> LOGON_TYPES = Map.ofEntries(
            Map.entry("2", "Interactive"),
            Map.entry("3", "Network"),
            Map.entry("4", "Batch"),
            Map.entry("5", "Service"),
            Map.entry("7", "Unlock"),
            Map.entry("8", "NetworkCleartext"),
            Map.entry("9", "NewCredentials"),
            Map.entry("10", "RemoteInteractive"),
            Map.entry("11", "CachedInteractive"));

    private static final Map<String, String> SERVICE_TYPES = Map.of(
            "0x1", "Kernel Driver",
            "0x2", "File System Driver",
            "0x8", "Recognizer Driver",
            "0x10", "Win32 Own Process",
            "0x20", "Win32 Share Process",
            "0x110", "Interactive Own Process",
            "0x120", "Interactive Share Process");

    private SecurityEcs() {}

    static void fill(String code, String service, Event.Builder event) {
        boolean known = service.equals("security") || service.equals("system") || service.equals("eventlog");
        if (!WindowsAction.fill(service + '/' + code, event) && known) {
            WindowsAction.fill(code, event);
        }
        outcome(code, event);
        if (BY_TARGET.contains(code)) {
            account(event, "Target");
        } else {
            account(event, "Subject");
            SecurityTarget.fill(code, event);
        }
        String type = WindowsEcs.data(event, "LogonType");
        WindowsEcs.absent(event, "winlog.logon.type", LOGON_TYPES.getOrDefault(type, type));
        boolean ended = code.equals("4634") || code.equals("4647");
        WindowsEcs.copy(event, ended ? "TargetLogonId" : "SubjectLogonId", "winlog.logon.id");
        String privileges = WindowsEcs.data(event, "PrivilegeList");
        if (PRIVILEGES.contains(code) && !privileges.isBlank() && !privileges.startsWith("[")) {
            event.set(
                    WindowsEcs.DATA + "PrivilegeList",
                    java.util.List.of(privileges.strip().split("\\s+", 64)));
        }
        WindowsEcs.copy(event, "WorkstationName", Ecs.SOURCE_DOMAIN);
        WindowsEcs.copy(event, "Workstation", Ecs.SOURCE_DOMAIN);
        WindowsEcs.copy(event, "ServiceName", "service.name");
        String kind = WindowsEcs.data(event, "ServiceType");
        WindowsEcs.absent(event, "service.type", SERVICE_TYPES.getOrDefault(kind, kind));
        WindowsEcs.copy(event, "Path", Ecs.FILE_PATH);
        process(code, event);
        if (code.startsWith("515")) {
            network(event);
        }
        if (code.equals("5140") || code.equals("5145")) {
            share(event);
        }
        if (code.equals("4657")) {
            registry(event);
        }
        if (WindowsEcs.data(event, "ObjectType").equals("File") && !code.startsWith("514")) {
            WindowsEcs.copy(event, "ObjectName", Ecs.FILE_PATH);
        }
        WindowsEcs.file(event);
    }

    /** Without keywords the status of a Kerberos or NTLM event says how it went. */
    private static void outcome(String code, Event.Builder event) {
        if (FAILURES.contains(code)) {
            WindowsEcs.absent(event, Ecs.EVENT_OUTCOME, Words.FAILURE);
        } else if (KERBEROS.contains(code)) {
            String status = WindowsEcs.data(event, "Status");
            WindowsEcs.absent(
                    event,
                    Ecs.EVENT_OUTCOME,
                    status.isEmpty() ? "" : status.equals("0x0") ? Words.SUCCESS : Words.FAILURE);
        }
    }

    private static void account(Event.Builder event, String side) {
        user(event, side + "UserName", Ecs.USER_NAME);
        user(event, side + "DomainName", Ecs.USER_DOMAIN);
        user(event, side + "UserSid", Ecs.USER_ID);
        if (side.equals("Target")) {
            WindowsEcs.copy(event, "TargetSid", Ecs.USER_ID);
        }
    }

    /** From EventData, or from UserData where that is all an event has (1102). */
    private static void user(Event.Builder event, String name, Field field) {
        WindowsEcs.copy(event, name, field);
        String value = WindowsEcs.string(event, WindowsEcs.USER_DATA + name);
        if (!Fill.absent(value)) {
            WindowsEcs.absent(event, field, value);
        }
        if (name.equals("SubjectUserName")) {
            WindowsEcs.absent(
                    event, "winlog.logon.id", WindowsEcs.string(event, WindowsEcs.USER_DATA + "SubjectLogonId"));
        }
    }

    private static void process(String code, Event.Builder event) {
        if (code.equals("4688")) {
            WindowsEcs.program(event, "NewProcessName", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
            WindowsEcs.pid(event, "NewProcessId", Ecs.PROCESS_PID);
            WindowsEcs.program(event, "ParentProcessName", Ecs.PROCESS_PARENT_EXECUTABLE, Ecs.PROCESS_PARENT_NAME);
            WindowsEcs.pid(event, "ProcessId", Ecs.PROCESS_PARENT_PID);
            return;
        }
        WindowsEcs.program(event, "ProcessName", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        WindowsEcs.program(event, "Application", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        WindowsEcs.pid(event, "ProcessId", Ecs.PROCESS_PID);
        WindowsEcs.pid(event, "ProcessID", Ecs.PROCESS_PID);
    }

    private static void network(Event.Builder event) {
        Words.transport(event, WindowsEcs.data(event, "Protocol"));
        String direction = WindowsEcs.data(event, "Direction");
        if (direction.equals("%%14592") || direction.equalsIgnoreCase("Inbound") || direction.equals("入站")) {
            event.set(Ecs.NETWORK_DIRECTION, "ingress");
        } else if (direction.equals("%%14593") || direction.equalsIgnoreCase("Outbound") || direction.equals("出站")) {
            event.set(Ecs.NETWORK_DIRECTION, "egress");
        }
    }

    /** The file behind a share: where the share lies, and the name asked for within it. */
    private static void share(Event.Builder event) {
        String local = WindowsEcs.data(event, "ShareLocalPath");
        local = local.startsWith("\\??\\") ? local.substring(4) : local;
        String name = WindowsEcs.data(event, "RelativeTargetName");
        String share = WindowsEcs.data(event, "ShareName");
        if (!name.isEmpty() && !Fill.absent(share)) {
            WindowsEcs.absent(event, "file.target_path", share + '\\' + name);
        }
        if (!Fill.absent(local)) {
            String between = name.isEmpty() || local.endsWith("\\") ? "" : "\\";
            WindowsEcs.absent(event, Ecs.FILE_PATH, local + between + name);
        }
    }

    /** {@code \REGISTRY\MACHINE\SOFTWARE\…} and the value's name. */
    private static void registry(Event.Builder event) {
        String path = WindowsEcs.data(event, "ObjectName");
        String value = WindowsEcs.data(event, "ObjectValueName");
        String hive =
                path.startsWith("\\REGISTRY\\MACHINE\\") ? "HKLM" : path.startsWith("\\REGISTRY\\USER\\") ? "HKU" : "";
        if (hive.isEmpty()) {
            return;
        }
        String key = path.substring(path.indexOf('\\', 10) + 1);
        WindowsEcs.absent(event, "registry.hive", hive);
        WindowsEcs.absent(event, "registry.key", key);
        WindowsEcs.absent(event, "registry.value", value);
        WindowsEcs.absent(event, "registry.path", hive + '\\' + key + (value.isEmpty() ? "" : '\\' + value));
        String data = WindowsEcs.data(event, "NewValue");
        if (!Fill.absent(data) && event.get("registry.data.strings") == null) {
            Fill.add(event, "registry.data.strings", data);
        }
    }
}
