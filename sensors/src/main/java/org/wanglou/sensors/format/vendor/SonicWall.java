package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Device;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Marks;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** SonicWall: {@code id=firewall sn=… time="…" fw=… pri=6 c=1024 m=537 msg="…" src=10.1.1.5:51000:X0 dst=…}. Immutable. */
public final class SonicWall {
    private static final Table FIELDS = Table.keeping("sonicwall.firewall.")
            .put("src", (event, value, zone) -> side(event, value, true))
            .put("dst", (event, value, zone) -> side(event, value, false))
            .put("srcV6", Put.SOURCE)
            .put("dstV6", Put.DESTINATION)
            .put("srcMac", Put.mac(Ecs.SOURCE_MAC))
            .put("dstMac", Put.mac(Ecs.DESTINATION_MAC))
            .put("srcZone", Ecs.INGRESS_ZONE)
            .put("dstZone", Ecs.EGRESS_ZONE)
            .put("natSrc", (event, value, zone) -> nat(event, value, Ecs.SOURCE_NAT_IP, Ecs.SOURCE_NAT_PORT))
            .put("natDst", (event, value, zone) -> nat(event, value, Ecs.DESTINATION_NAT_IP, Ecs.DESTINATION_NAT_PORT))
            .put("sent", Ecs.SOURCE_BYTES)
            .put("rcvd", Ecs.DESTINATION_BYTES)
            .put("spkt", Ecs.SOURCE_PACKETS)
            .put("rpkt", Ecs.DESTINATION_PACKETS)
            .put("cdur", Put.times(Ecs.EVENT_DURATION, 1_000_000))
            .put("proto", (event, value, zone) -> {
                int slash = value.indexOf('/');
                Words.transport(event, slash < 0 ? value : value.substring(0, slash));
                if (slash > 0 && Fill.whole(value.substring(slash + 1)) < 0) {
                    Fill.text(event, Ecs.NETWORK_PROTOCOL, value.substring(slash + 1));
                }
            })
            .put("msg", Ecs.MESSAGE)
            .put("m", Ecs.EVENT_CODE)
            .put("pri", Ecs.EVENT_SEVERITY)
            .put("fw", Ecs.OBSERVER_IP)
            .put("sn", "observer.serial_number")
            .put("id", Ecs.OBSERVER_NAME)
            .put("usr", SonicWall::user)
            .put("user", SonicWall::user)
            .put("n", "event.sequence")
            .put("appName", Put.lower(Ecs.NETWORK_APPLICATION))
            .put("Category", Ecs.RULE_CATEGORY)
            .put("sid", Ecs.RULE_ID)
            .put("ipscat", Ecs.RULE_NAME)
            .put(
                    "fw_action",
                    (event, value, zone) -> Fill.text(event, Ecs.EVENT_ACTION, value.equals("NA") ? "" : value))
            .put("rule", Ecs.RULE_NAME)
            .put("dstname", Ecs.DESTINATION_DOMAIN)
            .put("arg", (event, value, zone) -> Fill.url(event, value))
            .put(
                    "op",
                    (event, value, zone) -> Fill.text(
                            event,
                            Ecs.HTTP_METHOD,
                            value.equals("1") ? "GET" : value.equals("2") ? "POST" : value.equals("3") ? "HEAD" : ""))
            .put("result", Ecs.HTTP_STATUS)
            .put("time", (event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone)));

    public static final Message MESSAGE = Device.keyValue(SonicWall::begins, FIELDS, SonicWall::finish);

    private SonicWall() {}

    private static int begins(String text) {
        return Marks.begins(text, "id=", "sn=", "fw=", "time=");
    }

    private static final String[] LEVELS = {
        "emergency", "alert", "critical", "error", "warning", "notice", "info", "debug"
    };

    private static void user(Event.Builder event, String value, ZoneId zone) {
        Fill.text(event, Ecs.USER_NAME, value.startsWith("Unknown (") ? "" : value);
    }

    private static void nat(Event.Builder event, String value, Field address, Field port) {
        String[] parts = value.split(":", 3);
        Fill.address(event, address, parts[0]);
        Fill.number(event, port, parts.length > 1 ? parts[1] : "");
    }

    /** {@code address:port:interface}. */
    private static void side(Event.Builder event, String value, boolean source) {
        String[] parts = value.split(":", 4);
        if (!parts[0].isEmpty() && Fill.canonical(value).isEmpty()) {
            if (source) {
                Fill.source(event, parts[0]);
            } else {
                Fill.destination(event, parts[0]);
            }
        } else if (!Fill.canonical(value).isEmpty()) {
            if (source) {
                Fill.source(event, value);
            } else {
                Fill.destination(event, value);
            }
            return;
        }
        if (parts.length > 1) {
            Fill.number(event, source ? Ecs.SOURCE_PORT : Ecs.DESTINATION_PORT, parts[1]);
        }
        if (parts.length > 2) {
            Fill.text(event, source ? Ecs.INGRESS_INTERFACE : Ecs.EGRESS_INTERFACE, parts[2]);
        }
        if (parts.length > 3 && event.get(source ? Ecs.SOURCE_DOMAIN : Ecs.DESTINATION_DOMAIN) == null) {
            Fill.text(event, source ? Ecs.SOURCE_DOMAIN : Ecs.DESTINATION_DOMAIN, parts[3]);
        }
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "sonicwall.firewall");
        Words.observer(event, "SonicWall", "SonicOS", "firewall");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        String said =
                event.get(Ecs.MESSAGE) instanceof String message ? message.toLowerCase(java.util.Locale.ROOT) : "";
        if (event.get(Ecs.EVENT_SEVERITY) instanceof Long level && level >= 0 && level < 8) {
            event.set(Ecs.LOG_LEVEL, LEVELS[(int) (long) level]);
        }
        if (event.get(Ecs.SOURCE_BYTES) instanceof Long sent
                && event.get(Ecs.DESTINATION_BYTES) instanceof Long received) {
            event.set(Ecs.NETWORK_BYTES, sent + received);
        }
        if (event.get(Ecs.URL_PATH) != null) {
            Fill.text(event, Ecs.URL_DOMAIN, event.get(Ecs.DESTINATION_DOMAIN) instanceof String name ? name : "");
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB);
        }
        boolean login = said.contains("login");
        boolean bad = said.contains("denied")
                || said.contains("dropped")
                || said.contains("blocked")
                || said.contains("failed")
                || said.contains("rejected");
        if (login) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, bad ? Words.INFO : Words.START)
                    .set(Ecs.EVENT_ACTION, bad ? "login-failure" : "login-success")
                    .set(Ecs.EVENT_OUTCOME, bad ? Words.FAILURE : Words.SUCCESS);
        } else if (said.startsWith("connection opened") || said.startsWith("connection closed")) {
            boolean open = said.startsWith("connection opened");
            event.set(Ecs.EVENT_TYPE, open ? Words.CONNECTION_START : Words.CONNECTION_END)
                    .set(Ecs.EVENT_ACTION, open ? "connection-start" : "connection-end")
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        } else if (said.startsWith("ips ")
                || said.startsWith("gateway anti-virus")
                || said.startsWith("anti-spyware")
                || text.contains(" ipscat=")) {
            boolean malware = said.startsWith("gateway") || said.startsWith("anti-spyware");
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(Ecs.EVENT_CATEGORY, malware ? List.of("network", "malware") : Words.NETWORK_INTRUSION);
            Words.verdict(event, said.contains("prevention") || said.contains("blocked") ? "block" : "alert");
        } else if (event.get(Ecs.EVENT_ACTION) instanceof String action) {
            Words.verdict(event, action);
        } else if (bad) {
            Words.verdict(event, "deny");
        } else {
            event.set(Ecs.EVENT_TYPE, Words.CONNECTION);
        }
    }
}
