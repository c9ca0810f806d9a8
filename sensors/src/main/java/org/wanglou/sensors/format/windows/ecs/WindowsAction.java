package org.wanglou.sensors.format.windows.ecs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Words;

/**
 * What an event id says happened (Microsoft's security auditing reference, Sysmon's manual).
 *
 * @param action {@code event.action}
 * @param category {@code event.category}
 * @param type {@code event.type}
 */
record WindowsAction(String action, List<String> category, List<String> type) {
    private static final Map<String, WindowsAction> KNOWN = new HashMap<>();

    static {
        List<String> auth = Words.AUTHENTICATION;
        List<String> iam = Words.IAM;
        List<String> settings = Words.CONFIGURATION;
        List<String> process = Words.PROCESS;
        List<String> managed = List.of("iam", "configuration");
        add("4624", "logged-in", auth, Words.START);
        add("4625", "logon-failed", auth, Words.START);
        add("4634", "logged-out", auth, Words.END);
        add("4647", "logged-out", auth, Words.END);
        add("4648", "logged-in-explicit", auth, Words.START);
        add("4672", "logged-in-special", iam, List.of("admin"));
        add("4768", "kerberos-authentication-ticket-requested", auth, Words.START);
        add("4769", "kerberos-service-ticket-requested", auth, Words.START);
        add("4770", "kerberos-service-ticket-renewed", auth, Words.START);
        add("4771", "kerberos-preauth-failed", auth, Words.START);
        add("4776", "credential-validated", auth, Words.START);
        add("4778", "session-reconnected", Words.AUTHENTICATION_SESSION, Words.START);
        add("4779", "session-disconnected", Words.AUTHENTICATION_SESSION, Words.END);
        add("4800", "workstation-locked", Words.SESSION, Words.INFO);
        add("4801", "workstation-unlocked", Words.SESSION, Words.INFO);
        add("4688", "created-process", process, Words.START);
        add("4689", "exited-process", process, Words.END);
        add("4696", "assigned-primary-token", process, Words.CHANGE);
        add("4697", "service-installed", managed, List.of("admin", "change"));
        add("7045", "service-installed", settings, List.of("creation"));
        add("7040", "service-start-type-changed", settings, Words.CHANGE);
        add("7036", "service-state-changed", process, Words.CHANGE);
        add("4698", "scheduled-task-created", managed, List.of("creation", "admin"));
        add("4699", "scheduled-task-deleted", managed, List.of("deletion", "admin"));
        add("4700", "scheduled-task-enabled", managed, List.of("change", "admin"));
        add("4701", "scheduled-task-disabled", managed, List.of("change", "admin"));
        add("4702", "scheduled-task-updated", managed, List.of("change", "admin"));
        add("4719", "changed-audit-config", managed, List.of("admin", "change"));
        add("4739", "domain-policy-changed", settings, Words.CHANGE);
        add("4817", "object-audit-changed", managed, List.of("admin", "change"));
        add("1100", "logging-service-shutdown", process, Words.END);
        add("1102", "audit-log-cleared", iam, List.of("admin", "change"));
        add("1104", "logging-full", iam, List.of("admin"));
        add("1105", "auditlog-archieved", iam, List.of("admin"));
        add("104", "event-log-cleared", settings, List.of("deletion"));
        add("4720", "added-user-account", iam, Words.USER_CREATION);
        add("4722", "enabled-user-account", iam, Words.USER_CHANGE);
        add("4723", "changed-password", iam, Words.USER_CHANGE);
        add("4724", "reset-password", iam, Words.USER_CHANGE);
        add("4725", "disabled-user-account", iam, Words.USER_DELETION);
        add("4726", "deleted-user-account", iam, Words.USER_DELETION);
        add("4738", "modified-user-account", iam, Words.USER_CHANGE);
        add("4740", "locked-out-user-account", iam, Words.USER_CHANGE);
        add("4767", "unlocked-user-account", iam, Words.USER_CHANGE);
        add("4781", "renamed-user-account", iam, Words.USER_CHANGE);
        add("4741", "added-computer-account", iam, List.of("creation", "admin"));
        add("4742", "changed-computer-account", iam, List.of("change", "admin"));
        add("4743", "deleted-computer-account", iam, List.of("deletion", "admin"));
        for (String id : new String[] {"4727", "4731", "4754"}) {
            add(id, "added-group-account", iam, Words.GROUP_CREATION);
        }
        for (String id : new String[] {"4728", "4732", "4756"}) {
            add(id, "added-member-to-group", iam, Words.GROUP_CHANGE);
        }
        for (String id : new String[] {"4729", "4733", "4757"}) {
            add(id, "removed-member-from-group", iam, Words.GROUP_CHANGE);
        }
        for (String id : new String[] {"4730", "4734", "4758"}) {
            add(id, "deleted-group-account", iam, Words.GROUP_DELETION);
        }
        for (String id : new String[] {"4735", "4737", "4755"}) {
            add(id, "modified-group-account", iam, Words.GROUP_CHANGE);
        }
        for (int first : new int[] {4744, 4749, 4759}) {
            add(Integer.toString(first), "added-distribution-group-account", iam, Words.GROUP_CREATION);
            add(Integer.toString(first + 1), "changed-distribution-group-account", iam, Words.GROUP_CHANGE);
            add(Integer.toString(first + 2), "added-member-to-distribution-group", iam, Words.GROUP_CHANGE);
            add(Integer.toString(first + 3), "removed-member-from-distribution-group", iam, Words.GROUP_CHANGE);
            add(Integer.toString(first + 4), "deleted-distribution-group-account", iam, Words.GROUP_DELETION);
        }
        add("4764", "type-changed-group-account", iam, Words.GROUP_CHANGE);
        add("4798", "group-membership-enumerated", iam, List.of("user", "info"));
        add("4799", "user-member-enumerated", iam, List.of("group", "info"));
        add("4656", "handle-requested", Words.FILE, Words.ACCESS);
        add("4663", "object-accessed", Words.FILE, Words.ACCESS);
        add("4660", "object-deleted", Words.FILE, List.of("deletion"));
        add("4670", "permissions-changed", managed, List.of("admin", "change"));
        add("4673", "privileged-service-called", iam, List.of("admin"));
        add("4674", "privileged-operation", iam, List.of("admin"));
        add("4657", "registry-value-modified", List.of("registry", "configuration"), Words.CHANGE);
        add("5136", "directory-object-modified", iam, Words.CHANGE);
        add("4662", "directory-object-accessed", iam, Words.ACCESS);
        add("5140", "network-share-object-accessed", List.of("network", "file"), Words.ACCESS);
        add("5145", "network-share-object-access-checked", List.of("network", "file"), Words.ACCESS);
        add("5142", "network-share-object-added", List.of("network", "file"), List.of("creation"));
        add("5152", "windows-firewall-packet-block", Words.NETWORK, Words.CONNECTION_DENIED);
        add("5156", "windows-firewall-connection", Words.NETWORK, Words.CONNECTION_ALLOWED);
        add("5157", "windows-firewall-connection-block", Words.NETWORK, Words.CONNECTION_DENIED);
        add("5158", "windows-firewall-bind", Words.NETWORK, Words.CONNECTION_ALLOWED);
        add("powershell/4104", "script-block-logged", process, Words.INFO);
        add("powershell/4103", "pipeline-executed", process, Words.INFO);
        add("powershell-classic/400", "engine-started", process, Words.START);
        add("powershell/4105", "script-block-started", process, Words.START);
        add("powershell/4106", "script-block-ended", process, Words.END);
        add("powershell-classic/403", "engine-stopped", process, Words.END);
        add("powershell-classic/600", "provider-started", process, Words.INFO);
        add("powershell-classic/800", "pipeline-executed", process, Words.INFO);
        add("windefend/1116", "malware-detected", Words.MALWARE, Words.INFO);
        add("windefend/1117", "malware-action-taken", Words.MALWARE, Words.INFO);
        add("windefend/1118", "malware-action-failed", Words.MALWARE, Words.ERROR);
        add("windefend/5001", "real-time-protection-disabled", settings, Words.CHANGE);
        add("windefend/1119", "malware-action-failed", Words.MALWARE, Words.ERROR);
        add("windefend/5010", "malware-scanning-disabled", settings, Words.CHANGE);
        add("windefend/5012", "virus-scanning-disabled", settings, Words.CHANGE);
        add("windefend/5007", "configuration-changed", settings, Words.CHANGE);
        add("sysmon/1", "Process creation", process, Words.START);
        add("sysmon/2", "A process changed a file creation time", Words.FILE, Words.CHANGE);
        add("sysmon/3", "Network connection", Words.NETWORK, List.of("start", "connection", "protocol"));
        add("sysmon/4", "Sysmon service state changed", process, Words.CHANGE);
        add("sysmon/5", "Process terminated", process, Words.END);
        add("sysmon/6", "Driver loaded", List.of("driver"), Words.START);
        add("sysmon/7", "Image loaded", process, Words.CHANGE);
        add("sysmon/8", "CreateRemoteThread", process, Words.CHANGE);
        add("sysmon/9", "RawAccessRead", process, Words.ACCESS);
        add("sysmon/10", "ProcessAccess", process, Words.ACCESS);
        add("sysmon/11", "FileCreate", Words.FILE, List.of("creation"));
        add("sysmon/12", "RegistryEvent (Object create and delete)", settings("registry"), Words.CHANGE);
        add("sysmon/13", "RegistryEvent (Value Set)", settings("registry"), Words.CHANGE);
        add("sysmon/14", "RegistryEvent (Key and Value Rename)", settings("registry"), Words.CHANGE);
        add("sysmon/15", "FileCreateStreamHash", Words.FILE, Words.ACCESS);
        add("sysmon/16", "ServiceConfigurationChange", settings, Words.CHANGE);
        add("sysmon/17", "PipeEvent (Pipe Created)", Words.FILE, List.of("creation"));
        add("sysmon/18", "PipeEvent (Pipe Connected)", Words.FILE, Words.ACCESS);
        add("sysmon/19", "WmiEvent (WmiEventFilter activity detected)", settings, Words.CHANGE);
        add("sysmon/20", "WmiEvent (WmiEventConsumer activity detected)", settings, Words.CHANGE);
        add("sysmon/21", "WmiEvent (WmiEventConsumerToFilter activity detected)", settings, Words.CHANGE);
        add("sysmon/22", "DNSEvent (DNS query)", Words.NETWORK, List.of("connection", "protocol", "info"));
        add("sysmon/23", "FileDelete (File Delete archived)", Words.FILE, List.of("deletion"));
        add("sysmon/24", "ClipboardChange (New content in the clipboard)", process, Words.CHANGE);
        add("sysmon/25", "ProcessTampering (Process image change)", process, Words.CHANGE);
        add("sysmon/26", "FileDeleteDetected (File Delete logged)", Words.FILE, List.of("deletion"));
        add("sysmon/27", "FileBlockExecutable", Words.FILE, Words.DENIED);
        add("sysmon/29", "FileExecutableDetected", Words.FILE, List.of("creation"));
    }

    private static List<String> settings(String second) {
        return List.of("configuration", second);
    }

    private static void add(String code, String action, List<String> category, List<String> type) {
        KNOWN.put(code, new WindowsAction(action, category, type));
    }

    /** Sets action, category and type of an event id, unless the sender has; true when the id is known. */
    static boolean fill(String key, Event.Builder event) {
        WindowsAction known = KNOWN.get(key);
        if (known == null) {
            return false;
        }
        WindowsEcs.absent(event, Ecs.EVENT_ACTION, known.action);
        if (event.get(Ecs.EVENT_CATEGORY) == null) {
            event.set(Ecs.EVENT_CATEGORY, known.category);
        }
        if (event.get(Ecs.EVENT_TYPE) == null) {
            event.set(Ecs.EVENT_TYPE, known.type);
        }
        return true;
    }
}
