package org.wanglou.sensors.format.windows.ecs;

import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** Sysmon, of Windows and of Linux. Pure. */
final class SysmonEcs {
    private SysmonEcs() {}

    static void fill(String code, Event.Builder event) {
        WindowsAction.fill("sysmon/" + code, event);
        String user = WindowsEcs.data(event, "User");
        user = user.isEmpty() ? WindowsEcs.data(event, "SourceUser") : user;
        int backslash = user.indexOf('\\');
        if (!user.isEmpty() && !user.equals("-")) {
            WindowsEcs.absent(event, Ecs.USER_NAME, user.substring(backslash + 1));
            WindowsEcs.absent(event, Ecs.USER_DOMAIN, user.substring(0, Math.max(backslash, 0)));
        }
        WindowsEcs.program(event, "Image", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        WindowsEcs.program(event, "SourceImage", Ecs.PROCESS_EXECUTABLE, Ecs.PROCESS_NAME);
        WindowsEcs.program(event, "ParentImage", Ecs.PROCESS_PARENT_EXECUTABLE, Ecs.PROCESS_PARENT_NAME);
        WindowsEcs.pid(event, "ProcessId", Ecs.PROCESS_PID);
        WindowsEcs.pid(event, "SourceProcessId", Ecs.PROCESS_PID);
        WindowsEcs.pid(event, "ParentProcessId", Ecs.PROCESS_PARENT_PID);
        WindowsEcs.copy(event, "ProcessGuid", "process.entity_id");
        WindowsEcs.copy(event, "SourceProcessGuid", "process.entity_id");
        WindowsEcs.copy(event, "SourceProcessGUID", "process.entity_id");
        WindowsEcs.copy(event, "ParentProcessGuid", "process.parent.entity_id");
        long thread = Fill.whole(WindowsEcs.data(event, "SourceThreadId"));
        if (thread >= 0) {
            event.set("process.thread.id", thread);
        }
        String image = code.equals("7") ? "file.pe." : "process.pe.";
        WindowsEcs.copy(event, "OriginalFileName", image + "original_file_name");
        WindowsEcs.copy(event, "Company", image + "company");
        WindowsEcs.copy(event, "Description", image + "description");
        WindowsEcs.copy(event, "Product", image + "product");
        WindowsEcs.copy(event, "FileVersion", image + "file_version");
        WindowsEcs.copy(event, "TargetFilename", Ecs.FILE_PATH);
        WindowsEcs.copy(event, "ImageLoaded", Ecs.FILE_PATH);
        WindowsEcs.copy(event, "Device", Ecs.FILE_PATH);
        WindowsEcs.copy(event, "PipeName", Ecs.FILE_NAME);
        WindowsEcs.copy(event, "RuleName", Ecs.RULE_NAME);
        WindowsEcs.file(event);
        signature(event);
        if (code.equals("12") || code.equals("13") || code.equals("14")) {
            SysmonRegistry.fill(event);
        }
        if (code.equals("255")) {
            WindowsEcs.copy(event, "ID", "error.code");
        }
        hashes(event, code.equals("1") ? "process.hash." : "file.hash.");
        network(code, event);
        String utc = WindowsEcs.data(event, "UtcTime");
        long time = Clock.iso(utc, java.time.ZoneOffset.UTC);
        if (time != Clock.NONE) {
            event.set(Ecs.TIMESTAMP, time);
        }
        results(event);
    }

    private static void signature(Event.Builder event) {
        WindowsEcs.copy(event, "Signature", "file.code_signature.subject_name");
        WindowsEcs.copy(event, "SignatureStatus", "file.code_signature.status");
        String signed = WindowsEcs.data(event, "Signed");
        if (signed.equalsIgnoreCase("true") || signed.equalsIgnoreCase("false")) {
            event.set("file.code_signature.exists", signed.equalsIgnoreCase("true"));
        }
        if (WindowsEcs.data(event, "SignatureStatus").equals("Valid")) {
            event.set("file.code_signature.valid", true);
        }
    }

    private static void network(String code, Event.Builder event) {
        String protocol = WindowsEcs.data(event, "Protocol");
        if (!protocol.isEmpty()) {
            Words.transport(event, protocol);
            String initiated = WindowsEcs.data(event, "Initiated");
            event.set(Ecs.NETWORK_DIRECTION, initiated.equalsIgnoreCase("true") ? "egress" : "ingress");
            WindowsEcs.copy(event, "DestinationPortName", Ecs.NETWORK_PROTOCOL);
            WindowsEcs.copy(event, "SourcePortName", Ecs.NETWORK_PROTOCOL);
            String six = WindowsEcs.data(event, "SourceIsIpv6");
            if (!six.isEmpty()) {
                WindowsEcs.absent(event, Ecs.NETWORK_TYPE, six.equalsIgnoreCase("true") ? "ipv6" : "ipv4");
            }
        }
        if (code.equals("22")) {
            WindowsEcs.absent(event, Ecs.NETWORK_PROTOCOL, "dns");
            String status = WindowsEcs.data(event, "QueryStatus");
            WindowsEcs.absent(event, "sysmon.dns.status", status.equals("0") ? "SUCCESS" : status);
        }
    }

    /** {@code SHA1=…,MD5=…,SHA256=…,IMPHASH=…}. */
    private static void hashes(Event.Builder event, String prefix) {
        String hashes = WindowsEcs.data(event, "Hashes");
        hashes = hashes.isEmpty() ? WindowsEcs.data(event, "Hash") : hashes;
        for (String hash : hashes.split(",", 8)) {
            int equals = hash.indexOf('=');
            if (equals > 0) {
                String name = hash.substring(0, equals).toLowerCase(Locale.ROOT);
                String place = name.equals("imphash")
                        ? (prefix.startsWith("process") ? "process.pe.imphash" : "file.pe.imphash")
                        : prefix + name;
                if (name.length() <= 8 && event.get(place) == null) {
                    event.set(place, hash.substring(equals + 1).toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    /** {@code type:  5 name;::ffff:192.0.2.1;} of a DNS query's results. */
    private static void results(Event.Builder event) {
        for (String result : WindowsEcs.data(event, "QueryResults").split(";", 64)) {
            String ip = Fill.canonical(result.strip());
            if (!ip.isEmpty()) {
                Fill.add(event, Ecs.DNS_RESOLVED_IP, ip);
            }
        }
    }
}
