package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Cisco IOS, IOS-XE and NX-OS: {@code %FACILITY-SEVERITY-MNEMONIC: text}. Access lists, sign-ins and configuration changes
 * are taken apart, the rest keeps its code and text. Immutable.
 */
public final class CiscoIos implements Message {
    private static final String[] LEVELS = {
        "emergency", "alert", "critical", "error", "warning", "notification", "informational", "debug"
    };

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int percent = text.indexOf('%');
        int colon = percent < 0 ? -1 : text.indexOf(':', percent);
        if (colon < 0 || percent > 80 || text.startsWith("%%", percent)) {
            return false;
        }
        // IOS XR puts a blank before the colon
        int end = text.charAt(colon - 1) == ' ' ? colon - 1 : colon;
        int mnemonic = text.lastIndexOf('-', end);
        int severity = mnemonic - 1;
        int facilityEnd = severity - 1;
        if (facilityEnd <= percent + 1
                || text.charAt(facilityEnd) != '-'
                || colon - percent > 80
                || !name(text, percent + 1, facilityEnd)
                || !name(text, mnemonic + 1, end)) {
            return false;
        }
        int level = text.charAt(severity) - '0';
        if (level < 0 || level > 7) {
            return false;
        }
        String facility = text.substring(percent + 1, facilityEnd);
        String code = text.substring(mnemonic + 1, end);
        String said = text.substring(colon + 1).strip();
        int inner = facility.equals("IOSXE") ? said.indexOf(" %") : -1;
        if (inner > 0 && inner < 120 && read(said.substring(inner + 1), event, zone)) {
            // the data plane's own message, behind where it comes from
            return true;
        }
        Words.dataset(event, "cisco.ios");
        Words.observer(event, "Cisco", "IOS", "network");
        event.set(Ecs.EVENT_CODE, code)
                .set(Ecs.EVENT_PROVIDER, facility)
                .set(Ecs.EVENT_SEVERITY, (long) level)
                .set(Ecs.LOG_LEVEL, LEVELS[level])
                .set(Ecs.MESSAGE, said)
                .set("cisco.ios.facility", facility);
        if (code.contains("ACCESSLOG")) {
            list(said, event);
        } else if (code.startsWith("LOGIN_") || facility.equals("SEC_LOGIN")) {
            login(code, said, event);
        } else if (code.endsWith("CONFIG_I")) {
            config(said, event);
        } else if (facility.equals("IPS")) {
            ips(said, event);
        } else if (!IosEvent.read(facility, code, said, event, zone)) {
            event.set(Ecs.EVENT_TYPE, Words.INFO);
        }
        return true;
    }

    private static boolean name(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return to > from;
    }

    /** {@code list 101 denied tcp 198.51.100.7(5000) -> 10.1.1.5(22), 1 packet}. */
    private static void list(String said, Event.Builder event) {
        String[] words = said.split(" +", 16);
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
        for (int i = 0; i < words.length; i++) {
            if ((words[i].equals("list") || words[i].equals("access-list")) && i + 1 < words.length) {
                event.set(Ecs.RULE_NAME, words[i + 1]);
            } else if (event.get(Ecs.EVENT_ACTION) == null && verdict(words[i])) {
                event.set(Ecs.EVENT_ACTION, words[i].startsWith("den") ? "deny" : "allow");
                Words.verdict(event, words[i]);
                if (i + 1 < words.length && Fill.canonical(words[i + 1]).isEmpty()) {
                    Words.transport(event, words[i + 1]);
                }
            } else if (words[i].equals("->") && i > 0 && i + 1 < words.length) {
                side(words[i - 1].startsWith("(") && i > 1 ? words[i - 2] : words[i - 1], true, event);
                side(words[i + 1], false, event);
            } else if (words[i].startsWith("packet") && i > 0) {
                Fill.number(event, Ecs.SOURCE_PACKETS, words[i - 1]);
            }
        }
    }

    private static boolean verdict(String word) {
        return word.equals("denied") || word.equals("permitted") || word.equals("deny") || word.equals("permit");
    }

    private static void side(String text, boolean source, Event.Builder event) {
        int open = text.indexOf('(');
        int close = text.indexOf(')', Math.max(open, 0));
        String address = open < 0 ? text : text.substring(0, open);
        address = address.endsWith(",") ? address.substring(0, address.length() - 1) : address;
        if (source) {
            Fill.source(event, address);
        } else {
            Fill.destination(event, address);
        }
        if (open >= 0 && close > open) {
            Fill.number(event, source ? Ecs.SOURCE_PORT : Ecs.DESTINATION_PORT, text.substring(open + 1, close));
        }
    }

    /** {@code Login failed [user: li] [Source: 198.51.100.7] [localport: 22] [Reason: Login Authentication Failed] at …}. */
    private static void login(String code, String said, Event.Builder event) {
        boolean failed = code.contains("FAILED") || said.startsWith("Login failed");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        Fill.text(event, Ecs.USER_NAME, bracket(said, "[user: "));
        Fill.source(event, bracket(said, "[Source: "));
        Fill.number(event, Ecs.DESTINATION_PORT, bracket(said, "[localport: "));
        Fill.text(event, Ecs.EVENT_REASON, bracket(said, "[Reason: "));
    }

    private static String bracket(String said, String mark) {
        int at = said.indexOf(mark);
        int end = at < 0 ? -1 : said.indexOf(']', at);
        return end < 0 ? "" : said.substring(at + mark.length(), end).strip();
    }

    /** {@code Configured from console by li on vty0 (198.51.100.7)}. */
    private static void config(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, Words.CHANGE)
                .set(Ecs.EVENT_ACTION, "configuration-change");
        int by = said.indexOf(" by ");
        int on = said.indexOf(" on ", Math.max(by, 0));
        if (by > 0) {
            String who = said.substring(by + 4, on < by + 4 ? said.length() : on);
            int bracket = who.indexOf(" (");
            String name = (bracket < 0 ? who : who.substring(0, bracket)).strip();
            // "by vty2 (192.0.2.1)" names a line, not a user
            Fill.text(event, name.matches("(vty|tty|con|aux)\\d+|console") ? "cisco.ios.line" : "user.name", name);
        }
        int open = said.lastIndexOf('(');
        if (open > 0 && said.endsWith(")")) {
            Fill.source(event, said.substring(open + 1, said.length() - 1));
        } else if (on > 0) {
            // NX-OS: "… by li on 192.0.2.1@pts/0"
            Fill.source(event, Fill.canonical(said.substring(on + 4).split("@", 2)[0]));
        }
    }

    /** {@code Sig:3051 Subsig:1 Sev:4 text [192.0.2.1:1234 -> 192.0.2.2:443]}. */
    private static void ips(String said, Event.Builder event) {
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK_INTRUSION)
                .set(Ecs.EVENT_TYPE, Words.INFO);
        int open = said.lastIndexOf('[');
        int arrow = said.indexOf(" -> ", Math.max(open, 0));
        if (open >= 0 && arrow > 0 && said.endsWith("]")) {
            Fill.sourceWithPort(event, said.substring(open + 1, arrow));
            Fill.destinationWithPort(event, said.substring(arrow + 4, said.length() - 1));
        }
        int sig = said.indexOf("Sig:");
        if (sig >= 0) {
            int end = said.indexOf(' ', sig);
            Fill.text(event, Ecs.RULE_ID, said.substring(sig + 4, end < 0 ? said.length() : end));
        }
    }
}
