package org.wanglou.app.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** Inputs with every field that a kind of event has, through the formats themselves: what the samples leave out. */
final class FieldInputs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SYSMON = "Microsoft-Windows-Sysmon/Operational";
    private static final String HASHES = "SHA1=AA,MD5=BB,SHA256=CC,IMPHASH=DD";

    private FieldInputs() {}

    static List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int code = 1; code <= 29; code++) {
            events.addAll(windows("Microsoft-Windows-Sysmon", SYSMON, code));
        }
        for (int code : new int[] {1, 3, 11}) {
            events.addAll(windows("Linux-Sysmon", "Linux-Sysmon/Operational", code));
        }
        for (int code :
                new int[] {4624, 4625, 4648, 4656, 4663, 4688, 4697, 4698, 4720, 4769, 5136, 5140, 5145, 5156}) {
            events.addAll(windows("Microsoft-Windows-Security-Auditing", "Security", code));
        }
        events.addAll(windows("Service Control Manager", "System", 7045));
        events.addAll(windows("MSSQLSERVER", "Application", 18456));
        events.addAll(windows("Microsoft-Windows-PowerShell", "Microsoft-Windows-PowerShell/Operational", 4104));
        events.addAll(windows("PowerShell", "Windows PowerShell", 400));
        events.addAll(
                windows("Microsoft-Windows-Windows Defender", "Microsoft-Windows-Windows Defender/Operational", 1116));
        zeek(
                events,
                "http",
                "method uri host user_agent referrer version status_code username resp_mime_types orig_mime_types");
        zeek(events, "dns", "query qtype_name qclass_name rcode_name trans_id answers rejected Z AA");
        zeek(events, "smb_files", "path name action size");
        zeek(events, "x509", "certificate.subject certificate.issuer certificate.serial san.dns fingerprint");
        zeek(events, "kerberos", "client service request_type cipher");
        zeek(events, "rdp", "cookie result");
        zeek(events, "dce_rpc", "endpoint operation named_pipe");
        zeek(events, "files", "filename mime_type seen_bytes md5 sha1 sha256");
        return events;
    }

    private static List<Event> windows(String provider, String channel, int code) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String name : ("Image ParentImage SourceImage TargetImage CommandLine ParentCommandLine CurrentDirectory"
                        + " OriginalFileName Company Description Product FileVersion TargetFilename ImageLoaded PipeName"
                        + " TargetObject Details QueryName QueryResults User ProcessGuid ParentProcessGuid RuleName"
                        + " NewProcessName ParentProcessName ProcessName SubjectUserName TargetUserName TargetDomainName"
                        + " SubjectDomainName WorkstationName ServiceName LogonType ScriptBlockText Path Application"
                        + " DestinationHostname SourceHostname")
                .split(" ", -1)) {
            data.put(name, "C:\\\\sample\\\\" + name);
        }
        data.put("Hashes", HASHES);
        data.put("ProcessId", 4);
        data.put("ParentProcessId", 5);
        data.put("NewProcessId", "0x4");
        data.put("IpAddress", "192.0.2.1");
        data.put("IpPort", "1025");
        data.put("SourceIp", "192.0.2.2");
        data.put("SourcePort", "1026");
        data.put("DestinationIp", "192.0.2.3");
        data.put("DestinationPort", "443");
        data.put("Protocol", "tcp");
        data.put("Initiated", "true");
        data.put("UtcTime", "2026-01-02 03:04:05.678");
        Map<String, Object> system = Map.of(
                "Provider",
                Map.of("#attributes", Map.of("Name", provider)),
                "EventID",
                code,
                "Channel",
                channel,
                "Computer",
                "pc.example",
                "Keywords",
                "0x8020000000000000",
                "TimeCreated",
                Map.of("#attributes", Map.of("SystemTime", "2026-01-02T03:04:05.678Z")));
        return decoded("windows-event-json", Map.of("Event", Map.of("System", system, "EventData", data)));
    }

    private static void zeek(List<Event> events, String log, String fields) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("_path", log);
        line.put("ts", 1767323045.5);
        line.put("uid", "C1");
        line.put("id.orig_h", "192.0.2.1");
        line.put("id.orig_p", 1025);
        line.put("id.resp_h", "192.0.2.2");
        line.put("id.resp_p", 80);
        for (String field : fields.split(" ", -1)) {
            line.put(
                    field,
                    switch (field) {
                        case "status_code" -> 200;
                        case "size", "seen_bytes", "trans_id" -> 7;
                        case "answers" -> List.of("192.0.2.9");
                        default -> "sample.example";
                    });
        }
        events.addAll(decoded("zeek-json", line));
    }

    private static List<Event> decoded(String name, Map<String, ?> input) {
        try {
            Format format = Formats.named(name).orElseThrow();
            byte[] bytes = JSON.writeValueAsString(input).getBytes(StandardCharsets.UTF_8);
            Decoded decoded = format.decode(new Frame(bytes, "192.0.2.1", 0, "o", false), ZoneOffset.UTC);
            if (decoded instanceof Decoded.Events events) {
                return events.events().stream().map(Event.Builder::build).toList();
            }
            throw new IllegalStateException(name + " does not read " + input + ": " + decoded);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
