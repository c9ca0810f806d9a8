package org.wanglou.sensors.format.zeek;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Which field of which Zeek log is which of ECS (Zeek's script reference, {@code Info} records). What has no place there is
 * {@code zeek.<log>.<field>}. Immutable.
 */
final class ZeekFields {
    private static final Put HOST_HEADER = (event, value, zone) -> {
        Fill.authority(event, value);
        Fill.text(event, Ecs.DESTINATION_DOMAIN, String.valueOf(event.get(Ecs.URL_DOMAIN)));
    };
    private static final Put ANSWERS = new Put() {
        @Override
        public void text(Event.Builder event, String value, java.time.ZoneId zone) {
            Fill.add(event, Ecs.DNS_RESOLVED_IP, Fill.canonical(value));
        }

        @Override
        public void other(Event.Builder event, Object value, java.time.ZoneId zone) {
            event.set("zeek.dns.answers", value);
            Put.super.other(event, value, zone);
        }
    };

    private static final Map<String, Table> TABLES = new HashMap<>();

    static {
        table("conn")
                .put("duration", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
                .put("orig_bytes", Put.number("zeek.conn.orig_bytes"))
                .put("resp_bytes", Put.number("zeek.conn.resp_bytes"))
                .put("orig_ip_bytes", Ecs.SOURCE_BYTES)
                .put("resp_ip_bytes", Ecs.DESTINATION_BYTES)
                .put("orig_pkts", Ecs.SOURCE_PACKETS)
                .put("resp_pkts", Ecs.DESTINATION_PACKETS)
                .put("service", Ecs.NETWORK_PROTOCOL)
                .put("orig_l2_addr", Put.mac(Ecs.SOURCE_MAC))
                .put("resp_l2_addr", Put.mac(Ecs.DESTINATION_MAC))
                .put("missed_bytes", Put.number("zeek.conn.missed_bytes"))
                .put("conn_state", Put.text("zeek.conn.state"));
        table("dns")
                .put("query", Put.lower(Ecs.DNS_QUESTION_NAME))
                .put("qtype_name", Ecs.DNS_QUESTION_TYPE)
                .put("qclass_name", "dns.question.class")
                .put("rcode_name", Ecs.DNS_RESPONSE_CODE)
                .put("trans_id", "dns.id")
                .put("answers", ANSWERS);
        table("http")
                .put("method", Ecs.HTTP_METHOD)
                .put("host", HOST_HEADER)
                .put("uri", Put.URL)
                .put("referrer", Ecs.HTTP_REFERRER)
                .put("user_agent", Ecs.USER_AGENT_ORIGINAL)
                .put("version", Ecs.HTTP_VERSION)
                .put("status_code", Ecs.HTTP_STATUS)
                .put("request_body_len", Put.number("http.request.body.bytes"))
                .put("response_body_len", Ecs.HTTP_BODY_BYTES)
                .put("username", Ecs.USER_NAME)
                .put("password", Put.NOTHING)
                .put("resp_mime_types", "http.response.mime_type")
                .put("orig_mime_types", "http.request.mime_type");
        table("ssl")
                .put("server_name", Ecs.TLS_SERVER_NAME)
                .put("version", (event, value, zone) -> {
                    String number = value.replace("TLSv", "").replace("SSLv", "");
                    Fill.text(
                            event,
                            "tls.version",
                            number.length() == 2 ? number.charAt(0) + "." + number.charAt(1) : number);
                    Fill.text(event, "tls.version_protocol", value.startsWith("SSL") ? "ssl" : "tls");
                })
                .put("cipher", "tls.cipher")
                .put("curve", "tls.curve")
                .put("subject", "tls.server.subject")
                .put("issuer", "tls.server.issuer")
                .put("ja3", "tls.client.ja3")
                .put("ja3s", "tls.server.ja3s");
        table("x509")
                .put("certificate.subject", "x509.subject.distinguished_name")
                .put("certificate.issuer", "x509.issuer.distinguished_name")
                .put("certificate.serial", "x509.serial_number")
                .put("fingerprint", "file.hash.sha256")
                .put("san.dns", "x509.alternative_names");
        table("files")
                .put("tx_hosts", Put.SOURCE)
                .put("rx_hosts", Put.DESTINATION)
                .put("filename", Ecs.FILE_NAME)
                .put("mime_type", "file.mime_type")
                .put("seen_bytes", Put.number("file.size"))
                .put("source", Put.lower(Ecs.NETWORK_PROTOCOL))
                .put("md5", "file.hash.md5")
                .put("sha1", "file.hash.sha1")
                .put("sha256", "file.hash.sha256");
        table("ssh")
                .put("client", "zeek.ssh.client")
                .put(
                        "auth_success",
                        (event, value, zone) -> event.set(
                                Ecs.EVENT_OUTCOME,
                                value.equals("true") || value.equals("T") ? Words.SUCCESS : Words.FAILURE));
        table("ftp")
                .put("user", Ecs.USER_NAME)
                .put("password", Put.NOTHING)
                .put("command", Ecs.EVENT_ACTION)
                .put("arg", Ecs.FILE_PATH)
                .put("file_size", Put.number("file.size"));
        table("smtp")
                .put("mailfrom", Put.list("email.from.address"))
                .put("rcptto", Put.list("email.to.address"))
                .put("subject", Put.NOTHING)
                .put("msg_id", "email.message_id")
                .put("user_agent", Ecs.USER_AGENT_ORIGINAL);
        table("notice")
                .put("note", Ecs.RULE_NAME)
                .put("msg", Put.both(Put.text(Ecs.MESSAGE), Put.text("rule.description")))
                .put("src", Put.SOURCE)
                .put("dst", Put.DESTINATION)
                .put("p", Put.DESTINATION_PORT)
                .put("actions", "zeek.notice.actions");
        table("weird").put("name", Ecs.RULE_NAME);
        table("intel")
                .put("seen.indicator", "threat.indicator.name")
                .put("seen.indicator_type", "threat.indicator.type");
        table("kerberos").put("client", Ecs.USER_NAME).put("service", "zeek.kerberos.service");
        table("ntlm")
                .put("username", Ecs.USER_NAME)
                .put("domainname", Ecs.USER_DOMAIN)
                .put("hostname", Ecs.SOURCE_DOMAIN);
        table("rdp").put("cookie", Ecs.USER_NAME);
        table("socks").put("user", Ecs.USER_NAME).put("password", Put.NOTHING);
        table("radius")
                .put("username", Ecs.USER_NAME)
                .put("mac", Put.mac(Ecs.SOURCE_MAC))
                .put("framed_addr", Ecs.SOURCE_NAT_IP);
        table("sip").put("method", Ecs.EVENT_ACTION).put("uri", Put.URL).put("user_agent", Ecs.USER_AGENT_ORIGINAL);
        table("smb_files")
                .put("path", "zeek.smb_files.share")
                .put("name", Ecs.FILE_NAME)
                .put("action", Ecs.EVENT_ACTION)
                .put("size", Put.number("file.size"));
        table("smb_mapping").put("path", Ecs.FILE_PATH);
        table("dhcp")
                .put("client_addr", Put.SOURCE)
                .put("server_addr", Put.DESTINATION)
                .put(
                        "mac",
                        Put.both(
                                Put.mac(Ecs.SOURCE_MAC),
                                (event, value, zone) -> event.set("client.mac", Fill.mac(value))))
                .put("host_name", "client.domain")
                .put("assigned_addr", "client.ip");
        table("mysql").put("cmd", Ecs.EVENT_ACTION).put("arg", "zeek.mysql.arg");
        table("software").put("host", Put.SOURCE);
        table("known_services").put("host", Put.DESTINATION).put("port_num", Put.DESTINATION_PORT);
        table("modbus").put("func", Ecs.EVENT_ACTION);
    }

    private ZeekFields() {}

    private static Table base(String log) {
        return Table.keeping("zeek." + log + ".")
                .put("ts", Put.EPOCH_TIME)
                .put("uid", "zeek.session_id")
                .put("_path", Put.NOTHING)
                .put("_system_name", Ecs.OBSERVER_NAME)
                .put("_write_ts", Put.NOTHING)
                .put("_node_name", Put.NOTHING)
                .put("id.orig_h", Put.SOURCE)
                .put("id.orig_p", Put.SOURCE_PORT)
                .put("id.resp_h", Put.DESTINATION)
                .put("id.resp_p", Put.DESTINATION_PORT)
                .put("community_id", "network.community_id")
                .put("proto", Put.TRANSPORT);
    }

    private static Table table(String log) {
        Table table = base(log);
        TABLES.put(log, table);
        return table;
    }

    /** The logs that have a table of their own. */
    static java.util.Set<String> logs() {
        return TABLES.keySet();
    }

    static Table of(String log) {
        Table known = TABLES.get(log);
        return known != null ? known : base(log);
    }

    /** What follows from the log's name once its fields are set. */
    static void finish(String log, Event.Builder event) {
        Words.dataset(event, "zeek." + log);
        Words.observer(event, "Zeek", "Zeek", "ids");
        switch (log) {
            case "conn" -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, connection(event));
                sum(event);
            }
            case "http" -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB)
                        .set(Ecs.EVENT_TYPE, List.of("connection", "info", "protocol"))
                        .set(Ecs.NETWORK_PROTOCOL, "http");
                if (event.get(Ecs.HTTP_STATUS) instanceof Long status) {
                    event.set(Ecs.EVENT_OUTCOME, status < 400 ? Words.SUCCESS : Words.FAILURE);
                }
            }
            case "notice", "signatures" ->
                event.set(Ecs.EVENT_KIND, "alert")
                        .set(Ecs.EVENT_CATEGORY, Words.INTRUSION)
                        .set(Ecs.EVENT_TYPE, Words.INFO);
            case "intel" ->
                event.set(Ecs.EVENT_KIND, "enrichment")
                        .set(Ecs.EVENT_CATEGORY, List.of("threat"))
                        .set(Ecs.EVENT_TYPE, List.of("indicator"));
            case "files", "pe" -> event.set(Ecs.EVENT_CATEGORY, Words.FILE).set(Ecs.EVENT_TYPE, Words.INFO);
            case "x509" -> event.set(Ecs.EVENT_TYPE, Words.INFO);
            case "ntlm", "kerberos", "radius" -> auth(log, event);
            case "ssh" -> {
                boolean tried = event.get(Ecs.EVENT_OUTCOME) != null;
                event.set(Ecs.EVENT_CATEGORY, tried ? List.of("network", "authentication") : Words.NETWORK)
                        .set(Ecs.EVENT_TYPE, List.of("connection", "protocol"))
                        .set(Ecs.NETWORK_PROTOCOL, "ssh");
            }
            case "stats", "capture_loss" -> event.set(Ecs.EVENT_KIND, "metric");
            default -> {
                event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, List.of("connection", "protocol"));
                if (event.get(Ecs.NETWORK_PROTOCOL) == null && !log.equals("weird") && !log.equals("tunnel")) {
                    event.set(Ecs.NETWORK_PROTOCOL, log.equals("ssl") ? "tls" : log.toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private static List<String> connection(Event.Builder event) {
        Object state = event.get("zeek.conn.state");
        if (state == null) {
            return Words.CONNECTION;
        }
        return switch (state.toString()) {
            case "S0", "REJ", "RSTOS0", "RSTRH", "SH" -> List.of("connection", "start");
            case "S1" -> Words.CONNECTION_START;
            default -> Words.CONNECTION_END;
        };
    }

    private static void sum(Event.Builder event) {
        if (event.get(Ecs.SOURCE_BYTES) instanceof Long out && event.get(Ecs.DESTINATION_BYTES) instanceof Long in) {
            event.set(Ecs.NETWORK_BYTES, out + in);
        }
        if (event.get(Ecs.SOURCE_PACKETS) instanceof Long out
                && event.get(Ecs.DESTINATION_PACKETS) instanceof Long in) {
            event.set(Ecs.NETWORK_PACKETS, out + in);
        }
    }

    private static void auth(String log, Event.Builder event) {
        Object success = event.get("zeek." + log + ".success");
        success = success == null ? event.get("zeek." + log + ".result") : success;
        String word = String.valueOf(success);
        event.set(Ecs.EVENT_CATEGORY, List.of("network", "authentication"))
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(
                        Ecs.EVENT_OUTCOME,
                        word.equals("true") || word.equals("T") || word.equals("success")
                                ? Words.SUCCESS
                                : word.equals("null") ? Words.UNKNOWN : Words.FAILURE)
                .set(Ecs.NETWORK_PROTOCOL, log);
    }
}
