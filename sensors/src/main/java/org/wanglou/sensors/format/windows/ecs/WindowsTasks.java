package org.wanglou.sensors.format.windows.ecs;

import java.util.HashMap;
import java.util.Map;
import org.wanglou.sensors.format.part.Fill;

/** Names of the tasks of providers that matter, by their numbers and by their Chinese names. Immutable. */
final class WindowsTasks {
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
    static String named(String provider, String said) {
        String known = TASKS.get(provider + ' ' + said);
        known = known == null ? TASKS.get(said.replace("账", "帐").replace(" ", "")) : known;
        if (known == null) {
            known = Fill.absent(said) || said.equals("0") || said.equals("None") || said.equals("无") ? "" : said;
        }
        return known;
    }

    /** Whether a number of this provider has a name. */
    static boolean known(String provider, String number) {
        return TASKS.containsKey(provider + ' ' + number) || TASKS.containsKey(number);
    }

    private WindowsTasks() {}
}
