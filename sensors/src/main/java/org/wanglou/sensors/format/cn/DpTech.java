package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * DPtech's firewalls: {@code 1 10.1.1.1 Nov 24 10:00:00 2026 FW 54 POLICY:Allow 6|source|port|destination|port|in|out} and
 * {@code … NAT444:SessionW begin|end|source|translated|port|destination|port|protocol}; other modules keep their columns.
 * Immutable.
 */
public final class DpTech implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int bar = text.indexOf('|');
        int blank = bar < 0 ? -1 : text.lastIndexOf(' ', bar);
        int colon = blank < 0 ? -1 : text.lastIndexOf(':', blank);
        int module = colon < 0 ? -1 : text.lastIndexOf(' ', colon) + 1;
        if (colon <= module
                || colon - module > 24
                || module > 160
                || blank - colon < 3
                || !upper(text, module, colon)) {
            return false;
        }
        String name = text.substring(module, colon);
        String verb = text.substring(colon + 1, blank);
        String[] cells = text.substring(blank + 1).strip().split("\\|", 40);
        boolean policy = name.equals("POLICY") && cells.length >= 5;
        boolean nat = name.startsWith("NAT") && cells.length >= 8;
        if (!policy && !nat || verb.indexOf(' ') >= 0) {
            return false;
        }
        Words.dataset(event, "dptech.firewall");
        Words.observer(event, "DPtech", "FW", "firewall");
        event.set(Ecs.EVENT_CODE, name + ':' + verb)
                .set(Ecs.EVENT_ACTION, verb)
                .set(Ecs.MESSAGE, text.substring(module))
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        head(text.substring(0, module), event, zone);
        if (policy) {
            policy(cells, verb, event);
        } else {
            nat(cells, verb, event);
        }
        return true;
    }

    private static void policy(String[] cells, String verb, Event.Builder event) {
        Words.transport(event, cells[0]);
        Fill.source(event, cells[1]);
        Fill.number(event, Ecs.SOURCE_PORT, cells[2]);
        Fill.destination(event, cells[3]);
        Fill.number(event, Ecs.DESTINATION_PORT, cells[4]);
        if (cells.length > 6) {
            Fill.text(event, Ecs.INGRESS_INTERFACE, cells[5]);
            Fill.text(event, Ecs.EGRESS_INTERFACE, cells[6]);
        }
        Words.verdict(event, verb);
    }

    private static void nat(String[] cells, String verb, Event.Builder event) {
        long begin = Clock.epoch(cells[0]);
        long end = Clock.epoch(cells[1]);
        if (begin != Clock.NONE && begin > 0) {
            event.set(Ecs.EVENT_START, begin);
        }
        if (end != Clock.NONE && end > 0) {
            event.set("event.end", end);
        }
        Fill.source(event, cells[2]);
        Fill.address(event, Ecs.SOURCE_NAT_IP, cells[3]);
        Fill.number(event, Ecs.SOURCE_PORT, cells[4]);
        Fill.number(event, Ecs.SOURCE_NAT_PORT, cells[4]);
        Fill.destination(event, cells[5]);
        Fill.number(event, Ecs.DESTINATION_PORT, cells[6]);
        Words.transport(event, cells[7]);
        event.set(
                Ecs.EVENT_TYPE,
                verb.endsWith("A")
                        ? Words.CONNECTION_START
                        : verb.endsWith("D") ? Words.CONNECTION_END : Words.CONNECTION);
    }

    /** What is left of {@code 1 10.1.1.1 Nov 24 10:00:00 2026 FW 54} once a syslog header was taken off, if one was. */
    private static void head(String text, Event.Builder event, ZoneId zone) {
        String[] words = text.strip().split(" +", 12);
        for (int i = 0; i < words.length; i++) {
            String ip = Fill.canonical(words[i]);
            if (!ip.isEmpty()) {
                event.set(Ecs.HOST_NAME, ip).set(Ecs.HOST_HOSTNAME, ip);
                Fill.text(event, "observer.ip", ip);
            }
            if (i > 1 && Clock.month(words[i], 0) > 0 && i + 2 < words.length && words[i].length() == 3) {
                boolean before = Fill.whole(words[i - 1]) > 1969;
                String year = before ? words[i - 1] : i + 3 < words.length ? words[i + 3] : "";
                long clock = Clock.clock(words[i + 2], 0);
                if (Fill.whole(year) > 1969 && clock >= 0 && Fill.whole(words[i + 1]) > 0) {
                    Clock.stamp(
                            event,
                            Clock.of(
                                    (int) Fill.whole(year),
                                    Clock.month(words[i], 0),
                                    (int) Fill.whole(words[i + 1]),
                                    clock,
                                    zone));
                }
            }
        }
        String last = words[words.length - 1];
        String name = Fill.whole(last) >= 0 && words.length > 1 ? words[words.length - 2] : last;
        if (!name.isEmpty() && Character.isLetter(name.charAt(0))) {
            event.set(Ecs.OBSERVER_NAME, name);
        }
    }

    private static boolean upper(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_') {
                return false;
            }
        }
        return true;
    }
}
