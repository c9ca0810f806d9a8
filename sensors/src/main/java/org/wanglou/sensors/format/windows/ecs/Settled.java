package org.wanglou.sensors.format.windows.ecs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/** Brings what a shape has set under {@code winlog} to one spelling, before ECS is made of it. Pure. */
final class Settled {
    private static final String[] SYSMON_TASKS = {
        "1 Process Create (rule: ProcessCreate)",
        "2 File creation time changed (rule: FileCreateTime)",
        "3 Network connection detected (rule: NetworkConnect)",
        "4 Sysmon service state changed",
        "5 Process terminated (rule: ProcessTerminate)",
        "6 Driver loaded (rule: DriverLoad)",
        "7 Image loaded (rule: ImageLoad)",
        "8 CreateRemoteThread detected (rule: CreateRemoteThread)",
        "9 RawAccessRead detected (rule: RawAccessRead)",
        "10 Process accessed (rule: ProcessAccess)",
        "11 File created (rule: FileCreate)",
        "12 Registry object added or deleted (rule: RegistryEvent)",
        "13 Registry value set (rule: RegistryEvent)",
        "14 Registry object renamed (rule: RegistryEvent)",
        "15 File stream created (rule: FileCreateStreamHash)",
        "16 Sysmon config state changed",
        "17 Pipe Created (rule: PipeEvent)",
        "18 Pipe Connected (rule: PipeEvent)",
        "19 WmiEventFilter activity detected (rule: WmiEvent)",
        "20 WmiEventConsumer activity detected (rule: WmiEvent)",
        "21 WmiEventConsumerToFilter activity detected (rule: WmiEvent)",
        "22 Dns query (rule: DnsQuery)",
        "23 File Delete archived (rule: FileDelete)",
        "24 Clipboard changed (rule: ClipboardChange)",
        "25 Process Tampering (rule: ProcessTampering)",
        "26 File Delete logged (rule: FileDeleteDetected)"
    };

    /** Tasks of Security auditing by number (its message table), and of other providers' events that matter. */
    private static final Map<String, String> TASKS = new HashMap<>();

    static {
        String[] audit = {
            "12288 Security State Change",
            "12289 Security System Extension",
            "12290 System Integrity",
            "12291 IPsec Driver",
            "12292 Other System Events",
            "12544 Logon",
            "12545 Logoff",
            "12546 Account Lockout",
            "12547 IPsec Main Mode",
            "12548 Special Logon",
            "12549 IPsec Quick Mode",
            "12550 IPsec Extended Mode",
            "12551 Other Logon/Logoff Events",
            "12552 Network Policy Server",
            "12553 User / Device Claims",
            "12554 Group Membership",
            "12800 File System",
            "12801 Registry",
            "12802 Kernel Object",
            "12803 SAM",
            "12804 Other Object Access Events",
            "12805 Certification Services",
            "12806 Application Generated",
            "12807 Handle Manipulation",
            "12808 File Share",
            "12809 Filtering Platform Packet Drop",
            "12810 Filtering Platform Connection",
            "12811 Detailed File Share",
            "12812 Removable Storage",
            "12813 Central Policy Staging",
            "13056 Sensitive Privilege Use",
            "13057 Non Sensitive Privilege Use",
            "13312 Process Creation",
            "13313 Process Termination",
            "13314 DPAPI Activity",
            "13315 RPC Events",
            "13316 Plug and Play Events",
            "13317 Token Right Adjusted Events",
            "13568 Audit Policy Change",
            "13569 Authentication Policy Change",
            "13570 Authorization Policy Change",
            "13571 MPSSVC Rule-Level Policy Change",
            "13572 Filtering Platform Policy Change",
            "13573 Other Policy Change Events",
            "13824 User Account Management",
            "13825 Computer Account Management",
            "13826 Security Group Management",
            "13827 Distribution Group Management",
            "13828 Application Group Management",
            "13829 Other Account Management Events",
            "14080 Directory Service Access",
            "14081 Directory Service Changes",
            "14082 Directory Service Replication",
            "14336 Credential Validation",
            "14337 Kerberos Service Ticket Operations",
            "14338 Other Account Logon Events",
            "14339 Kerberos Authentication Service"
        };
        for (String task : audit) {
            TASKS.put(task.substring(0, 5), task.substring(6));
        }
        String[] chinese = {
            "登录 Logon",
            "注销 Logoff",
            "特殊登录 Special Logon",
            "帐户锁定 Account Lockout",
            "进程创建 Process Creation",
            "进程终止 Process Termination",
            "用户帐户管理 User Account Management",
            "计算机帐户管理 Computer Account Management",
            "安全组管理 Security Group Management",
            "凭据验证 Credential Validation",
            "Kerberos服务票证操作 Kerberos Service Ticket Operations",
            "Kerberos身份验证服务 Kerberos Authentication Service",
            "文件共享 File Share",
            "详细的文件共享 Detailed File Share",
            "详细文件共享 Detailed File Share",
            "其他对象访问事件 Other Object Access Events",
            "安全系统扩展 Security System Extension",
            "日志清除 Log clear",
            "注册表 Registry",
            "文件系统 File System",
            "审核策略更改 Audit Policy Change"
        };
        for (String task : chinese) {
            int blank = task.indexOf(' ');
            TASKS.put(task.substring(0, blank), task.substring(blank + 1));
        }
        TASKS.put("Microsoft-Windows-Eventlog 103", "Service shutdown");
        TASKS.put("Microsoft-Windows-Eventlog 104", "Log clear");
        TASKS.put("Microsoft-Windows-PowerShell 2", "Execute a Remote Command");
        TASKS.put("Microsoft-Windows-PowerShell 106", "Executing Pipeline");
        TASKS.put("PowerShell 4", "Engine Lifecycle");
        TASKS.put("PowerShell 6", "Provider Lifecycle");
        TASKS.put("PowerShell 8", "Pipeline Execution Details");
        for (String task : SYSMON_TASKS) {
            TASKS.put(
                    "Microsoft-Windows-Sysmon " + task.substring(0, task.indexOf(' ')),
                    task.substring(task.indexOf(' ') + 1));
        }
    }

    /** What the sender rendered the task as, or its number; empty for none. */
    private static String task(String provider, String said) {
        String known = TASKS.get(provider + ' ' + said);
        known = known == null ? TASKS.get(said.replace("账", "帐").replace(" ", "")) : known;
        if (known == null) {
            known = Fill.absent(said) || said.equals("0") || said.equals("None") || said.equals("无") ? "" : said;
        }
        return known;
    }

    private static final Map<String, String> LOG_EVENTS = Map.of(
            "104", "LogFileCleared",
            "1100", "ServiceShutdown",
            "1102", "LogFileCleared",
            "1104", "FileIsFull",
            "1105", "AutoBackup");

    private Settled() {}

    static void settle(Event.Builder event) {
        List<Map.Entry<String, Object>> changes = new ArrayList<>();
        for (Map.Entry<String, Object> field : event.sofar().extra().entrySet()) {
            String name = field.getKey();
            if (name.startsWith(WindowsEcs.DATA)) {
                data(name, field.getValue(), changes);
            } else if (name.startsWith(WindowsEcs.USER_DATA)) {
                userData(name, field.getValue(), changes);
            }
        }
        for (Map.Entry<String, Object> change : changes) {
            event.keep(change.getKey(), change.getValue() == Event.NULL ? null : change.getValue());
        }
        rendered(event);
        log(event);
        Object words = event.get("winlog.keywords");
        if (words != null) {
            List<String> known = WindowsValues.keywords(words);
            event.set("winlog.keywords", known.isEmpty() ? null : known);
        }
        Object task = event.get("winlog.task");
        if (task != null) {
            String known = task(
                    WindowsEcs.string(event, WindowsEcs.PROVIDER),
                    String.valueOf(task).strip());
            event.set("winlog.task", known.isEmpty() ? null : known);
        }
        texts(event);
    }

    /** What the event log says of itself is UserData; flat shapes write it as any other data. */
    private static void log(Event.Builder event) {
        String element = LOG_EVENTS.get(WindowsEcs.string(event, "winlog.event_id"));
        if (element == null || !WindowsEcs.string(event, WindowsEcs.PROVIDER).equals("Microsoft-Windows-Eventlog")) {
            return;
        }
        List<String> data = new ArrayList<>();
        for (String name : event.sofar().extra().keySet()) {
            if (name.startsWith(WindowsEcs.DATA)) {
                data.add(name);
            }
        }
        for (String name : data) {
            Object value = event.get(name);
            event.set(name, null).set(WindowsEcs.USER_DATA + name.substring(WindowsEcs.DATA.length()), value);
        }
        if (!data.isEmpty() && event.get(WindowsEcs.USER_DATA + "xml_name") == null) {
            event.set(WindowsEcs.USER_DATA + "xml_name", element);
        }
    }

    /** Of a number that is known its word, of another what the sender rendered. */
    private static void rendered(Event.Builder event) {
        for (String name : new String[] {"winlog.task", "winlog.opcode"}) {
            Object said = event.get(name + "_rendered");
            Object number = event.get(name);
            event.set(name + "_rendered", null);
            String provider = WindowsEcs.string(event, WindowsEcs.PROVIDER);
            boolean none = name.endsWith("task") && "0".equals(String.valueOf(number));
            boolean known = none
                    || number != null
                            && (name.endsWith("task")
                                    ? TASKS.containsKey(provider + ' ' + number)
                                            || TASKS.containsKey(String.valueOf(number))
                                    : !WindowsValues.opcode(String.valueOf(number))
                                            .equals(String.valueOf(number)));
            if (said != null && !known) {
                event.set(name, said);
            }
        }
    }

    private static void texts(Event.Builder event) {
        for (String name : new String[] {"winlog.event_id", "winlog.record_id", "winlog.qualifiers"}) {
            if (event.get(name) instanceof Long number) {
                event.set(name, Long.toString(number));
            }
        }
        for (String name : new String[] {"winlog.provider_guid", "winlog.activity_id", "winlog.related_activity_id"}) {
            if (event.get(name) instanceof String id) {
                event.set(name, id.isEmpty() ? null : WindowsValues.guid(id));
            }
        }
        if (event.get("winlog.version") instanceof String version) {
            long number = Fill.whole(version.strip());
            event.set("winlog.version", number < 0 ? null : number);
        }
        Object opcode = event.get("winlog.opcode");
        if (opcode != null) {
            String word = WindowsValues.opcode(String.valueOf(opcode));
            event.set("winlog.opcode", word.isEmpty() || word.equals("无") ? null : word);
        }
        Object level = event.get(Ecs.LOG_LEVEL);
        if (level instanceof String said) {
            event.set(Ecs.LOG_LEVEL, WindowsValues.level(said));
        }
    }

    private static void data(String name, Object value, List<Map.Entry<String, Object>> changes) {
        if (value == Event.NULL || "".equals(value)) {
            changes.add(Map.entry(name, Event.NULL));
        } else if (value instanceof Long || value instanceof Boolean || value instanceof Double) {
            changes.add(Map.entry(name, String.valueOf(value)));
        } else if (value instanceof String text) {
            String settled = name.endsWith("Guid") || name.endsWith("GUID") ? WindowsValues.guid(text) : text;
            if (text.length() > 2 && text.charAt(0) == '0' && number(name)) {
                settled = WindowsValues.hex(text);
            }
            if (!settled.equals(text)) {
                changes.add(Map.entry(name, settled));
            }
        }
    }

    private static boolean number(String name) {
        return name.endsWith("LogonId")
                || name.endsWith("ProcessId")
                || name.endsWith("Status")
                || name.endsWith("HandleId")
                || name.endsWith("FailureCode");
    }

    /** UserData is one element of the provider's own name; what stands in it is told by its last name, as Winlogbeat does. */
    private static void userData(String name, Object value, List<Map.Entry<String, Object>> changes) {
        int from = WindowsEcs.USER_DATA.length();
        int first = name.indexOf('.', from);
        boolean nothing = value == Event.NULL || "".equals(value);
        if (first < 0 && !nothing) {
            if (value instanceof Long || value instanceof Boolean) {
                changes.add(Map.entry(name, String.valueOf(value)));
            }
            return;
        }
        changes.add(Map.entry(name, Event.NULL));
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (first < 0 || last.isEmpty() || last.startsWith("xmlns") || last.startsWith("@xmlns")) {
            return;
        }
        changes.add(Map.entry(
                WindowsEcs.USER_DATA + "xml_name", name.substring(from, first).replace("_attributes", "")));
        if (!nothing && name.indexOf("attributes", first) < 0) {
            changes.add(Map.entry(WindowsEcs.USER_DATA + last, value instanceof List ? value : String.valueOf(value)));
        }
    }
}
