package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Words;

/**
 * Devices that have no format of their own here (gateways, VPNs, audit systems): pairs in whatever way they are written
 * ({@link Written}), by the names that mean the same with every vendor ({@link Names}); all others are kept under
 * {@code kv.}. Immutable.
 */
public final class Unknown implements Message {
    /** By name: one pair is enough. */
    public static final Message ANY = new Unknown(false);
    /** Among others: four pairs, none far from the start, two of them known and one an address. */
    public static final Message RECOGNISED = new Unknown(true);

    private static final int HEAD = 160;

    private final boolean strict;

    private Unknown(boolean strict) {
        this.strict = strict;
    }

    @Override
    public boolean read(String behind, Event.Builder event, ZoneId zone) {
        Names names = Names.common();
        // "SrcIP:192.0.2.1;DstIP:…" looks like a tag to a syslog header
        boolean tag = event.get(Ecs.PROCESS_PID) == null
                && event.get(Ecs.PROCESS_NAME) instanceof String program
                && names.knows(program)
                && event.get(Ecs.EVENT_ORIGINAL) instanceof String line
                && (line.contains(program + ':' + behind) || line.contains(program + ": " + behind));
        String text = tag ? event.get(Ecs.PROCESS_NAME) + ":" + behind : behind;
        Written written = Written.of(text, names);
        if (written.pairs().isEmpty() && !strict) {
            written = Written.of(text, '=', names);
        }
        if (written.pairs().isEmpty() || strict && !certain(text, written, zone)) {
            return false;
        }
        if (tag) {
            event.set(Ecs.PROCESS_NAME, null).set("log.syslog.appname", null).set(Ecs.MESSAGE, text);
        }
        if (event.get(Ecs.TIMESTAMP) == null) {
            Clock.stamp(event, Clock.leading(text, zone));
        }
        Meaning.pairs(written, names, "kv.", event, zone);
        Object kind = event.get(Ecs.EVENT_KIND);
        Words.dataset(event, "key_value");
        event.set(Ecs.EVENT_KIND, "alert".equals(kind) ? "alert" : "event");
        Meaning.finish(event, zone);
        return true;
    }

    private static boolean certain(String text, Written written, ZoneId zone) {
        int count = written.pairs().size();
        if (count < 3 || written.from() > HEAD || text.contains(" SRC=") || text.contains("audit(")) {
            return false;
        }
        int known = 0;
        int chinese = 0;
        for (Written.Pair pair : written.pairs()) {
            if (Names.common().knows(pair.name())) {
                known++;
                chinese += pair.name().charAt(0) >= '\u4e00' ? 1 : 0;
            }
        }
        Event.Builder aside = Event.builder();
        Meaning.pairs(written, Names.common(), "kv.", aside, zone);
        boolean address = aside.get(Ecs.SOURCE_IP) != null || aside.get(Ecs.DESTINATION_IP) != null;
        return address && known > 1 && count > 3 || chinese > 2 && (address || known > 3);
    }
}
