package org.wanglou.rules.sigma.read;

import java.util.Map;
import java.util.TreeMap;
import org.wanglou.model.Ecs;
import org.wanglou.rules.sigma.LogSource;

/** Sigma's own field names in ECS; names that are ECS already stay as they are. */
public final class FieldMapping {
    private static final Map<String, String> TAXONOMY = new TreeMap<>(Map.ofEntries(
            Map.entry("cs-method", "http.request.method"),
            Map.entry("c-uri", "url.original"),
            Map.entry("cs-uri", "url.original"),
            Map.entry("c-uri-query", "url.query"),
            Map.entry("cs-uri-query", "url.query"),
            Map.entry("cs-uri-stem", "url.path"),
            Map.entry("c-uri-stem", "url.path"),
            Map.entry("c-uri-extension", "url.extension"),
            Map.entry("c-ip", "source.ip"),
            Map.entry("cs-ip", "source.ip"),
            Map.entry("s-ip", "destination.ip"),
            Map.entry("s-port", "destination.port"),
            Map.entry("cs-host", "url.domain"),
            Map.entry("cs-username", "user.name"),
            Map.entry("sc-status", "http.response.status_code"),
            Map.entry("sc-bytes", "http.response.body.bytes"),
            Map.entry("cs-bytes", "http.request.body.bytes"),
            Map.entry("cs-user-agent", "user_agent.original"),
            Map.entry("c-useragent", "user_agent.original"),
            Map.entry("cs-referer", "http.request.referrer"),
            Map.entry("cs-referrer", "http.request.referrer"),
            Map.entry("cs-version", "http.version"),
            Map.entry("r-dns", "url.domain"),
            Map.entry("CommandLine", "process.command_line"),
            Map.entry("Image", "process.executable"),
            Map.entry("ParentImage", "process.parent.executable"),
            Map.entry("ParentCommandLine", "process.parent.command_line"),
            Map.entry("CurrentDirectory", "process.working_directory"),
            Map.entry("ProcessId", "process.pid"),
            Map.entry("User", "user.name"),
            Map.entry("TargetFilename", "file.path"),
            Map.entry("DestinationIp", "destination.ip"),
            Map.entry("DestinationPort", "destination.port"),
            Map.entry("DestinationHostname", "destination.domain"),
            Map.entry("SourceIp", "source.ip"),
            Map.entry("SourcePort", "source.port"),
            Map.entry("SourceHostname", "source.domain"),
            Map.entry("src_ip", "source.ip"),
            Map.entry("src_port", "source.port"),
            Map.entry("dst_ip", "destination.ip"),
            Map.entry("dst_port", "destination.port"),
            Map.entry("action", "event.action"),
            Map.entry("QueryName", "dns.question.name"),
            Map.entry("query", "dns.question.name"),
            Map.entry("EventID", "event.code"),
            Map.entry("Provider_Name", "event.provider"),
            Map.entry("Channel", "winlog.channel"),
            Map.entry("Computer", "host.name"),
            Map.entry("ComputerName", "host.name")));

    private FieldMapping() {}

    public static String toEcs(LogSource source, String field) {
        if (source.category().equals("test") || Ecs.named(field).isPresent()) {
            return field;
        }
        String mapped = TAXONOMY.get(field);
        if (mapped != null) {
            return mapped;
        }
        // What Windows calls EventData has one place in ECS, as winlogbeat writes it.
        return source.product().equals("windows") && field.indexOf('.') < 0 ? "winlog.event_data." + field : field;
    }
}
