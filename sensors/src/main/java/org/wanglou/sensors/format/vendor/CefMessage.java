package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
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
 * ArcSight Common Event Format, revisions 0.1 and 1: {@code CEF:0|vendor|product|version|id|name|severity|key=value …}. A
 * custom field goes by its label ({@code cs1Label}); extensions without an ECS field are {@code cef.extensions.*}. Immutable.
 */
public final class CefMessage implements Message {
    private static final String EXTENSION = "cef.extensions.";
    private static final Put RECEIPT = (event, value, zone) -> {
        if (event.get(Ecs.TIMESTAMP) == null || event.get("cef.receipt") == null) {
            long time = Clock.any(value, zone);
            if (time != Clock.NONE) {
                event.set(Ecs.TIMESTAMP, time);
            }
        }
    };

    private static final Table FIELDS = Table.keeping(EXTENSION)
            .put("src", Put.SOURCE)
            .put("dst", Put.DESTINATION)
            .put("spt", Put.SOURCE_PORT)
            .put("dpt", Put.DESTINATION_PORT)
            .put("shost", Ecs.SOURCE_DOMAIN)
            .put("dhost", Ecs.DESTINATION_DOMAIN)
            .put("smac", Put.mac(Ecs.SOURCE_MAC))
            .put("dmac", Put.mac(Ecs.DESTINATION_MAC))
            .put("sourceTranslatedAddress", Ecs.SOURCE_NAT_IP)
            .put("sourceTranslatedPort", Ecs.SOURCE_NAT_PORT)
            .put("destinationTranslatedAddress", Ecs.DESTINATION_NAT_IP)
            .put("destinationTranslatedPort", Ecs.DESTINATION_NAT_PORT)
            .put("proto", Put.TRANSPORT)
            .put("app", Put.lower(Ecs.NETWORK_PROTOCOL))
            .put("in", Ecs.SOURCE_BYTES)
            .put("out", Ecs.DESTINATION_BYTES)
            .put("act", Ecs.EVENT_ACTION)
            .put("outcome", Put.text("cef.outcome"))
            .put("reason", Ecs.EVENT_REASON)
            .put("cat", "cef.category")
            .put("msg", Ecs.MESSAGE)
            .put("suser", Put.both(Put.text("source.user.name"), Put.text(Ecs.USER_NAME)))
            .put("duser", (event, value, zone) -> {
                Fill.text(event, "destination.user.name", value);
                if (event.get(Ecs.USER_NAME) == null) {
                    Fill.text(event, Ecs.USER_NAME, value);
                }
            })
            .put("suid", "source.user.id")
            .put("duid", "destination.user.id")
            .put("sntdom", "source.user.domain")
            .put("dntdom", "destination.user.domain")
            .put("spid", Ecs.PROCESS_PID)
            .put("dpid", "cef.destination_pid")
            .put("sproc", Ecs.PROCESS_NAME)
            .put("dproc", Ecs.PROCESS_NAME)
            .put("request", Put.URL)
            .put("requestMethod", Ecs.HTTP_METHOD)
            .put("requestClientApplication", Ecs.USER_AGENT_ORIGINAL)
            .put("requestContext", Ecs.HTTP_REFERRER)
            .put("fname", Ecs.FILE_NAME)
            .put("filePath", Ecs.FILE_PATH)
            .put("fsize", Put.number("file.size"))
            .put("fileHash", "file.hash.md5")
            .put("dvc", Ecs.OBSERVER_IP)
            .put("dvchost", "observer.hostname")
            .put("deviceExternalId", "observer.serial_number")
            .put("deviceInboundInterface", Ecs.INGRESS_INTERFACE)
            .put("deviceOutboundInterface", Ecs.EGRESS_INTERFACE)
            .put(
                    "deviceDirection",
                    (event, value, zone) -> Fill.text(
                            event,
                            Ecs.NETWORK_DIRECTION,
                            value.equals("0") ? "inbound" : value.equals("1") ? "outbound" : value))
            .put("rt", RECEIPT)
            .put("start", Put.both(Put.time(Ecs.EVENT_START), (event, value, zone) -> {
                if (event.get(Ecs.TIMESTAMP) == null) {
                    Clock.stamp(event, Clock.any(value, zone));
                }
            }))
            .put("end", Put.time(Ecs.EVENT_END))
            .put("externalId", "cef.external_id")
            .put("c6a2", Put.SOURCE)
            .put("c6a3", Put.DESTINATION)
            .put("cnt", Put.number("cef.count"));

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int cef = text.indexOf("CEF:");
        if (cef < 0 || cef > 300) {
            return false;
        }
        String[] head = new String[8];
        int at = cef + 4;
        for (int i = 0; i < 7; i++) {
            int bar = bar(text, at);
            if (bar < 0) {
                return false;
            }
            head[i] = text.indexOf('\\', at) >= at && text.indexOf('\\', at) < bar
                    ? Pairs.unescape(text, at, bar)
                    : text.substring(at, bar);
            at = bar + 1;
        }
        if (Fill.whole(head[0].strip()) < 0) {
            return false;
        }
        event.set(Ecs.MESSAGE, head[5]);
        extensions(text, at, event, zone);
        Words.dataset(event, "cef.log");
        Fill.text(event, Ecs.OBSERVER_VENDOR, head[1]);
        Fill.text(event, Ecs.OBSERVER_PRODUCT, head[2]);
        Fill.text(event, "observer.version", head[3]);
        Fill.text(event, Ecs.EVENT_CODE, head[4]);
        Fill.text(event, "cef.name", head[5]);
        severity(head[6], event);
        if (event.get(Ecs.RULE_NAME) == null) {
            Fill.text(event, Ecs.RULE_NAME, head[5]);
        }
        finish(event);
        return true;
    }

    private static int bar(String text, int from) {
        int bar = text.indexOf('|', from);
        while (bar > from && text.charAt(bar - 1) == '\\') {
            bar = text.indexOf('|', bar + 1);
        }
        return bar;
    }

    private static void extensions(String text, int from, Event.Builder event, ZoneId zone) {
        Map<String, String> labels = null;
        Map<String, String> custom = null;
        Pairs pairs = Pairs.spaced(text, from);
        while (pairs.next()) {
            String key = pairs.key();
            if (key.endsWith("Label") && key.length() > 5) {
                labels = labels == null ? new HashMap<>() : labels;
                labels.put(key.substring(0, key.length() - 5), pairs.value());
            } else if (custom(key)) {
                custom = custom == null ? new HashMap<>() : custom;
                custom.put(key, pairs.value());
            } else {
                FIELDS.set(event, key, pairs.value(), zone);
            }
        }
        if (custom != null) {
            for (Map.Entry<String, String> entry : custom.entrySet()) {
                String label = labels == null ? "" : labels.getOrDefault(entry.getKey(), "");
                if (label.isEmpty() || entry.getKey().startsWith("c6a")) {
                    FIELDS.set(event, entry.getKey(), entry.getValue(), zone);
                } else {
                    Fill.text(event, EXTENSION + name(label), entry.getValue());
                }
            }
        }
    }

    /** cs1–6, cn1–3, cfp1–4, c6a1–4, deviceCustom…, flexString1–2 and their like. */
    private static boolean custom(String key) {
        return key.length() > 2
                && Character.isDigit(key.charAt(key.length() - 1))
                && (key.startsWith("cs")
                        || key.startsWith("cn")
                        || key.startsWith("cfp")
                        || key.startsWith("c6a")
                        || key.startsWith("flex")
                        || key.startsWith("deviceCustom"));
    }

    private static String name(String label) {
        StringBuilder name = new StringBuilder(label.length());
        for (int i = 0; i < label.length() && i < 64; i++) {
            char c = label.charAt(i);
            name.append(Character.isLetterOrDigit(c) ? c : '_');
        }
        return name.toString();
    }

    /** 0 to 10, or a word. */
    private static void severity(String text, Event.Builder event) {
        long number = Fill.whole(text);
        if (number >= 0) {
            event.set(Ecs.EVENT_SEVERITY, number);
        } else {
            Fill.text(event, "cef.severity", text);
            int value =
                    switch (text.toLowerCase(java.util.Locale.ROOT)) {
                        case "low" -> 2;
                        case "medium" -> 5;
                        case "high" -> 7;
                        case "very-high", "very high", "critical" -> 10;
                        default -> 0;
                    };
            event.set(Ecs.EVENT_SEVERITY, (long) value);
        }
    }

    private static void finish(Event.Builder event) {
        if (event.get("cef.outcome") instanceof String outcome) {
            event.set(Ecs.EVENT_OUTCOME, Words.outcome(outcome));
        }
        if (event.get(Ecs.SOURCE_IP) != null || event.get(Ecs.DESTINATION_IP) != null) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            if (event.get(Ecs.EVENT_ACTION) instanceof String action) {
                Object outcome = event.get(Ecs.EVENT_OUTCOME);
                Words.verdict(event, action);
                if (outcome != null) {
                    event.set(Ecs.EVENT_OUTCOME, outcome);
                }
            } else {
                event.set(Ecs.EVENT_TYPE, Words.INFO);
            }
        }
    }
}
