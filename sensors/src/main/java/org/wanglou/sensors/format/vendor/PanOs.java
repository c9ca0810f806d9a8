package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Csv;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Words;

/**
 * Palo Alto Networks PAN-OS: comma-separated TRAFFIC, THREAT, URL, SYSTEM, CONFIG, GLOBALPROTECT and USERID logs, fields by
 * position (PAN-OS administrator's guide, syslog field descriptions). Immutable.
 */
public final class PanOs implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int comma = text.indexOf(',');
        if (comma < 0 || comma > 60 || !kind(text)) {
            return false;
        }
        List<String> f = Csv.values(text, ',');
        if (f.size() < 15) {
            return false;
        }
        Words.dataset(event, "panw.panos");
        Words.observer(event, "Palo Alto Networks", "PAN-OS", "firewall");
        Fill.text(event, "observer.serial_number", f.get(2));
        Fill.text(event, "panw.panos.type", f.get(3));
        Fill.text(event, "panw.panos.sub_type", f.get(4));
        long received = Clock.iso(f.get(1), zone);
        long generated = Clock.iso(f.get(6), zone);
        Clock.stamp(event, generated == Clock.NONE ? received : generated);
        switch (f.get(3)) {
            case "TRAFFIC" -> traffic(f, event);
            // these share the columns of traffic up to the action
            case "DECRYPTION", "TUNNEL", "SCTP" -> traffic(f.subList(0, Math.min(f.size(), 31)), event);
            case "THREAT", "WILDFIRE", "URL", "DATA" -> threat(f, event);
            case "SYSTEM" -> system(f, event);
            case "CONFIG" -> config(f, event);
            case "USERID", "GLOBALPROTECT", "AUTHENTICATION", "HIPMATCH", "HIP-MATCH" -> login(f, event);
            default -> event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
        return true;
    }

    private static boolean kind(String text) {
        int at = 0;
        for (int i = 0; i < 3; i++) {
            at = text.indexOf(',', at) + 1;
            if (at == 0) {
                return false;
            }
        }
        int end = text.indexOf(',', at);
        if (end < 0 || end - at > 16) {
            return false;
        }
        return List.of(
                        "TRAFFIC",
                        "THREAT",
                        "WILDFIRE",
                        "URL",
                        "DATA",
                        "SYSTEM",
                        "CONFIG",
                        "USERID",
                        "GLOBALPROTECT",
                        "AUTHENTICATION",
                        "HIPMATCH",
                        "HIP-MATCH",
                        "CORRELATION",
                        "DECRYPTION",
                        "TUNNEL",
                        "SCTP",
                        "AUDIT")
                .contains(text.substring(at, end));
    }

    private static String at(List<String> f, int index) {
        return index < f.size() ? f.get(index) : "";
    }

    /** Fields 8 to 31 are the same in traffic and threat logs. */
    private static void common(List<String> f, Event.Builder event) {
        Fill.source(event, at(f, 7));
        Fill.destination(event, at(f, 8));
        if (!at(f, 9).equals("0.0.0.0")) {
            Fill.address(event, Ecs.SOURCE_NAT_IP, at(f, 9));
        }
        if (!at(f, 10).equals("0.0.0.0")) {
            Fill.address(event, Ecs.DESTINATION_NAT_IP, at(f, 10));
        }
        Fill.text(event, Ecs.RULE_NAME, at(f, 11));
        user(event, at(f, 12), "source.user.name", true);
        user(event, at(f, 13), "destination.user.name", event.get(Ecs.USER_NAME) == null);
        Fill.text(event, Ecs.NETWORK_APPLICATION, at(f, 14));
        Fill.text(event, "panw.panos.virtual_system", at(f, 15));
        Fill.text(event, Ecs.INGRESS_ZONE, at(f, 16));
        Fill.text(event, Ecs.EGRESS_ZONE, at(f, 17));
        Fill.text(event, Ecs.INGRESS_INTERFACE, at(f, 18));
        Fill.text(event, Ecs.EGRESS_INTERFACE, at(f, 19));
        Fill.text(event, "panw.panos.flow_id", at(f, 22));
        Fill.number(event, Ecs.SOURCE_PORT, at(f, 24));
        Fill.number(event, Ecs.DESTINATION_PORT, at(f, 25));
        port(event, Ecs.SOURCE_NAT_PORT, at(f, 26));
        port(event, Ecs.DESTINATION_NAT_PORT, at(f, 27));
        Words.transport(event, at(f, 29));
        Fill.text(event, Ecs.EVENT_ACTION, at(f, 30));
    }

    private static void user(Event.Builder event, String name, String field, boolean main) {
        if (name.isEmpty()) {
            return;
        }
        int backslash = name.indexOf('\\');
        // some exporters escape the backslash between domain and name
        int from = name.startsWith("\\\\", Math.max(backslash, 0)) && backslash >= 0 ? backslash + 2 : backslash + 1;
        String plain = name.substring(from);
        event.set(field, plain);
        if (main) {
            event.set(Ecs.USER_NAME, plain);
            Fill.text(event, Ecs.USER_DOMAIN, name.substring(0, Math.max(backslash, 0)));
        }
    }

    private static void port(Event.Builder event, org.wanglou.model.Field field, String value) {
        if (Fill.whole(value) > 0) {
            event.set(field, Fill.whole(value));
        }
    }

    private static void traffic(List<String> f, Event.Builder event) {
        common(f, event);
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        Words.verdict(event, at(f, 30));
        Fill.number(event, Ecs.NETWORK_BYTES, at(f, 31));
        Fill.number(event, Ecs.SOURCE_BYTES, at(f, 32));
        Fill.number(event, Ecs.DESTINATION_BYTES, at(f, 33));
        Fill.number(event, Ecs.NETWORK_PACKETS, at(f, 34));
        long start = Clock.iso(at(f, 35), java.time.ZoneOffset.UTC);
        if (start != Clock.NONE) {
            event.set("panw.panos.start_time", at(f, 35));
        }
        Put.times(Ecs.EVENT_DURATION, 1_000_000_000L).text(event, at(f, 36), java.time.ZoneOffset.UTC);
        Fill.text(event, "panw.panos.url_category", at(f, 37));
        Fill.number(event, Ecs.SOURCE_PACKETS, at(f, 44));
        Fill.number(event, Ecs.DESTINATION_PACKETS, at(f, 45));
        Fill.text(event, "panw.panos.session_end_reason", at(f, 46));
        Fill.text(event, Ecs.OBSERVER_NAME, at(f, 52));
    }

    private static void threat(List<String> f, Event.Builder event) {
        common(f, event);
        boolean url = at(f, 4).equals("url");
        event.set(Ecs.EVENT_KIND, url ? "event" : "alert")
                .set(
                        Ecs.EVENT_CATEGORY,
                        url
                                ? Words.NETWORK_WEB
                                : malware(at(f, 4)) ? List.of("network", "malware") : Words.NETWORK_INTRUSION);
        Words.verdict(event, at(f, 30));
        if (url) {
            Fill.url(event, at(f, 31));
            domain(event, at(f, 31));
        } else {
            Fill.text(event, Ecs.FILE_NAME, at(f, 31));
        }
        String threat = at(f, 32);
        int open = threat.lastIndexOf('(');
        if (open > 0 && threat.endsWith(")")) {
            Fill.text(event, Ecs.RULE_ID, threat.substring(open + 1, threat.length() - 1));
            Fill.text(event, "panw.panos.threat.name", threat.substring(0, open).strip());
        }
        Fill.text(event, Ecs.RULE_CATEGORY, at(f, 33));
        Fill.text(event, Ecs.LOG_LEVEL, at(f, 34));
        String direction = at(f, 35);
        Fill.text(event, "panw.panos.direction", direction);
        Fill.text(event, Ecs.USER_AGENT_ORIGINAL, at(f, 45));
        Fill.text(event, "panw.panos.xff", at(f, 47));
        Fill.text(event, Ecs.HTTP_REFERRER, at(f, 48));
        Fill.text(event, Ecs.OBSERVER_NAME, at(f, 58));
    }

    private static boolean malware(String kind) {
        return kind.equals("virus") || kind.equals("spyware") || kind.startsWith("wildfire") || kind.equals("ml-virus");
    }

    /** A URL here is written without its scheme. */
    private static void domain(Event.Builder event, String url) {
        if (url.indexOf("://") < 0 && !url.startsWith("/")) {
            int slash = url.indexOf('/');
            Fill.authority(event, slash < 0 ? url : url.substring(0, slash));
            if (slash >= 0) {
                Fill.plainPath(
                        event,
                        url.substring(slash, url.indexOf('?', slash) < 0 ? url.length() : url.indexOf('?', slash)));
            }
        }
    }

    private static void system(List<String> f, Event.Builder event) {
        Fill.text(event, Ecs.EVENT_CODE, at(f, 8));
        Fill.text(event, Ecs.LOG_LEVEL, at(f, 13));
        Fill.text(event, Ecs.MESSAGE, at(f, 14));
        Fill.text(event, Ecs.OBSERVER_NAME, at(f, 22));
        String said = at(f, 14).toLowerCase(Locale.ROOT);
        boolean auth = at(f, 4).equals("auth") || at(f, 8).startsWith("auth-");
        if (!auth) {
            event.set(Ecs.EVENT_CATEGORY, List.of("host")).set(Ecs.EVENT_TYPE, Words.INFO);
            return;
        }
        boolean ok =
                at(f, 8).equals("auth-success") || said.contains("authenticated for user") || said.contains("success");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, ok ? Words.START : Words.INFO)
                .set(Ecs.EVENT_OUTCOME, ok ? Words.SUCCESS : Words.FAILURE)
                .set(Ecs.EVENT_ACTION, "login");
        quoted(at(f, 14), "user '", event);
        int from = at(f, 14).indexOf("From: ");
        if (from >= 0) {
            String rest = at(f, 14).substring(from + 6);
            Fill.source(event, rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest);
        }
    }

    private static void quoted(String text, String mark, Event.Builder event) {
        int at = text.indexOf(mark);
        int end = at < 0 ? -1 : text.indexOf('\'', at + mark.length());
        if (end > 0) {
            Fill.text(event, Ecs.USER_NAME, text.substring(at + mark.length(), end));
        }
    }

    private static void config(List<String> f, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.CHANGE);
        Fill.source(event, at(f, 7));
        Fill.text(event, Ecs.EVENT_ACTION, at(f, 9));
        Fill.text(event, Ecs.USER_NAME, at(f, 10));
        Fill.text(event, "panw.panos.client", at(f, 11));
        Fill.text(event, Ecs.EVENT_OUTCOME, Words.outcome(at(f, 12)));
        Fill.text(event, "panw.panos.path", at(f, 13));
    }

    private static void login(List<String> f, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION).set(Ecs.EVENT_TYPE, Words.INFO);
        if (at(f, 3).equals("USERID")) {
            Fill.source(event, at(f, 8));
            user(event, at(f, 9), "source.user.name", true);
            event.set(Ecs.EVENT_ACTION, at(f, 4));
        } else if (at(f, 3).equals("GLOBALPROTECT")) {
            Fill.text(event, Ecs.EVENT_ACTION, at(f, 8));
            user(event, at(f, 12), "source.user.name", true);
            Fill.source(event, at(f, 15));
            Fill.text(event, Ecs.SOURCE_DOMAIN, at(f, 14));
            Fill.text(event, Ecs.EVENT_REASON, at(f, 25));
            if (!at(f, 28).isEmpty()) {
                event.set(Ecs.EVENT_OUTCOME, Words.outcome(at(f, 28)));
            }
        } else if (at(f, 3).startsWith("HIP")) {
            user(event, at(f, 7), "source.user.name", true);
            Fill.source(event, at(f, 11));
            Fill.text(event, Ecs.SOURCE_DOMAIN, at(f, 9));
            Fill.text(event, Ecs.RULE_NAME, at(f, 12));
            event.set(Ecs.EVENT_CATEGORY, java.util.List.of("host")).set(Ecs.EVENT_ACTION, "hip_match");
        } else {
            Fill.source(event, at(f, 8));
            user(event, at(f, 9), "source.user.name", true);
        }
    }
}
