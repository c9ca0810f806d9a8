package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * FreeRADIUS detail files: a line of ctime and, indented, {@code Attribute = value} of one packet (RFC 2865, RFC 2866); and
 * eduroam's F-Ticks, {@code F-TICKS/eduroam/1.0#REALM=…#RESULT=OK#}. Passwords are kept nowhere. Immutable.
 */
public final class RadiusDetail implements Message {
    private static final Table FIELDS = Table.keeping("radius.")
            .put("User-Name", (event, value, zone) -> user(value, event))
            .put("Framed-IP-Address", Put.SOURCE)
            .put("Framed-IPv6-Address", Put.SOURCE)
            .put("Calling-Station-Id", (event, value, zone) -> station(value, event))
            .put("NAS-IP-Address", Put.text(Ecs.OBSERVER_IP))
            .put("NAS-IPv6-Address", Put.text(Ecs.OBSERVER_IP))
            .put("NAS-Identifier", Ecs.OBSERVER_NAME)
            .put("Acct-Input-Octets", Ecs.SOURCE_BYTES)
            .put("Acct-Output-Octets", Ecs.DESTINATION_BYTES)
            .put("Acct-Input-Packets", Ecs.SOURCE_PACKETS)
            .put("Acct-Output-Packets", Ecs.DESTINATION_PACKETS)
            .put("Acct-Session-Time", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("Acct-Terminate-Cause", Ecs.EVENT_REASON)
            .put("Timestamp", Put.EPOCH_TIME)
            .puts(
                    Put.NOTHING,
                    "User-Password",
                    "Cleartext-Password",
                    "CHAP-Password",
                    "MS-CHAP-Response",
                    "MS-CHAP2-Response",
                    "EAP-Message",
                    "State",
                    "Message-Authenticator");

    /** A line that begins a packet: it is not indented and not empty. */
    public static boolean begins(byte[] line) {
        return line.length > 0 && line[0] > ' ';
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int ticks = text.indexOf("F-TICKS/");
        if (ticks == 0) {
            return ticks(text, ticks, event, zone);
        }
        int end = text.indexOf('\n');
        int equals = end < 0 ? -1 : text.indexOf(" = ", end);
        long time = equals < 0 || end < 20
                ? Clock.NONE
                : Clock.ctime(text.substring(0, end).strip(), zone);
        if (time == Clock.NONE) {
            return false;
        }
        Clock.stamp(event, time);
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, end);
        String status = "";
        for (String line : text.substring(end + 1).split("\n", 2_001)) {
            int sign = line.indexOf(" = ");
            if (sign < 0) {
                continue;
            }
            String key = line.substring(0, sign).strip();
            String value = bare(line.substring(sign + 3).strip());
            boolean secret = key.contains("Password") || key.startsWith("MS-CHAP") || key.equals("EAP-Message");
            kept.append('\n').append(secret ? '\t' + key + " = ***" : line);
            if (key.equals("Acct-Status-Type") || key.equals("Packet-Type")) {
                status = value;
            }
            if (!secret) {
                FIELDS.set(event, key, value, zone);
            }
        }
        event.set(Ecs.EVENT_ORIGINAL, kept.toString()).set(Ecs.MESSAGE, null);
        finish(status, event);
        return true;
    }

    private static String bare(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static void user(String name, Event.Builder event) {
        Fill.text(event, Ecs.USER_NAME, name);
        int realm = name.lastIndexOf('@');
        if (realm > 0) {
            Fill.text(event, Ecs.USER_DOMAIN, name.substring(realm + 1));
        }
    }

    private static void station(String value, Event.Builder event) {
        if (Fill.canonical(value).isEmpty()) {
            Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(value));
        } else {
            Fill.source(event, value);
        }
    }

    private static void finish(String status, Event.Builder event) {
        Words.dataset(event, "freeradius.detail");
        event.set(Ecs.NETWORK_PROTOCOL, "radius");
        switch (status) {
            case "Start" -> session(event, "radius_session_start", Words.START);
            case "Stop" -> session(event, "radius_session_end", Words.END);
            case "Access-Accept" -> login(event, true);
            case "Access-Reject" -> login(event, false);
            default ->
                session(
                        event,
                        status.isEmpty() ? "radius_packet" : "radius_" + status.toLowerCase(Locale.ROOT),
                        Words.INFO);
        }
    }

    private static void session(Event.Builder event, String action, java.util.List<String> type) {
        event.set(Ecs.EVENT_CATEGORY, Words.SESSION).set(Ecs.EVENT_TYPE, type).set(Ecs.EVENT_ACTION, action);
    }

    private static void login(Event.Builder event, boolean ok) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, ok ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "radius_login")
                .set(Ecs.EVENT_OUTCOME, ok ? Words.SUCCESS : Words.FAILURE);
    }

    private static boolean ticks(String text, int from, Event.Builder event, ZoneId zone) {
        int hash = text.indexOf('#', from);
        if (hash < 0) {
            return false;
        }
        boolean ok = false;
        Pairs pairs = Pairs.parted(text, hash + 1, '=', '#');
        while (pairs.next()) {
            String value = pairs.value();
            switch (pairs.key()) {
                case "REALM" -> Fill.text(event, Ecs.USER_DOMAIN, value);
                case "CSI" -> station(value, event);
                case "RESULT" -> ok = value.equals("OK");
                case "TIMESTAMP" -> Clock.stamp(event, Clock.epoch(value));
                default -> Fill.text(event, "radius.fticks." + pairs.key().toLowerCase(Locale.ROOT), value);
            }
        }
        Words.dataset(event, "freeradius.fticks");
        event.set(Ecs.NETWORK_PROTOCOL, "radius");
        login(event, ok);
        return true;
    }
}
