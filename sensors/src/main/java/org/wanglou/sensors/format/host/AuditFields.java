package org.wanglou.sensors.format.host;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** The fields of one audit record (audit-documentation, field-dictionary.csv) on their way into its event. Confined. */
final class AuditFields {
    private static final Set<String> ENCODED =
            Set.of("exe", "comm", "cmd", "cwd", "proctitle", "data", "acct", "key", "path", "dir", "vm", "sw", "name");
    private static final int MAX_ARGUMENTS = 256;

    private static final Table FIELDS = Table.keeping("auditd.log.")
            .put("pid", Ecs.PROCESS_PID)
            .put("ppid", Put.both(Put.number(Ecs.PROCESS_PARENT_PID), Put.number("process.ppid")))
            .put("comm", Ecs.PROCESS_NAME)
            .put("exe", Ecs.PROCESS_EXECUTABLE)
            .put("cwd", Ecs.PROCESS_WORKING_DIRECTORY)
            .put("exit", Put.number("process.exit_code"))
            .put("auid", "user.audit.id")
            .put("uid", Ecs.USER_ID)
            .put("gid", "user.group.id")
            .put("euid", "user.effective.id")
            .put("egid", "user.effective.group.id")
            .put("suid", "user.saved.id")
            .put("sgid", "user.saved.group.id")
            .put("fsuid", "user.filesystem.id")
            .put("fsgid", "user.filesystem.group.id")
            .put("acct", Put.both(Put.text(Ecs.USER_NAME), Put.text(Ecs.USER_EFFECTIVE_NAME)))
            .put("user", Ecs.USER_NAME)
            .put("addr", Put.SOURCE)
            .put("src", Put.SOURCE)
            .put("dst", Put.DESTINATION)
            .put("hostname", Ecs.SOURCE_DOMAIN)
            .put("terminal", "user.terminal")
            .put("AUID", "user.audit.name")
            .put("UID", Ecs.USER_NAME)
            .put("GID", Ecs.GROUP_NAME)
            .put("EUID", Ecs.USER_EFFECTIVE_NAME)
            .put("SYSCALL", "auditd.log.syscall_name")
            .put("argc", Put.number("process.args_count"))
            .put("lport", Put.number("auditd.log.lport"))
            .put("rport", Put.number("auditd.log.rport"))
            .put("ksize", Put.number("auditd.log.ksize"))
            .put("entries", Put.number("auditd.log.entries"))
            .put("src_prefixlen", Put.number("auditd.log.src_prefixlen"))
            .put("dst_prefixlen", Put.number("auditd.log.dst_prefixlen"));

    private final String type;
    private final Event.Builder event;
    private final TreeMap<Integer, String> arguments = new TreeMap<>();
    private String result = "";
    private String auid = "";
    private boolean account;

    AuditFields(String type, Event.Builder event) {
        this.type = type;
        this.event = event;
    }

    void read(String body) {
        Pairs pairs = Pairs.of(body.indexOf('\u001d') < 0 ? body : body.replace('\u001d', ' '), 0);
        ZoneId utc = ZoneOffset.UTC;
        while (pairs.next()) {
            String key = pairs.key();
            if (key.equals("msg") && pairs.quoted()) {
                read(pairs.value());
                continue;
            }
            String value = ENCODED.contains(key) || type.equals("EXECVE") && argument(key) >= 0
                    ? AuditMessage.hex(pairs)
                    : pairs.value();
            switch (key) {
                case "res", "result" -> result = value;
                case "arch" -> event.set("host.architecture", architecture(value));
                case "auid" -> auid = value;
                case "hostname" -> {
                    if (!Fill.absent(value) && Fill.canonical(value).isEmpty()) {
                        event.set(Ecs.SOURCE_DOMAIN, value);
                    }
                }
                case "acct" -> account = !Fill.absent(value);
                case "success" -> event.set(Ecs.EVENT_OUTCOME, value.equals("yes") ? Words.SUCCESS : Words.FAILURE);
                case "cmd" -> command(value);
                case "proctitle" -> event.set(Ecs.PROCESS_COMMAND_LINE, value);
                case "data" -> {
                    if (type.equals("TTY") || type.equals("USER_TTY")) {
                        value = caret(value);
                    }
                }
                default -> {
                    if (key.equals("name") && type.equals("PATH")) {
                        event.set(Ecs.FILE_PATH, value);
                    }
                }
            }
            keep(key, value, utc);
        }
    }

    private void keep(String key, String value, ZoneId utc) {
        int argument = type.equals("EXECVE") ? argument(key) : -1;
        if (argument >= 0 && arguments.size() < MAX_ARGUMENTS) {
            arguments.put(argument, value);
        }
        if (key.equals("tty") || key.equals("success")) {
            event.set("auditd.log." + key, value);
        } else if (!(key.equals("arch")
                || key.equals("res")
                || key.equals("result")
                || key.equals("hostname")
                || key.equals("cmd"))) {
            FIELDS.set(event, key, value, utc);
        }
    }

    /** The index of {@code a0}, {@code a1} … and {@code a0[1]}, -1 for other keys. */
    private static int argument(String key) {
        return key.length() < 2 || key.length() > 5 || key.charAt(0) != 'a'
                ? -1
                : (int) Math.max(-1, Fill.whole(key.substring(1)));
    }

    private void command(String value) {
        event.set(Ecs.PROCESS_COMMAND_LINE, value);
        List<String> words = List.of(value.split(" ", MAX_ARGUMENTS));
        event.set("process.args", words).set("process.args_count", (long) words.size());
    }

    /** Terminals' input with control characters as {@code ^X}, so that it can be shown. */
    private static String caret(String value) {
        StringBuilder shown = new StringBuilder(value.length() + 16);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ') {
                shown.append('^').append((char) (c + 64));
            } else if (c == 127) {
                shown.append("^?");
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    void finish() {
        if (!arguments.isEmpty()) {
            List<String> words = new ArrayList<>(arguments.values());
            event.set("process.args", words).set(Ecs.PROCESS_COMMAND_LINE, String.join(" ", words));
        }
        if (!result.isEmpty()) {
            event.set(
                    Ecs.EVENT_OUTCOME,
                    result.equals("1") ? Words.SUCCESS : result.equals("0") ? Words.FAILURE : Words.outcome(result));
        }
        // A daemon speaks for somebody: whose session it is counts, not whom the daemon runs as.
        if (account && !auid.isEmpty() && !auid.equals("4294967295")) {
            Fill.text(event, "auditd.log.uid", String.valueOf(event.get(Ecs.USER_ID)));
            event.set(Ecs.USER_ID, auid);
        }
        if (type.equals("LOGIN") && event.get("auditd.log.new_auid") instanceof String became) {
            Fill.text(event, "auditd.log.uid", String.valueOf(event.get(Ecs.USER_ID)));
            Fill.text(event, Ecs.USER_ID, String.valueOf(event.get("auditd.log.old_auid")));
            event.set("user.effective.id", became);
        }
        network();
    }

    private void network() {
        if (!type.equals("SYSCALL") || !"x86_64".equals(event.get("host.architecture"))) {
            return;
        }
        String call = String.valueOf(event.get("auditd.log.syscall"));
        if (call.equals("42") || call.equals("44") || call.equals("46")) {
            event.set(Ecs.NETWORK_DIRECTION, "egress");
        } else if (call.equals("43") || call.equals("45") || call.equals("47")) {
            event.set(Ecs.NETWORK_DIRECTION, "ingress");
        }
    }

    /** AUDIT_ARCH of linux/audit.h. */
    private static String architecture(String code) {
        return switch (code) {
            case "c000003e" -> "x86_64";
            case "40000003" -> "i386";
            case "c00000b7" -> "aarch64";
            case "40000028" -> "arm";
            case "c0000102" -> "loongarch64";
            case "80000016" -> "s390x";
            case "c0000015" -> "ppc64le";
            case "c0000008" -> "mips64el";
            default -> code;
        };
    }
}
