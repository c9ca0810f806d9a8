package org.wanglou.rules.indicators.live;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wanglou.rules.indicators.Indicator.Side;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.pattern.ObjectPath;

/** Which ECS fields a STIX path is about. Immutable. */
public final class StixFields {
    /**
     * What a path is about.
     *
     * @param type whose index answers equality; null when none does
     * @param fields where comparisons find values
     */
    public record Target(@Nullable IndicatorType type, Side side, List<String> fields) {
        public Target {
            fields = List.copyOf(fields);
        }
    }

    private static final Set<String> HASH_OWNERS =
            Set.of("file:", "artifact:", "process:image_ref.", "process:binary_ref.", "x509-certificate:");
    private static final Set<String> HASH_KINDS = Set.of(
            "[*]",
            ".MD5",
            ".SHA1",
            ".SHA224",
            ".SHA256",
            ".SHA384",
            ".SHA512",
            ".SHA512/224",
            ".SHA512/256",
            ".SHA3224",
            ".SHA3256",
            ".SHA3384",
            ".SHA3512",
            ".SM3");
    private static final Map<String, Target> TABLE = new HashMap<>();

    static {
        List<String> sources = List.of("source.ip", "source.nat.ip", "client.ip", "source.domain");
        List<String> destinations = List.of(
                "destination.ip",
                "destination.nat.ip",
                "server.ip",
                "dns.resolved_ip",
                "destination.domain",
                "url.domain",
                "tls.client.server_name");
        indexed(IndicatorType.IP, "ipv4-addr:value", "ipv6-addr:value", "domain-name:resolves_to_refs[*].value");
        indexed(IndicatorType.DOMAIN, "domain-name:value");
        indexed(IndicatorType.URL, "url:value", "artifact:url");
        indexed(
                IndicatorType.FILE_NAME,
                "file:name",
                "process:name",
                "email-message:body_multipart[*].body_raw_ref.name",
                "process:image_ref.name",
                "process:binary_ref.name");
        indexed(IndicatorType.EMAIL, "email-addr:value");
        List<String> senders = List.of("email.from.address", "email.sender.address", "email.reply_to.address");
        for (String path : List.of(
                "from_ref.value",
                "sender_ref.value",
                "additional_header_fields.Reply-To",
                "additional_header_fields.reply_to")) {
            TABLE.put("email-message:" + path, new Target(IndicatorType.EMAIL, Side.SOURCE, senders));
        }
        for (String kind : List.of("to", "cc", "bcc")) {
            TABLE.put(
                    "email-message:" + kind + "_refs[*].value",
                    new Target(IndicatorType.EMAIL, Side.DESTINATION, List.of("email." + kind + ".address")));
        }
        indexed(IndicatorType.CERTIFICATE_SERIAL, "x509-certificate:serial_number");
        indexed(
                IndicatorType.USER_AGENT,
                "network-traffic:extensions.http-request-ext.request_header.User-Agent",
                "software:value");
        List<String> ja3 = List.of("tls.client.ja3");
        for (String path : List.of(
                "network-traffic:x_ja3",
                "network-traffic:extensions.tls-ext.ja3",
                "x-ja3:value",
                "x-ja3-hash:value",
                "network-traffic:extensions.ja3-fingerprint-md5")) {
            TABLE.put(path, new Target(IndicatorType.JA3, Side.ANY, ja3));
        }
        TABLE.put("network-traffic:x_ja3s", new Target(IndicatorType.JA3S, Side.ANY, List.of("tls.server.ja3s")));
        TABLE.put("network-traffic:x_ja4", new Target(IndicatorType.JA4, Side.ANY, List.of("tls.client.ja4")));
        TABLE.put("network-traffic:src_ref.value", new Target(IndicatorType.IP, Side.SOURCE, sources));
        TABLE.put("network-traffic:dst_ref.value", new Target(IndicatorType.IP, Side.DESTINATION, destinations));
        plain("network-traffic:src_port", "source.port", "client.port");
        plain("network-traffic:dst_port", "destination.port", "server.port");
        plain("network-traffic:protocols[*]", "network.transport", "network.protocol", "network.type");
        plain("network-traffic:src_byte_count", "source.bytes");
        plain("network-traffic:dst_byte_count", "destination.bytes");
        plain("network-traffic:src_packets", "source.packets");
        plain("network-traffic:dst_packets", "destination.packets");
        plain("network-traffic:extensions.http-request-ext.request_method", "http.request.method");
        plain("network-traffic:extensions.http-request-ext.request_value", "url.path", "url.original");
        plain("network-traffic:extensions.http-request-ext.request_header.Host", "url.domain");
        plain("network-traffic:extensions.http-request-ext.request_header.Referer", "http.request.referrer");
        plain("autonomous-system:number", "source.as.number", "destination.as.number");
        plain("mac-addr:value", "source.mac", "destination.mac", "host.mac");
        plain("process:command_line", "process.command_line");
        plain("process:pid", "process.pid");
        plain("process:cwd", "process.working_directory");
        plain("process:parent_ref.pid", "process.parent.pid");
        plain("process:parent_ref.command_line", "process.parent.command_line");
        plain("process:parent_ref.image_ref.name", "process.parent.name");
        plain("process:image_ref.parent_directory_ref.path", "process.executable");
        plain("file:size", "file.size");
        plain("file:mime_type", "file.mime_type");
        plain("file:parent_directory_ref.path", "file.directory");
        plain("directory:path", "file.directory", "file.path");
        plain("user-account:user_id", "user.id", "user.name");
        plain("user-account:account_login", "user.name");
        plain("user-account:display_name", "user.full_name");
        plain("windows-registry-key:key", "registry.key", "registry.path");
        plain("windows-registry-key:values[*].name", "registry.value");
        plain("windows-registry-key:values.name", "registry.value");
        plain("windows-registry-key:values[*].data", "registry.data.strings");
        plain("windows-registry-key:values.data", "registry.data.strings");
        plain("x509-certificate:issuer", "tls.server.issuer", "x509.issuer.distinguished_name");
        plain("x509-certificate:subject", "tls.server.subject", "x509.subject.distinguished_name");
        plain("email-message:subject", "email.subject");
        plain("email-message:message_id", "email.message_id");
    }

    private StixFields() {}

    private static void indexed(IndicatorType type, String... paths) {
        List<String> fields =
                EventFields.of(type).stream().map(EventFields.Use::name).toList();
        for (String path : paths) {
            TABLE.put(path, new Target(type, Side.ANY, fields));
        }
    }

    private static void plain(String path, String... fields) {
        TABLE.put(path, new Target(null, Side.ANY, List.of(fields)));
    }

    /** What a path is about; empty when no event field says it. */
    public static Optional<Target> of(ObjectPath path) {
        StringBuilder text = new StringBuilder(path.type());
        char joint = ':';
        for (ObjectPath.Step step : path.steps()) {
            if (step instanceof ObjectPath.Key key) {
                text.append(joint).append(key.name());
            } else {
                text.append("[*]");
            }
            joint = '.';
        }
        String canonical = text.toString();
        int hashes = canonical.indexOf("hashes");
        if (hashes > 0 && HASH_OWNERS.contains(canonical.substring(0, hashes))) {
            // ssdeep, TLSH, imphash and their like are in no event field or not met by equality.
            String kind =
                    canonical.substring(hashes + 6).toUpperCase(Locale.ROOT).replace("-", "");
            boolean known = HASH_KINDS.contains(kind);
            boolean certificate = canonical.startsWith("x509-certificate");
            return known ? hashes(certificate ? IndicatorType.CERTIFICATE : IndicatorType.HASH) : Optional.empty();
        }
        return Optional.ofNullable(TABLE.get(canonical));
    }

    private static Optional<Target> hashes(IndicatorType type) {
        List<String> fields =
                EventFields.of(type).stream().map(EventFields.Use::name).toList();
        return Optional.of(new Target(type, Side.ANY, fields));
    }
}
