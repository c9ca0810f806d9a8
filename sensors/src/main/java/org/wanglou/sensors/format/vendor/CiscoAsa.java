package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Cisco ASA, Firepower Threat Defense, PIX and FWSM: {@code %ASA-6-302013: text} (ASA Series syslog messages). The text is
 * read by what its words say rather than by one pattern a number, so that numbers not named here give their addresses too.
 * Immutable.
 */
public final class CiscoAsa implements Message {
    private static final String[] LEVELS = {
        "emergency", "alert", "critical", "error", "warning", "notification", "informational", "debug"
    };

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int percent = text.indexOf('%');
        if (percent < 0 || percent > 120) {
            return false;
        }
        int at = percent + (text.startsWith("%%", percent) ? 2 : 1);
        String product = product(text, at);
        if (product.isEmpty()) {
            return false;
        }
        int level = text.indexOf('-', at);
        // newer releases may name a class: %ASA-session-6-302013
        if (level > 0 && level + 1 < text.length() && !Character.isDigit(text.charAt(level + 1))) {
            level = text.indexOf('-', level + 1);
        }
        int code = level < 0 ? -1 : text.indexOf('-', level + 1);
        int colon = code < 0 ? -1 : code + 1;
        while (colon > 0 && colon < text.length() && Character.isDigit(text.charAt(colon))) {
            colon++;
        }
        boolean ends = colon > 0 && colon < text.length() && (text.charAt(colon) == ':' || text.charAt(colon) == ' ');
        if (!ends || colon - code > 8 || level + 1 >= text.length()) {
            return false;
        }
        int severity = text.charAt(level + 1) - '0';
        String number = text.substring(code + 1, colon);
        if (severity < 0 || severity > 7 || Fill.whole(number) < 0) {
            return false;
        }
        String said = text.substring(colon + 1).strip();
        Words.dataset(event, "cisco." + product);
        Words.observer(event, "Cisco", product, "firewall");
        event.set(Ecs.EVENT_CODE, number)
                .set(Ecs.EVENT_SEVERITY, (long) severity)
                .set(Ecs.LOG_LEVEL, LEVELS[severity])
                .set(Ecs.MESSAGE, said);
        said(number, said, event);
        return true;
    }

    private static String product(String text, int at) {
        for (String name : List.of("ASA-", "FTD-", "PIX-", "FWSM-")) {
            if (text.startsWith(name, at)) {
                return name.equals("FTD-") ? "ftd" : name.equals("ASA-") ? "asa" : name.equals("PIX-") ? "pix" : "fwsm";
            }
        }
        return "";
    }

    private static void said(String number, String said, Event.Builder event) {
        if (said.contains(" translation from ")) {
            translation(said, event);
        } else if (number.startsWith("43000")) {
            FtdEvent.read(number, said, event);
        } else if (said.startsWith("Built ") || said.startsWith("Teardown ")) {
            connection(said, event);
        } else if (said.startsWith("Deny ")
                || said.startsWith("Denied ")
                || said.startsWith("access-list ")
                || said.contains("denied by ")
                || said.startsWith("TCP access ")
                || said.startsWith("UDP access ")
                || said.contains(" access denied by ACL")) {
            access(said, event);
        } else if (said.startsWith("Group <")
                || said.startsWith("Group = ")
                || said.startsWith("Group ") && said.contains(" User ")) {
            AsaUser.vpn(number, said, event);
        } else if (AsaEvent.read(number, said, event) && !AsaUser.command(number)) {
            return;
        } else if (number.equals("111008") || number.equals("111009") || number.equals("111010")) {
            AsaUser.command(said, event);
        } else if (number.startsWith("6050")
                || said.startsWith("Login ")
                || said.startsWith("AAA user ")
                || said.startsWith("User '")
                || said.startsWith("User authentication")
                || number.startsWith("1130")
                || number.startsWith("6110")
                || number.equals("308001")) {
            AsaUser.login(number, said, event);
        } else {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.INFO);
            AsaSides.sides(said, event);
        }
    }

    /** {@code Built dynamic TCP translation from inside:10.1.1.5/51000 to outside:203.0.113.1/61000} (305009 to 305012). */
    private static void translation(String said, Event.Builder event) {
        boolean built = said.startsWith("Built");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, built ? Words.CONNECTION_START : Words.CONNECTION_END)
                .set(Ecs.EVENT_ACTION, built ? "nat-creation" : "nat-expiration")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        for (String word : List.of(" TCP ", " UDP ", " ICMP ")) {
            if (said.contains(word)) {
                Words.transport(event, word.strip());
            }
        }
        int from = said.indexOf(" translation from ");
        int to = said.indexOf(" to ", from + 18);
        if (to < 0) {
            return;
        }
        AsaSides.side(said.substring(from + 18, to), true, event);
        String outer = said.substring(to + 4);
        outer = outer.substring(outer.indexOf(':') + 1).split(" ", 2)[0];
        int slash = outer.indexOf('/');
        Fill.address(event, Ecs.SOURCE_NAT_IP, slash < 0 ? outer : outer.substring(0, slash));
        Fill.number(event, Ecs.SOURCE_NAT_PORT, slash < 0 ? "" : outer.substring(slash + 1));
    }

    /** {@code Built outbound TCP connection 1 for outside:198.51.100.7/443 (…) to inside:10.1.1.5/51000 (203.0.113.1/51000)}. */
    private static void connection(String said, Event.Builder event) {
        boolean built = said.startsWith("Built");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, built ? Words.CONNECTION_START : Words.CONNECTION_END)
                .set(Ecs.EVENT_ACTION, built ? "flow-creation" : "flow-expiration")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        boolean outbound = said.startsWith("Built outbound");
        if (outbound || said.startsWith("Built inbound")) {
            event.set(Ecs.NETWORK_DIRECTION, outbound ? "outbound" : "inbound");
        }
        for (String word : List.of(" TCP ", " UDP ", " ICMP ", " GRE ", " SCTP ")) {
            if (said.indexOf(word) >= 0 && said.indexOf(word) < 32) {
                Words.transport(event, word.strip());
            }
        }
        int name = said.indexOf(" connection ");
        int id = name < 0 ? -1 : name + 12;
        int idEnd = id < 0 ? -1 : said.indexOf(' ', id);
        if (idEnd > 0 && Fill.whole(said.substring(id, idEnd)) >= 0) {
            event.set("cisco.asa.connection_id", said.substring(id, idEnd));
        }
        if (said.contains("faddr ")) {
            AsaSides.faddr(said, event);
            return;
        }
        int host = said.indexOf(" local-host ");
        if (host > 0) {
            AsaSides.side(said.substring(host + 12), true, event);
            duration(said, event);
            return;
        }
        int on = said.indexOf(" for ");
        on = on < 0 ? said.indexOf(" from ") : on;
        int to = on < 0 ? -1 : said.indexOf(" to ", on);
        if (to < 0) {
            return;
        }
        boolean from = said.startsWith(" from ", on);
        // Cisco names the side of lower security first: an outbound connection began at the second.
        String first = said.substring(on + (from ? 6 : 5), to);
        String second = said.substring(to + 4);
        AsaSides.side(outbound ? second : first, true, event);
        AsaSides.side(outbound ? first : second, false, event);
        duration(second, event);
        bytes(second, event);
    }

    static void duration(String text, Event.Builder event) {
        int at = text.indexOf(" duration ");
        if (at < 0) {
            return;
        }
        String[] parts = AsaSides.word(text, at + 10).split(":", 4);
        if (parts.length == 3 && Fill.whole(parts[0]) >= 0 && Fill.whole(parts[1]) >= 0 && Fill.whole(parts[2]) >= 0) {
            event.set(
                    Ecs.EVENT_DURATION,
                    ((Fill.whole(parts[0]) * 60 + Fill.whole(parts[1])) * 60 + Fill.whole(parts[2])) * 1_000_000_000L);
        }
    }

    private static void bytes(String text, Event.Builder event) {
        int at = text.indexOf(" bytes ");
        if (at < 0) {
            return;
        }
        String count = AsaSides.word(text, at + 7);
        Fill.number(event, Ecs.NETWORK_BYTES, count);
        String why =
                text.substring(Math.min(text.length(), at + 7 + count.length())).strip();
        if (!why.isEmpty() && !why.startsWith("(")) {
            int open = why.indexOf(" (");
            Fill.text(event, Ecs.EVENT_REASON, open < 0 ? why : why.substring(0, open));
        }
        int open = why.lastIndexOf('(');
        if (open >= 0 && why.endsWith(")")) {
            Fill.text(event, Ecs.USER_NAME, why.substring(open + 1, why.length() - 1));
        }
    }

    /** {@code Deny tcp src outside:1.2.3.4/5 dst inside:10.0.0.1/80 by access-group "x"}, {@code access-list x denied tcp a/b(5) -> c/d(80)}. */
    private static void access(String said, Event.Builder event) {
        boolean denied = said.contains("denied") || said.startsWith("Den");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, denied ? Words.CONNECTION_DENIED : Words.CONNECTION_ALLOWED)
                .set(Ecs.EVENT_ACTION, "firewall-rule")
                .set(Ecs.EVENT_OUTCOME, denied ? Words.FAILURE : Words.SUCCESS);
        int group = said.indexOf("access-group \"");
        if (group > 0) {
            int end = said.indexOf('"', group + 14);
            Fill.text(event, Ecs.RULE_NAME, end < 0 ? "" : said.substring(group + 14, end));
        }
        for (String word : List.of("tcp", "udp", "icmp", "TCP", "UDP", "ICMP", "igmp", "esp", "gre", "sctp")) {
            int at = said.indexOf(word + " ");
            if (at >= 0 && at < 64 && (at == 0 || said.charAt(at - 1) == ' ')) {
                Words.transport(event, word);
                break;
            }
        }
        if (said.startsWith("access-list ")) {
            Fill.text(event, Ecs.RULE_NAME, AsaSides.word(said, 12));
            AsaSides.arrow(said, event);
            return;
        }
        AsaSides.sides(said, event);
    }
}
