package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Percent;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/**
 * IIS in the W3C extended log format (W3C WD-logfile, Microsoft's field names). {@code #Fields} before the line names the
 * columns; without it the usual selections of IIS 6 to 10 are told by their number of columns. Times are UTC. Immutable.
 */
public final class IisLine implements Message {
    private static final Table FIELDS = Table.keeping("iis.access.")
            .put("s-ip", Put.DESTINATION)
            .put("s-port", Put.DESTINATION_PORT)
            .put("c-ip", Put.SOURCE)
            .put("c-port", Put.SOURCE_PORT)
            .put("cs-method", Ecs.HTTP_METHOD)
            .put("cs-username", Ecs.USER_NAME)
            .put(
                    "cs(user-agent)",
                    (event, value, zone) -> Fill.text(event, Ecs.USER_AGENT_ORIGINAL, value.replace('+', ' ')))
            .put("cs(referer)", Ecs.HTTP_REFERRER)
            .put("cs(cookie)", Put.NOTHING)
            .put("cs-host", Put.both(Put.text(Ecs.DESTINATION_DOMAIN), (e, v, z) -> Fill.authority(e, v)))
            .put(
                    "cs-version",
                    (event, value, zone) ->
                            Fill.text(event, Ecs.HTTP_VERSION, value.startsWith("HTTP/") ? value.substring(5) : value))
            .put("sc-bytes", Ecs.HTTP_BODY_BYTES)
            .put("cs-bytes", Put.number("http.request.body.bytes"))
            .put("time-taken", Put.times(Ecs.EVENT_DURATION, 1_000_000))
            .put("sc-substatus", Put.number("iis.access.sub_status"))
            .put("sc-win32-status", Put.number("iis.access.win32_status"))
            .put("s-sitename", "iis.access.site_name")
            .put("s-computername", "iis.access.server_name")
            .put("x-forwarded-for", (event, value, zone) -> {
                String first = Fill.canonical(value.split("[,+]", 2)[0]);
                if (!first.isEmpty()) {
                    event.set("network.forwarded_ip", first);
                }
            })
            .put("cs(x-forwarded-for)", (event, value, zone) -> {
                String first = Fill.canonical(value.split("[,+]", 2)[0]);
                if (!first.isEmpty()) {
                    event.set("network.forwarded_ip", first);
                }
            })
            .put("sc-status", (event, value, zone) -> {
                long status = Fill.whole(value);
                if (status >= 100) {
                    event.set(Ecs.HTTP_STATUS, status)
                            .set(Ecs.EVENT_OUTCOME, status < 400 ? Words.SUCCESS : Words.FAILURE);
                }
            });

    private static final String SHORT =
            "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip" + " cs(User-Agent) ";
    private static final String[] USUAL = {
        SHORT + "sc-status sc-substatus sc-win32-status time-taken",
        SHORT + "cs(Referer) sc-status sc-substatus sc-win32-status time-taken",
        SHORT + "cs(Referer) sc-status sc-substatus sc-win32-status time-taken x-forwarded-for",
        "date time s-sitename s-computername s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs-version"
                + " cs(User-Agent) cs(Cookie) cs(Referer) cs-host sc-status sc-substatus sc-win32-status sc-bytes"
                + " cs-bytes time-taken"
    };

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        String fields = "";
        int at = 0;
        while (text.startsWith("#", at)) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return false;
            }
            if (text.startsWith("#Fields:", at)) {
                fields = text.substring(at + 8, end).strip();
            }
            at = end + 1;
        }
        String line = text.substring(at);
        String[] values = line.split(" ", 64);
        if (fields.isEmpty() || fields.split(" +", 64).length != values.length) {
            for (String usual : USUAL) {
                if (usual.split(" ", 64).length == values.length && plausible(usual, values)) {
                    fields = usual;
                }
            }
        }
        String[] names = fields.split(" +", 64);
        return !fields.isEmpty() && names.length <= values.length && fill(names, values, line, event);
    }

    /** Columns that no heading names are IIS's when addresses, method and status stand where they must. */
    private static boolean plausible(String usual, String[] values) {
        String[] names = usual.split(" ", 64);
        for (int i = 0; i < names.length; i++) {
            boolean right =
                    switch (names[i]) {
                        case "s-ip", "c-ip" ->
                            values[i].equals("-") || !Fill.canonical(values[i]).isEmpty();
                        case "cs-method" -> values[i].equals("-") || method(values[i]);
                        case "sc-status" -> Fill.whole(values[i]) >= 0;
                        default -> true;
                    };
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static boolean method(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_')) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean fill(String[] names, String[] values, String line, Event.Builder event) {
        String date = "";
        String time = "";
        String stem = "";
        String query = "";
        for (int i = 0; i < names.length; i++) {
            switch (names[i]) {
                case "date" -> date = values[i];
                case "time" -> time = values[i];
                case "cs-uri-stem" -> stem = values[i];
                case "cs-uri-query" -> query = values[i];
                default -> {
                    // set below
                }
            }
        }
        long stamp = Clock.iso(date + ' ' + time, ZoneOffset.UTC);
        if (stamp == Clock.NONE) {
            return false;
        }
        Words.dataset(event, "iis.access");
        event.set(Ecs.TIMESTAMP, stamp).set(Ecs.EVENT_ORIGINAL, line);
        for (int i = 0; i < names.length; i++) {
            String name = names[i].toLowerCase(java.util.Locale.ROOT);
            if (!name.equals("date") && !name.equals("time") && !name.startsWith("cs-uri-")) {
                FIELDS.set(event, name, values[i], ZoneOffset.UTC);
            }
        }
        boolean sides = event.get(Ecs.DESTINATION_IP) != null;
        event.set(Ecs.EVENT_CATEGORY, sides ? List.of("web", "network") : Words.WEB)
                .set(Ecs.EVENT_TYPE, sides ? Words.CONNECTION : Words.ACCESS);
        if (!Fill.absent(stem)) {
            event.set(Ecs.URL_ORIGINAL, stem);
            Fill.plainPath(event, stem);
        }
        if (!Fill.absent(query)) {
            event.set(Ecs.URL_QUERY, Percent.decoded(query.replace('+', ' ')))
                    .set(Ecs.URL_ORIGINAL, stem + '?' + query);
        }
        return true;
    }
}
