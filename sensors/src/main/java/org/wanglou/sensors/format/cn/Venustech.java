package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Device;
import org.wanglou.sensors.format.part.Marks;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * Venustech and Leadsec firewalls: {@code devid=0 date="2026/11/24 09:59:58" dname=venus logtype=1 pri=6 mod=pf sa=… sport=…
 * da=… dport=… proto=IPPROTO_TCP policy=POLICY_PERMIT …}. Immutable.
 */
public final class Venustech {
    private static final Table FIELDS = Table.keeping("venustech.usg.")
            .put("sa", Put.SOURCE)
            .put("da", Put.DESTINATION)
            .put("sport", Put.SOURCE_PORT)
            .put("dport", Put.DESTINATION_PORT)
            .put(
                    "proto",
                    (event, value, zone) ->
                            Words.transport(event, value.startsWith("IPPROTO_") ? value.substring(8) : value))
            .put("smac", Put.mac(Ecs.SOURCE_MAC))
            .put("dmac", Put.mac(Ecs.DESTINATION_MAC))
            .put("sanat", Ecs.SOURCE_NAT_IP)
            .put("danat", Ecs.DESTINATION_NAT_IP)
            .put("rcvd", Ecs.DESTINATION_BYTES)
            .put("sent", Ecs.SOURCE_BYTES)
            .put("duration", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("dname", Ecs.OBSERVER_NAME)
            .put("pri", Ecs.EVENT_SEVERITY)
            .put("mod", Ecs.EVENT_PROVIDER)
            .put("rule_name", Ecs.RULE_NAME)
            .put("ruleid", Ecs.RULE_ID)
            .put("user", Ecs.USER_NAME)
            .put("from", Put.SOURCE)
            .put("act", "venustech.usg.act")
            .put(
                    "policy",
                    (event, value, zone) -> event.set(
                            Ecs.EVENT_ACTION,
                            (value.startsWith("POLICY_") ? value.substring(7) : value)
                                    .toLowerCase(java.util.Locale.ROOT)))
            .put("dsp_msg", Ecs.MESSAGE)
            .put("devid", Put.NOTHING)
            .put("date", (event, value, zone) -> Clock.stamp(event, Clock.iso(value, zone)));

    public static final Message MESSAGE = Device.keyValue(Venustech::begins, FIELDS, Venustech::finish);

    private Venustech() {}

    private static int begins(String text) {
        return Marks.begins(text, "devid=", "dname=", "mod=");
    }

    private static void finish(String text, Event.Builder event, ZoneId zone) {
        Words.dataset(event, "venustech.usg");
        Words.observer(event, "Venustech", "USG", "firewall");
        String action = event.get(Ecs.EVENT_ACTION) instanceof String word ? word : "";
        Object result = event.get("venustech.usg.result");
        if (event.get(Ecs.DESTINATION_IP) == null && event.get(Ecs.USER_NAME) != null) {
            boolean login = String.valueOf(event.get("venustech.usg.act")).contains("登录");
            event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                    .set(Ecs.EVENT_TYPE, login ? Words.START : Words.CHANGE)
                    .set(
                            Ecs.EVENT_OUTCOME,
                            result == null ? Words.UNKNOWN : result.equals("0") ? Words.SUCCESS : Words.FAILURE);
            return;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        Words.verdict(event, action);
    }
}
