package org.wanglou.sensors.format.windows;

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
        WindowsEcs.copy(event, "ParentProcessGuid", "process.parent.entity_id");
        WindowsEcs.copy(event, "OriginalFileName", "process.pe.original_file_name");
        WindowsEcs.copy(event, "Company", "process.pe.company");
        WindowsEcs.copy(event, "Description", "process.pe.description");
        WindowsEcs.copy(event, "Product", "process.pe.product");
        WindowsEcs.copy(event, "TargetFilename", Ecs.FILE_PATH);
        WindowsEcs.copy(event, "ImageLoaded", Ecs.FILE_PATH);
        WindowsEcs.copy(event, "PipeName", Ecs.FILE_NAME);
        WindowsEcs.copy(event, "TargetObject", "registry.path");
        WindowsEcs.copy(event, "Details", "registry.data.strings");
        WindowsEcs.copy(event, "RuleName", Ecs.RULE_NAME);
        String path = event.get(Ecs.FILE_PATH) instanceof String file ? file : "";
        if (!path.isEmpty()) {
            WindowsEcs.absent(
                    event, Ecs.FILE_NAME, path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1));
        }
        hashes(event, code.equals("1") ? "process.hash." : "file.hash.");
        String protocol = WindowsEcs.data(event, "Protocol");
        if (!protocol.isEmpty()) {
            Words.transport(event, protocol);
            String initiated = WindowsEcs.data(event, "Initiated");
            event.set(Ecs.NETWORK_DIRECTION, initiated.equalsIgnoreCase("true") ? "egress" : "ingress");
        }
        String utc = WindowsEcs.data(event, "UtcTime");
        long time = Clock.iso(utc, java.time.ZoneOffset.UTC);
        if (time != Clock.NONE) {
            event.set(Ecs.TIMESTAMP, time);
        }
        results(event);
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
