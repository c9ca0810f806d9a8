package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Device;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** Check Point's log exporter: {@code [action:"Drop"; ifdir:"inbound"; src:"…"; …]}, or with equals signs and bars. Immutable. */
public final class CheckPoint {
    private static final Put SIDE = (event, value, zone) -> event.set("checkpoint.ifdir", value);
    private static final Table FIELDS = Table.keeping("checkpoint.")
            .put("src", Put.SOURCE)
            .put("dst", Put.DESTINATION)
            .put("s_port", Put.SOURCE_PORT)
            .put("service", Put.DESTINATION_PORT)
            .put("proto", Put.TRANSPORT)
            .put("action", Ecs.EVENT_ACTION)
            .put("origin", Put.both(Put.text(Ecs.OBSERVER_IP), Put.text("observer.name")))
            .put("ifname", Ecs.INGRESS_INTERFACE)
            .put("ifdir", SIDE)
            .put("inzone", Ecs.INGRESS_ZONE)
            .put("outzone", Ecs.EGRESS_ZONE)
            .put("rule_name", Ecs.RULE_NAME)
            .put("rule_uid", "rule.uuid")
            .put("rule", Ecs.RULE_ID)
            .put("xlatesrc", Ecs.SOURCE_NAT_IP)
            .put("xlatesport", Ecs.SOURCE_NAT_PORT)
            .put("xlatedst", Ecs.DESTINATION_NAT_IP)
            .put("xlatedport", Ecs.DESTINATION_NAT_PORT)
            .put("service_id", Ecs.NETWORK_APPLICATION)
            .put("appi_name", Ecs.NETWORK_APPLICATION)
            .put("bytes", Ecs.NETWORK_BYTES)
            .put("packets", Ecs.NETWORK_PACKETS)
            .put("sent_bytes", Ecs.SOURCE_BYTES)
            .put("received_bytes", Ecs.DESTINATION_BYTES)
            .put("client_outbound_packets", Ecs.SOURCE_PACKETS)
            .put("server_outbound_packets", Ecs.DESTINATION_PACKETS)
            .put("client_outbound_bytes", Ecs.SOURCE_BYTES)
            .put("server_outbound_bytes", Ecs.DESTINATION_BYTES)
            .put("user", Ecs.USER_NAME)
            .put("src_user_name", Ecs.USER_NAME)
            .put("protection_name", Ecs.RULE_NAME)
            .put("attack", Ecs.RULE_CATEGORY)
            .put("attack_info", Ecs.MESSAGE)
            .put("resource", Put.URL)
            .put("file_name", Ecs.FILE_NAME)
            .put("file_md5", "file.hash.md5")
            .put("reason", Ecs.EVENT_REASON)
            .put("sport_svc", Put.SOURCE_PORT)
            .put("svc", Put.DESTINATION_PORT)
            .put("xlatesport_svc", Ecs.SOURCE_NAT_PORT)
            .put("xlatedport_svc", Ecs.DESTINATION_NAT_PORT)
            .put("ProductName", Ecs.OBSERVER_PRODUCT)
            .put("administrator", Ecs.USER_NAME)
            .put("client_ip", Put.SOURCE)
            .put("http_host", Ecs.URL_DOMAIN)
            .put("method", Ecs.HTTP_METHOD)
            .put("user_agent", Ecs.USER_AGENT_ORIGINAL)
            .put("severity", Ecs.EVENT_SEVERITY)
            .put("protection_id", Ecs.RULE_ID)
            .put("file_sha256", "file.hash.sha256")
            .put("file_sha1", "file.hash.sha1")
            .put("dst_domain_name", Ecs.DESTINATION_DOMAIN)
            .put("loguid", "checkpoint.loguid")
            .put("product", Ecs.OBSERVER_PRODUCT)
            .put("time", (event, value, zone) -> Clock.stamp(event, Clock.any(value, zone)));

    public static final Message MESSAGE = new Device(
            CheckPoint::begins,
            slice -> slice.text().startsWith("Fields@", slice.from())
                    ? Pairs.of(slice.text(), slice.from())
                    : Pairs.parted(
                            slice.text(),
                            slice.from(),
                            colon(slice.text(), slice.from()) ? ':' : '=',
                            colon(slice.text(), slice.from()) ? ';' : '|'),
            FIELDS,
            CheckPoint::finish);

    private CheckPoint() {}

    private static int begins(String text) {
        int open = text.indexOf('[');
        if (open >= 0
                && open < 100
                && (text.startsWith("[action:\"", open)
                        || text.startsWith("[Action:\"", open)
                        || text.startsWith("[Fields@1.3.6.1.4.1.2620", open)
                        || text.startsWith("[flags:\"", open))) {
            return open + 1;
        }
        return text.contains("loguid=") && text.contains("originsicname=")
                        || text.contains("|loguid=") && text.contains("product=")
                ? 0
                : -1;
    }

    private static boolean colon(String text, int from) {
        int colon = text.indexOf(':', from);
        int equals = text.indexOf('=', from);
        return colon >= 0 && (equals < 0 || colon < equals);
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "checkpoint.firewall");
        Object product = event.get(Ecs.OBSERVER_PRODUCT);
        Words.observer(event, "Checkpoint", product instanceof String name ? name : "Firewall", "firewall");
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        if (event.get(Ecs.TIMESTAMP) == null && text.indexOf("T") == 12) {
            // "1 2026-11-24T09:59:58--5:00": a version, and an offset that no header can have
            Clock.stamp(event, Clock.iso(text.substring(2, Math.min(21, text.length())), zone));
        }
        if (event.get("checkpoint.operation") instanceof String operation && audit(operation, event)) {
            return;
        }
        if (!action.isEmpty()) {
            event.set(Ecs.EVENT_ACTION, action.toLowerCase(Locale.ROOT));
        }
        if (action.equals("Log In") || action.equals("Failed Log In") || action.equals("Log Out")) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, action.equals("Log Out") ? Words.END : Words.START)
                    .set(Ecs.EVENT_OUTCOME, action.startsWith("Failed") ? Words.FAILURE : Words.SUCCESS);
        } else {
            if (event.get(Ecs.RULE_NAME) != null && text.contains("protection_name")) {
                boolean malware = product instanceof String name
                        && (name.contains("Malware") || name.contains("Virus") || name.contains("Threat"));
                event.set(Ecs.EVENT_KIND, "alert")
                        .set(Ecs.EVENT_CATEGORY, malware ? List.of("network", "malware") : Words.NETWORK_INTRUSION);
            }
            Words.verdict(event, action);
        }
        if ("inbound".equals(event.get("checkpoint.ifdir")) || "outbound".equals(event.get("checkpoint.ifdir"))) {
            event.set(Ecs.NETWORK_DIRECTION, event.get("checkpoint.ifdir")).set("checkpoint.ifdir", null);
        }
    }

    /** What administrators do: sign in and out, change objects, install policies. */
    private static boolean audit(String operation, Event.Builder event) {
        boolean in = operation.equals("Log In") || operation.equals("Force Log Out");
        boolean out = operation.equals("Log Out");
        Object status = event.get("checkpoint.audit_status");
        event.set(Ecs.EVENT_CATEGORY, in ? Words.AUTHENTICATION : out ? Words.SESSION : Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, in ? Words.START : out ? Words.END : Words.CHANGE)
                .set(Ecs.EVENT_ACTION, operation.toLowerCase(Locale.ROOT))
                .set(
                        Ecs.EVENT_OUTCOME,
                        status instanceof String word && word.startsWith("Fail") ? Words.FAILURE : Words.SUCCESS);
        event.set("checkpoint.ifdir", null);
        return true;
    }
}
