package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.service.PlainText;

/**
 * WatchGuard Firebox (Fireware log catalog): {@code SERIAL (2026-11-24T09:59:58) firewall: msg_id="3000-0148" Deny 1-Trusted
 * 0-External 52 tcp 20 127 10.1.1.5 198.51.100.7 51000 80 … key="value" … (policy-00)}. Immutable.
 */
public final class WatchGuard implements Message {
    private static final Table FIELDS = Table.keeping("watchguard.firebox.")
            .put("msg_id", Ecs.EVENT_CODE)
            .put("msg", Ecs.MESSAGE)
            .put("sent_bytes", Ecs.SOURCE_BYTES)
            .put("rcvd_bytes", Ecs.DESTINATION_BYTES)
            .put("duration", Put.times(Ecs.EVENT_DURATION, 1_000_000_000L))
            .put("app_name", Put.lower(Ecs.NETWORK_APPLICATION))
            .put("signature_name", Ecs.RULE_NAME)
            .put("signature_id", Ecs.RULE_ID)
            .put("signature_cat", Ecs.RULE_CATEGORY)
            .put("virus", Ecs.RULE_NAME)
            .put("severity", Ecs.EVENT_SEVERITY)
            .put("op", Ecs.HTTP_METHOD)
            .put("method", Ecs.HTTP_METHOD)
            .puts(Put.text(Ecs.URL_DOMAIN), "dstname", "host")
            .puts(Put.URL, "arg", "path")
            .put("src_user", Ecs.USER_NAME)
            .put("md5", "file.hash.md5")
            .put("cats", Ecs.RULE_CATEGORY)
            .put("geo_dst", Put.NOTHING)
            .put("geo_src", Put.NOTHING);

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int id = text.indexOf("msg_id=\"");
        if (id < 0 || id > 120) {
            return false;
        }
        int open = text.indexOf('(');
        int shut = open < 0 || open > id ? -1 : text.indexOf(')', open);
        long time = shut < 0 ? Clock.NONE : Clock.iso(text.substring(open + 1, shut), zone);
        int end = text.indexOf('"', id + 8);
        if (end < 0) {
            return false;
        }
        Words.dataset(event, "watchguard_firebox.log");
        Words.observer(event, "WatchGuard", "Firebox", "firewall");
        Clock.stamp(event, time);
        Pairs pairs = Pairs.of(text, id);
        while (pairs.next()) {
            FIELDS.set(event, pairs.key(), pairs.value(), zone);
        }
        String said = text.substring(end + 1).strip();
        if (said.startsWith("Allow ") || said.startsWith("Deny ")) {
            traffic(said, event);
        } else {
            event.set(Ecs.MESSAGE, said);
            event.set(Ecs.EVENT_TYPE, Words.INFO);
            PlainText.read(said, event);
        }
        return true;
    }

    /** {@code Deny in out [length] protocol [header ttl] source destination sport dport …}. */
    private static void traffic(String said, Event.Builder event) {
        String[] words = said.split(" ", 14);
        boolean denied = words[0].equals("Deny");
        event.set(Ecs.EVENT_ACTION, denied ? "deny" : "allow");
        Words.verdict(event, denied ? "deny" : "allow");
        if (words.length > 2) {
            Fill.text(event, Ecs.INGRESS_INTERFACE, words[1]);
            Fill.text(event, Ecs.EGRESS_INTERFACE, words[2]);
        }
        for (int i = 3; i + 1 < words.length; i++) {
            if (Fill.canonical(words[i]).isEmpty()) {
                if (Fill.whole(words[i]) < 0) {
                    Words.transport(event, words[i].split("/", 2)[0]);
                }
                continue;
            }
            Fill.source(event, words[i]);
            Fill.destination(event, words[i + 1]);
            if (i + 3 < words.length) {
                Fill.number(event, Ecs.SOURCE_PORT, words[i + 2]);
                Fill.number(event, Ecs.DESTINATION_PORT, words[i + 3]);
            }
            break;
        }
        boolean virus = said.contains(" virus=\"");
        boolean attack = said.contains(" signature_name=\"");
        event.set(
                Ecs.EVENT_CATEGORY,
                virus
                        ? List.of("network", "malware")
                        : attack
                                ? Words.NETWORK_INTRUSION
                                : event.get(Ecs.URL_ORIGINAL) != null ? Words.NETWORK_WEB : Words.NETWORK);
        if (virus || attack) {
            event.set(Ecs.EVENT_KIND, "alert");
        }
        int policy = said.endsWith(")") ? said.lastIndexOf('(') : -1;
        if (policy > 0) {
            Fill.text(
                    event,
                    event.get(Ecs.RULE_NAME) == null ? "rule.name" : "rule.ruleset",
                    said.substring(policy + 1, said.length() - 1));
        }
    }
}
