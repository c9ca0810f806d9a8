package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
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
 * IBM QRadar's Log Event Extended Format 1.0 and 2.0: {@code LEEF:2.0|vendor|product|version|id|delimiter|key=value…}, the
 * pairs parted by tabs or by the delimiter, a character or {@code x} and its code in hexadecimal. Immutable.
 */
public final class LeefMessage implements Message {
    private static final Table FIELDS = Table.keeping("leef.")
            .put("src", Put.SOURCE)
            .put("dst", Put.DESTINATION)
            .put("srcPort", Put.SOURCE_PORT)
            .put("dstPort", Put.DESTINATION_PORT)
            .puts(Put.text(Ecs.SOURCE_NAT_IP), "srcPostNAT", "xlatesrc")
            .puts(Put.number(Ecs.SOURCE_NAT_PORT), "srcPostNATPort", "xlatesport")
            .puts(Put.text(Ecs.DESTINATION_NAT_IP), "dstPostNAT", "xlatedst")
            .puts(Put.number(Ecs.DESTINATION_NAT_PORT), "dstPostNATPort", "xlatedport")
            .put("srcPreNAT", "leef.src_pre_nat")
            .put("dstPreNAT", "leef.dst_pre_nat")
            .put("srcPostNAT", Ecs.SOURCE_NAT_IP)
            .put("dstPostNAT", Ecs.DESTINATION_NAT_IP)
            .put("srcPostNATPort", Ecs.SOURCE_NAT_PORT)
            .put("dstPostNATPort", Ecs.DESTINATION_NAT_PORT)
            .put("srcMAC", Put.mac(Ecs.SOURCE_MAC))
            .put("dstMAC", Put.mac(Ecs.DESTINATION_MAC))
            .put("srcBytes", Ecs.SOURCE_BYTES)
            .put("dstBytes", Ecs.DESTINATION_BYTES)
            .put("srcPackets", Ecs.SOURCE_PACKETS)
            .put("dstPackets", Ecs.DESTINATION_PACKETS)
            .put("proto", Put.TRANSPORT)
            .put("usrName", Ecs.USER_NAME)
            .put("identSrc", "leef.ident_src")
            .put("domain", Ecs.USER_DOMAIN)
            .put("identHostName", Ecs.SOURCE_DOMAIN)
            .put("url", Put.URL)
            .put("resource", Ecs.FILE_PATH)
            .put("action", Ecs.EVENT_ACTION)
            .put("act", Ecs.EVENT_ACTION)
            .put("policy", Ecs.RULE_NAME)
            .put("cat", "leef.category")
            .put("sev", Ecs.EVENT_SEVERITY)
            .put("msg", Ecs.MESSAGE)
            .put("devTimeFormat", Put.NOTHING)
            .put("devTime", (event, value, zone) -> Clock.stamp(event, Clock.any(value, zone)));

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int leef = text.indexOf("LEEF:");
        if (leef < 0 || leef > 300) {
            return false;
        }
        boolean second = text.startsWith("2", leef + 5);
        int at = leef + 5;
        String[] head = new String[6];
        for (int i = 0; i < (second ? 6 : 5); i++) {
            int bar = text.indexOf('|', at);
            if (bar < 0) {
                // 2.0 without a delimiter's field has its pairs here
                if (i < 5) {
                    return false;
                }
                head[5] = "";
                break;
            }
            String part = text.substring(at, bar);
            if (i == 5 && part.indexOf('=') > 0) {
                head[5] = "";
                break;
            }
            head[i] = part;
            at = bar + 1;
        }
        Pairs pairs = Pairs.parted(text, at, '=', second ? delimiter(head[5] == null ? "" : head[5]) : '\t');
        while (pairs.next()) {
            FIELDS.set(event, pairs.key(), pairs.value(), zone);
        }
        Words.dataset(event, "leef.log");
        Fill.text(event, Ecs.OBSERVER_VENDOR, head[1]);
        Fill.text(event, Ecs.OBSERVER_PRODUCT, head[2]);
        Fill.text(event, "observer.version", head[3]);
        Fill.text(event, Ecs.EVENT_CODE, head[4]);
        if (event.get(Ecs.SOURCE_IP) != null || event.get(Ecs.DESTINATION_IP) != null) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
            Words.verdict(event, event.get(Ecs.EVENT_ACTION) instanceof String action ? action : "");
        }
        return true;
    }

    private static char delimiter(String text) {
        if (text.length() == 1) {
            return text.charAt(0);
        }
        int x = text.indexOf('x');
        try {
            return x >= 0 ? (char) Integer.parseInt(text.substring(x + 1), 16) : '\t';
        } catch (NumberFormatException e) {
            return '\t';
        }
    }
}
