package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
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
            .put("natSrc", (event, value, zone) -> Fill.address(event, Ecs.SOURCE_NAT_IP, value.split(":", 2)[0]))
            .put("natDst", (event, value, zone) -> Fill.address(event, Ecs.DESTINATION_NAT_IP, value.split(":", 2)[0]))
            .put("sent", Ecs.SOURCE_BYTES)
            .put("rcvd", Ecs.DESTINATION_BYTES)
            .put("spkt", Ecs.SOURCE_PACKETS)
            .put("rpkt", Ecs.DESTINATION_PACKETS)
            .put("cdur", Put.times(Ecs.EVENT_DURATION, 1_000_000))
            .put("proto", (event, value, zone) -> {
                int slash = value.indexOf('/');
                Words.transport(event, slash < 0 ? value : value.substring(0, slash));
                if (slash > 0) {
                    Fill.text(event, Ecs.NETWORK_PROTOCOL, value.substring(slash + 1));
                }
            })
            .put("msg", Ecs.MESSAGE)
            .put("m", Ecs.EVENT_CODE)
            .put("pri", Ecs.EVENT_SEVERITY)
            .put("fw", Ecs.OBSERVER_IP)
            .put("sn", "observer.serial_number")
            .put("id", Ecs.OBSERVER_NAME)
            .put("usr", Ecs.USER_NAME)
            .put("user", Ecs.USER_NAME)
            .put("fw_action", Ecs.EVENT_ACTION)
            .put("rule", Ecs.RULE_NAME)
            .put("dstname", Ecs.DESTINATION_DOMAIN)
            .put("arg", "url.path")
            .put("op", "sonicwall.firewall.op")
            .put("result", Ecs.HTTP_STATUS)
            .put("time", (event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone)));

    public static final Message MESSAGE = Device.keyValue(SonicWall::begins, FIELDS, SonicWall::finish);

    private SonicWall() {}

    private static int begins(String text) {
        return Marks.begins(text, "id=", "sn=", "fw=", "m=");
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
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "sonicwall.firewall");
        Words.observer(event, "SonicWall", "SonicWall", "firewall");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        String said =
                event.get(Ecs.MESSAGE) instanceof String message ? message.toLowerCase(java.util.Locale.ROOT) : "";
        boolean login = said.contains("login");
        boolean bad = said.contains("denied")
                || said.contains("dropped")
                || said.contains("blocked")
                || said.contains("failed")
                || said.contains("rejected");
        if (login) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, bad ? Words.INFO : Words.START)
                    .set(Ecs.EVENT_OUTCOME, bad ? Words.FAILURE : Words.SUCCESS);
        } else if (event.get(Ecs.EVENT_ACTION) instanceof String action && !action.equals("NA")) {
            Words.verdict(event, action);
        } else if (bad) {
            Words.verdict(event, "deny");
        } else {
            event.set(Ecs.EVENT_TYPE, Words.CONNECTION);
        }
    }
}
