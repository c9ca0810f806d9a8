package org.wanglou.sensors.format.json;

import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Suricata's EVE records of every event type (Suricata user guide, EVE JSON format). What has no field of ECS is kept as
 * {@code suricata.eve.*}. Pure.
 */
public final class EveKind {
    private static final String TYPE = "suricata.eve.event_type";

    private static final Table FIELDS = Table.keeping("suricata.eve.")
            .put("timestamp", Put.ISO_TIME)
            .put("event_type", Put.text(TYPE))
            .put("flow_id", (event, value, zone) -> event.set("suricata.eve.flow_id", value))
            .put("in_iface", Ecs.INGRESS_INTERFACE)
            .put("host", Ecs.HOST_NAME)
            .put("src_ip", Put.SOURCE)
            .put("src_port", Put.SOURCE_PORT)
            .put("dest_ip", Put.DESTINATION)
            .put("dest_port", Put.DESTINATION_PORT)
            .put("proto", Put.TRANSPORT)
            .put("ip_v", Put.NOTHING)
            .put("app_proto", Ecs.NETWORK_PROTOCOL)
            .put("community_id", "network.community_id")
            .put("vlan", Put.text("network.vlan.id"))
            .put("ether.src_mac", Put.mac(Ecs.SOURCE_MAC))
            .put("ether.dest_mac", Put.mac(Ecs.DESTINATION_MAC))
            .put("payload", Put.NOTHING)
            .put("packet", Put.NOTHING)
            .put("alert.signature", Ecs.RULE_NAME)
            .put("alert.signature_id", Ecs.RULE_ID)
            .put("alert.category", Ecs.RULE_CATEGORY)
            .put("alert.rev", "rule.version")
            .put("alert.severity", Ecs.EVENT_SEVERITY)
            .put("alert.action", Ecs.EVENT_ACTION)
            .put("alert.gid", Put.number("suricata.eve.alert.gid"))
            .put("flow.bytes_toserver", Ecs.SOURCE_BYTES)
            .put("flow.bytes_toclient", Ecs.DESTINATION_BYTES)
            .put("flow.pkts_toserver", Ecs.SOURCE_PACKETS)
            .put("flow.pkts_toclient", Ecs.DESTINATION_PACKETS)
            .put("flow.start", Put.time(Ecs.EVENT_START))
            .put("flow.end", Put.time(Ecs.EVENT_END))
            .put("netflow.bytes", Ecs.SOURCE_BYTES)
            .put("netflow.pkts", Ecs.SOURCE_PACKETS)
            .put("netflow.start", Put.time(Ecs.EVENT_START))
            .put("netflow.end", Put.time(Ecs.EVENT_END))
            .put("http.hostname", Ecs.URL_DOMAIN)
            .put("http.url", Put.URL)
            .put("http.http_method", Ecs.HTTP_METHOD)
            .put("http.http_user_agent", Ecs.USER_AGENT_ORIGINAL)
            .put("http.http_refer", Ecs.HTTP_REFERRER)
            .put("http.http_content_type", "http.response.mime_type")
            .put("http.status", Ecs.HTTP_STATUS)
            .put("http.length", Ecs.HTTP_BODY_BYTES)
            .put(
                    "http.protocol",
                    (event, value, zone) ->
                            Fill.text(event, Ecs.HTTP_VERSION, value.startsWith("HTTP/") ? value.substring(5) : value))
            .put("http.xff", (event, value, zone) -> Fill.text(event, "network.forwarded_ip", Fill.canonical(value)))
            .put("dns.rrname", Put.lower(Ecs.DNS_QUESTION_NAME))
            .put("dns.rrtype", Ecs.DNS_QUESTION_TYPE)
            .put("dns.queries.rrname", Put.lower(Ecs.DNS_QUESTION_NAME))
            .put("dns.queries.rrtype", Ecs.DNS_QUESTION_TYPE)
            .put("dns.query.rrname", Put.lower(Ecs.DNS_QUESTION_NAME))
            .put("dns.query.rrtype", Ecs.DNS_QUESTION_TYPE)
            .put("dns.rcode", Ecs.DNS_RESPONSE_CODE)
            .put("dns.type", "dns.type")
            .put("dns.id", "dns.id")
            .put(
                    "dns.answers.rdata",
                    (event, value, zone) -> Fill.add(event, Ecs.DNS_RESOLVED_IP, Fill.canonical(value)))
            .put("dns.grouped.A", Ecs.DNS_RESOLVED_IP)
            .put("dns.grouped.AAAA", Ecs.DNS_RESOLVED_IP)
            .put("tls.sni", Ecs.TLS_SERVER_NAME)
            .put("tls.subject", "tls.server.subject")
            .put("tls.issuerdn", "tls.server.issuer")
            .put("tls.serial", "tls.server.x509.serial_number")
            .put(
                    "tls.fingerprint",
                    (event, value, zone) -> Fill.text(
                            event,
                            "tls.server.hash.sha1",
                            value.replace(":", "").toUpperCase(Locale.ROOT)))
            .put("tls.notbefore", Put.text("tls.server.not_before"))
            .put("tls.notafter", Put.text("tls.server.not_after"))
            .put("tls.version", (event, value, zone) -> version(event, value))
            .put("tls.ja3.hash", "tls.client.ja3")
            .put("tls.ja3s.hash", "tls.server.ja3s")
            .put("fileinfo.filename", Ecs.FILE_PATH)
            .put("fileinfo.size", Put.number("file.size"))
            .put("fileinfo.md5", "file.hash.md5")
            .put("fileinfo.sha1", "file.hash.sha1")
            .put("fileinfo.sha256", "file.hash.sha256")
            .put("fileinfo.mimetype", "file.mime_type")
            .put("ssh.client.software_version", "suricata.eve.ssh.client.software_version")
            .put("smtp.mail_from", (event, value, zone) -> Fill.add(event, "email.from.address", brackets(value)))
            .put("smtp.rcpt_to", (event, value, zone) -> Fill.add(event, "email.to.address", brackets(value)))
            .put("email.from", Put.list("email.from.address"))
            .put("email.to", Put.list("email.to.address"))
            .put("email.subject", Put.NOTHING)
            .put("email.body_md5", Put.NOTHING)
            .put("krb5.cname", Ecs.USER_NAME)
            .put("smb.ntlmssp.user", Ecs.USER_NAME)
            .put("smb.ntlmssp.domain", Ecs.USER_DOMAIN)
            .put("smb.filename", Ecs.FILE_PATH)
            .put("rdp.cookie", Ecs.USER_NAME)
            .put("dhcp.assigned_ip", "client.ip")
            .put("dhcp.client_mac", (event, value, zone) -> Fill.text(event, "client.mac", Fill.mac(value)))
            .put("dhcp.hostname", "client.domain")
            .put("tx_id", Put.number("suricata.eve.tx_id"))
            .put("pcap_cnt", Put.number("suricata.eve.pcap_cnt"));

    public static final JsonKind KIND = new JsonKind("suricata-eve", JsonShape.of(FIELDS), EveKind::finish);

    private EveKind() {}

    private static String brackets(String value) {
        return value.startsWith("<") && value.endsWith(">") ? value.substring(1, value.length() - 1) : value;
    }

    /** {@code TLS 1.2} or {@code TLSv1}. */
    private static void version(Event.Builder event, String value) {
        String number = value.replaceFirst("^(TLS|SSL) ?v?", "");
        Fill.text(event, "tls.version", number.equals("1") ? "1.0" : number);
        Fill.text(event, "tls.version_protocol", value.startsWith("SSL") ? "ssl" : "tls");
    }

    private static boolean finish(Event.Builder event) {
        return event.get(TYPE) instanceof String type && finish(event, type);
    }

    private static boolean finish(Event.Builder event, String type) {
        Words.dataset(event, "suricata.eve");
        Words.observer(event, "OISF", "Suricata", "ids");
        switch (type) {
            case "alert", "drop" -> alert(event, type);
            case "http" -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB).set(Ecs.EVENT_TYPE, List.of("access", "protocol"));
                protocol(event, "http");
                if (event.get(Ecs.HTTP_STATUS) instanceof Long status) {
                    event.set(Ecs.EVENT_OUTCOME, status < 400 ? Words.SUCCESS : Words.FAILURE);
                }
            }
            case "flow", "netflow" -> flow(event, type);
            case "fileinfo" -> {
                event.set(Ecs.EVENT_CATEGORY, List.of("network", "file")).set(Ecs.EVENT_TYPE, Words.INFO);
                String path = String.valueOf(event.get(Ecs.FILE_PATH));
                event.set(Ecs.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
            }
            case "anomaly" -> event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.INFO);
            case "stats", "engine" -> event.set(Ecs.EVENT_KIND, type.equals("stats") ? "metric" : "event");
            default -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.PROTOCOL);
                protocol(event, type);
            }
        }
        return true;
    }

    private static void protocol(Event.Builder event, String type) {
        if (event.get(Ecs.NETWORK_PROTOCOL) == null) {
            event.set(Ecs.NETWORK_PROTOCOL, type);
        }
    }

    private static void alert(Event.Builder event, String type) {
        boolean blocked = type.equals("drop") || "blocked".equals(event.get(Ecs.EVENT_ACTION));
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK_INTRUSION)
                .set(Ecs.EVENT_TYPE, blocked ? Words.DENIED : Words.ALLOWED);
        if (event.get(Ecs.RULE_CATEGORY) != null) {
            event.set(Ecs.MESSAGE, event.get(Ecs.RULE_CATEGORY));
        }
    }

    private static void flow(Event.Builder event, String type) {
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
        if (event.get(Ecs.EVENT_START) instanceof Long start
                && event.get(Ecs.EVENT_END) instanceof Long end
                && end >= start) {
            event.set(Ecs.EVENT_DURATION, (end - start) * 1_000_000);
        }
        if (type.equals("flow")
                && event.get(Ecs.SOURCE_BYTES) instanceof Long out
                && event.get(Ecs.DESTINATION_BYTES) instanceof Long in) {
            event.set(Ecs.NETWORK_BYTES, out + in);
        }
        if (type.equals("flow")
                && event.get(Ecs.SOURCE_PACKETS) instanceof Long out
                && event.get(Ecs.DESTINATION_PACKETS) instanceof Long in) {
            event.set(Ecs.NETWORK_PACKETS, out + in);
        }
    }
}
