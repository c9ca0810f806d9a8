package org.wanglou.sensors.format.host;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Words;

/**
 * What a type of audit record (linux/audit.h, audit-records.h) says happened.
 *
 * @param name the type's name
 * @param action {@code event.action}
 * @param category {@code event.category}, empty for records that only complete another
 * @param type {@code event.type}
 */
record AuditType(String name, String action, List<String> category, List<String> type) {
    private static final Map<String, AuditType> KNOWN = new HashMap<>();
    private static final Map<String, String> NUMBERS = Map.ofEntries(
            Map.entry("1300", "SYSCALL"),
            Map.entry("1302", "PATH"),
            Map.entry("1305", "CONFIG_CHANGE"),
            Map.entry("1306", "SOCKADDR"),
            Map.entry("1307", "CWD"),
            Map.entry("1309", "EXECVE"),
            Map.entry("1319", "TTY"),
            Map.entry("1325", "NETFILTER_CFG"),
            Map.entry("1326", "SECCOMP"),
            Map.entry("1327", "PROCTITLE"),
            Map.entry("1330", "KERN_MODULE"),
            Map.entry("1400", "AVC"),
            Map.entry("1403", "MAC_POLICY_LOAD"),
            Map.entry("1404", "MAC_STATUS"),
            Map.entry("1006", "LOGIN"),
            Map.entry("1100", "USER_AUTH"),
            Map.entry("1101", "USER_ACCT"),
            Map.entry("1105", "USER_START"),
            Map.entry("1106", "USER_END"),
            Map.entry("1130", "SERVICE_START"),
            Map.entry("1131", "SERVICE_STOP"),
            Map.entry("1701", "ANOM_ABEND"));

    static {
        List<String> auth = Words.AUTHENTICATION;
        List<String> process = Words.PROCESS;
        List<String> session = Words.SESSION;
        List<String> host = List.of("host");
        List<String> iam = Words.IAM;
        List<String> settings = Words.CONFIGURATION;
        add("SYSCALL", "syscall", process, Words.INFO);
        add("USER_CMD", "ran-command", process, Words.START);
        add("USER_AUTH", "authenticated", auth, Words.INFO);
        add("USER_ACCT", "was-authorized", auth, Words.INFO);
        add("USER_LOGIN", "logged-in", auth, Words.START);
        add("USER_LOGOUT", "logged-out", auth, Words.END);
        add("USER_ERR", "error", auth, Words.INFO);
        add("USER_START", "started-session", session, Words.START);
        add("USER_END", "ended-session", session, Words.END);
        add("USER_ROLE_CHANGE", "changed-role-to", iam, Words.CHANGE);
        add("USER_CHAUTHTOK", "changed-password", iam, Words.USER_CHANGE);
        add("USER_MGMT", "modified-user-account", iam, Words.USER_CHANGE);
        add("ADD_USER", "added-user-account", iam, Words.USER_CREATION);
        add("DEL_USER", "deleted-user-account", iam, Words.USER_DELETION);
        add("ADD_GROUP", "added-group-account-to", iam, Words.GROUP_CREATION);
        add("DEL_GROUP", "deleted-group-account-from", iam, Words.GROUP_DELETION);
        add("GRP_MGMT", "modified-group-account", iam, Words.GROUP_CHANGE);
        add("GRP_CHAUTHTOK", "changed-group-password", iam, Words.GROUP_CHANGE);
        add("CHGRP_ID", "changed-group", process, Words.CHANGE);
        add("CHUSER_ID", "changed-user-id", process, Words.CHANGE);
        add("CRED_ACQ", "acquired-credentials", auth, Words.INFO);
        add("CRED_DISP", "disposed-credentials", auth, Words.INFO);
        add("CRED_REFR", "refreshed-credentials", auth, Words.INFO);
        add("LOGIN", "changed-login-id-to", auth, Words.START);
        add("CRYPTO_SESSION", "started-crypto-session", process, Words.INFO);
        add("CRYPTO_KEY_USER", "negotiated-crypto-key", process, Words.INFO);
        add("CRYPTO_LOGIN", "crypto-officer-logged-in", process, Words.INFO);
        add("CRYPTO_IPSEC_SA", "changed-ipsec-sa", process, Words.INFO);
        add("DAEMON_START", "started-audit", process, Words.START);
        add("DAEMON_END", "shutdown-audit", process, List.of("end"));
        add("DAEMON_ABORT", "aborted-auditd-startup", process, List.of("end"));
        add("DAEMON_CONFIG", "changed-auditd-configuration", settings, Words.CHANGE);
        add("DAEMON_ROTATE", "rotated-audit-logs", process, Words.CHANGE);
        add("DAEMON_RESUME", "resumed-audit-logging", process, Words.CHANGE);
        add("CONFIG_CHANGE", "changed-audit-configuration", List.of("process", "configuration"), Words.CHANGE);
        add("FEATURE_CHANGE", "changed-audit-feature", settings, Words.CHANGE);
        add("NETFILTER_CFG", "loaded-firewall-rule-to", settings, Words.CHANGE);
        add("KERN_MODULE", "loaded-kernel-module", List.of("driver"), Words.START);
        add("KERNEL", "initialized-audit-subsystem", process, Words.INFO);
        add("SERVICE_START", "started-service", process, Words.START);
        add("SERVICE_STOP", "stopped-service", process, List.of("end"));
        add("SYSTEM_BOOT", "booted-system", host, Words.INFO);
        add("SYSTEM_SHUTDOWN", "shutdown-system", host, Words.INFO);
        add("SYSTEM_RUNLEVEL", "changed-to-runlevel", host, Words.CHANGE);
        add("SOFTWARE_UPDATE", "package-updated", List.of("package"), Words.INFO);
        add("VIRT_CONTROL", "issued-vm-control", host, Words.INFO);
        add("VIRT_MACHINE_ID", "assigned-vm-id", host, Words.INFO);
        add("VIRT_RESOURCE", "assigned-vm-resource", host, Words.INFO);
        add("ANOM_ABEND", "crashed-program", process, List.of("end"));
        add("ANOM_PROMISCUOUS", "changed-promiscuous-mode-on-device", List.of("network"), Words.INFO);
        add("ANOM_LOGIN_FAILURES", "failed-log-in-too-many-times-to", auth, Words.INFO);
        add("ANOM_LOGIN_TIME", "attempted-log-in-during-unusual-hour-to", auth, Words.INFO);
        add("ANOM_LOGIN_LOCATION", "attempted-log-in-from-unusual-place-to", auth, Words.INFO);
        add("ANOM_ROOT_TRANS", "became-root", auth, Words.INFO);
        add("RESP_ACCT_LOCK", "locked-account", iam, Words.USER_CHANGE);
        add("MAC_POLICY_LOAD", "loaded-selinux-policy", settings, Words.CHANGE);
        add("MAC_STATUS", "changed-selinux-enforcement", settings, Words.CHANGE);
        add("MAC_CONFIG_CHANGE", "changed-selinux-boolean", settings, Words.CHANGE);
        add("USER_AVC", "access-permission", List.of(), List.of());
        add("TTY", "typed", List.of(), List.of());
        add("USER_TTY", "typed", List.of(), List.of());
        add("SECCOMP", "violated-seccomp-policy", process, Words.INFO);
    }

    private static void add(String name, String action, List<String> category, List<String> type) {
        KNOWN.put(name, new AuditType(name, action, category, type));
    }

    /** The type with this name or number; one that is not known is called by its name in lower case. */
    static AuditType of(String type) {
        String name = NUMBERS.getOrDefault(type, type);
        AuditType known = KNOWN.get(name);
        return known != null ? known : new AuditType(name, name.toLowerCase(Locale.ROOT), List.of(), List.of());
    }

    void apply(Event.Builder event, String body) {
        String what = action;
        if (name.equals("AVC")) {
            what = body.contains("apparmor=") ? "violated-apparmor-policy" : "violated-selinux-policy";
        }
        if (name.equals("SYSCALL") && "execve".equals(event.get("auditd.log.syscall"))) {
            what = "executed";
        }
        event.set(Ecs.EVENT_ACTION, what);
        if (!category.isEmpty()) {
            event.set(Ecs.EVENT_CATEGORY, category).set(Ecs.EVENT_TYPE, type);
        }
    }
}
