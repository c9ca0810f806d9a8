package org.wanglou.sensors.format.syslog;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** What OpenSSH's server says besides its verdicts: refusals by PAM and AllowUsers, peers that spoke no SSH. Pure. */
final class SshdOther {
    private static final String FROM = " from ";

    private SshdOther() {}

    /** {@code error: PAM: Authentication failure for [illegal user ]li from HOST}. */
    static boolean refused(String text, int at, Event.Builder event) {
        int user = text.startsWith("PAM: ", at) ? text.indexOf(" for ", at) : -1;
        int from = user < 0 ? -1 : text.lastIndexOf(FROM);
        int hostEnd = from < 0 ? -1 : SshdMessage.end(text, from + FROM.length());
        if (from < user + 5 || !SshdMessage.hostName(text, from + FROM.length(), hostEnd)) {
            return false;
        }
        boolean invalid = text.startsWith("illegal user ", user + 5) || text.startsWith("invalid user ", user + 5);
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.EVENT_ACTION, "ssh_login")
                .set(Ecs.EVENT_OUTCOME, Words.FAILURE)
                .set(Ecs.USER_NAME, text.substring(Math.min(user + (invalid ? 18 : 5), from), from));
        if (invalid) {
            event.set(Ecs.EVENT_REASON, "invalid user");
        }
        Fill.source(event, text.substring(from + FROM.length(), hostEnd));
        return true;
    }

    /** {@code Unable to negotiate with ADDRESS port N: …}, {@code banner exchange: Connection from ADDRESS port N: …}. */
    static boolean mentioned(String text, Event.Builder event) {
        int with = Math.max(text.lastIndexOf(" with "), text.lastIndexOf(FROM));
        int address = with < 0 ? -1 : with + 6;
        int addressEnd = address < 0 ? -1 : text.indexOf(' ', address);
        if (addressEnd < 0 || !text.startsWith(" port ", addressEnd)) {
            return false;
        }
        String peer = Fill.canonical(text.substring(address, addressEnd));
        if (peer.isEmpty()) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.CONNECTION)
                .set(Ecs.EVENT_ACTION, "ssh_connection");
        Fill.source(event, peer);
        Fill.number(
                event, Ecs.SOURCE_PORT, text.substring(addressEnd + 6, SshdMessage.digitsEnd(text, addressEnd + 6)));
        return true;
    }

    static boolean noIdentification(String text, Event.Builder event) {
        if (!text.startsWith("Did not receive identification string from ")) {
            return false;
        }
        int at = "Did not receive identification string from ".length();
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.CONNECTION)
                .set(Ecs.EVENT_ACTION, "ssh_no_identification");
        Fill.source(event, text.substring(at, SshdMessage.end(text, at)));
        int port = text.indexOf(" port ", at);
        if (port > 0) {
            Fill.number(event, Ecs.SOURCE_PORT, text.substring(port + 6, SshdMessage.digitsEnd(text, port + 6)));
        }
        return true;
    }

    static boolean subsystem(String text, Event.Builder event) {
        if (!text.startsWith("subsystem request for ")) {
            return false;
        }
        int user = text.indexOf(" by user ");
        if (user > 0) {
            event.set(Ecs.USER_NAME, text.substring(user + 9, SshdMessage.end(text, user + 9)));
        }
        return true;
    }

    /** {@code User x from HOST not allowed because …}. */
    static boolean notAllowed(String text, Event.Builder event) {
        int because = text.indexOf(" not allowed because ");
        int from = because < 0 ? -1 : text.lastIndexOf(FROM, because);
        if (!text.startsWith("User ") || from < 5 || !SshdMessage.hostName(text, from + FROM.length(), because)) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.EVENT_OUTCOME, Words.FAILURE)
                .set(Ecs.EVENT_ACTION, "ssh_not_allowed")
                .set(Ecs.EVENT_REASON, text.substring(because + " not allowed because ".length()))
                .set(Ecs.USER_NAME, text.substring(5, from));
        Fill.source(event, text.substring(from + FROM.length(), because));
        return true;
    }

    static boolean reverse(String text, Event.Builder event) {
        int open = text.indexOf('[');
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (!text.startsWith("reverse mapping checking ") || close < 0) {
            return false;
        }
        Fill.source(event, text.substring(open + 1, close));
        return true;
    }
}
