package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Scan;
import org.wanglou.sensors.format.part.Words;

/**
 * What OpenSSH's server says about logins and connections (auth.c {@code auth_log}, packet.c, auth2.c).
 *
 * <p>"invalid user" is kept as {@code event.reason}: guessing names and guessing passwords are different attacks.
 * Immutable.
 */
final class SshdMessage implements Message {
    private static final String FROM = " from ";
    private static final String[] GONE = {
        "Connection closed by ",
        "Connection reset by ",
        "Disconnected from ",
        "Disconnecting ",
        "Received disconnect from "
    };

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.isEmpty()) {
            return false;
        }
        return known(text, event) || severe(text, event) || SshdOther.mentioned(text, event);
    }

    private static boolean known(String text, Event.Builder event) {
        switch (text.charAt(0)) {
            case 'A', 'F', 'P':
                return verdict(text, event);
            case 'I':
                return invalid(text, event);
            case 'C', 'R':
                return gone(text, event);
            case 'D':
                return SshdOther.noIdentification(text, event) || gone(text, event);
            case 'e', 'm':
                return tooMany(text, event);
            case 's':
                return SshdOther.subsystem(text, event);
            case 'U':
                return SshdOther.notAllowed(text, event);
            case 'r':
                return SshdOther.reverse(text, event);
            default:
                return PamMessage.read(text, event);
        }
    }

    /** What sshd says as an error is said otherwise too: {@code error: Received disconnect from …}. */
    private static boolean severe(String text, Event.Builder event) {
        int at = text.startsWith("error: ") || text.startsWith("fatal: ") ? 7 : 0;
        return at > 0 && at < text.length() && (known(text.substring(at), event) || SshdOther.refused(text, at, event));
    }

    private static boolean verdict(String text, Event.Builder event) {
        boolean accepted = text.startsWith("Accepted ");
        boolean failed = text.startsWith("Failed ");
        if (!accepted && !failed && !text.startsWith("Postponed ") && !text.startsWith("Partial ")) {
            return false;
        }
        int methodAt = text.indexOf(' ') + 1;
        int methodEnd = text.indexOf(' ', methodAt);
        if (methodEnd < 0 || !text.startsWith(" for ", methodEnd)) {
            return false;
        }
        int user = methodEnd + 5;
        boolean invalid = text.startsWith("invalid user ", user) || text.startsWith("illegal user ", user);
        user += invalid ? 13 : 0;
        // The user's name is the attacker's to choose and may itself read "x from 10.0.0.1 port 1 ssh2"; so may the id
        // of
        // a certificate, which stands at the end. A name that was accepted exists and is no such text: there the first
        // address is sshd's. Where it was refused the last is.
        int from = accepted ? text.indexOf(FROM, user - 1) : text.lastIndexOf(FROM);
        while (from >= user - 1 && !peer(text, from + FROM.length(), null)) {
            from = accepted ? text.indexOf(FROM, from + 1) : text.lastIndexOf(FROM, from - 1);
        }
        if (from < user) {
            return false;
        }
        peer(text, from + FROM.length(), event);
        event.set(Ecs.EVENT_CATEGORY, accepted ? Words.AUTHENTICATION_SESSION : Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, accepted ? Words.START : Words.INFO)
                .set(Ecs.EVENT_OUTCOME, accepted ? Words.SUCCESS : failed ? Words.FAILURE : Words.UNKNOWN)
                .set(Ecs.EVENT_ACTION, "ssh_login")
                .set("openssh.auth.method", text.substring(methodAt, methodEnd))
                .set(Ecs.USER_NAME, text.substring(user, from));
        if (invalid) {
            event.set(Ecs.EVENT_REASON, "invalid user");
        }
        return true;
    }

    /**
     * {@code ADDRESS port N}, then nothing, {@code ssh2}, {@code [preauth]} or a key behind a colon.
     *
     * @param event takes the address, null to ask only
     */
    private static boolean peer(String text, int from, Event.@org.jspecify.annotations.Nullable Builder event) {
        int end = text.length();
        int addressEnd = text.indexOf(' ', from);
        if (addressEnd <= from || !text.startsWith(" port ", addressEnd) || !hostName(text, from, addressEnd)) {
            return false;
        }
        int at = addressEnd + 6;
        int portFrom = at;
        while (at < end && at - portFrom < 5 && Scan.digit(text.charAt(at))) {
            at++;
        }
        if (at == portFrom) {
            return false;
        }
        int portTo = at;
        if (text.startsWith(" ssh2", at) || text.startsWith(" ssh1", at)) {
            at += 5;
        }
        if (at < end && text.charAt(at) != ':' && !text.startsWith(" [preauth]", at)) {
            return false;
        }
        if (event != null) {
            Fill.source(event, text.substring(from, addressEnd));
            event.set(Ecs.SOURCE_PORT, Fill.whole(text.substring(portFrom, portTo)));
        }
        return true;
    }

    static boolean hostName(String text, int from, int to) {
        if (to - from > 253) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c >= 'A' && c <= 'Z'
                    || c == '.'
                    || c == ':'
                    || c == '-'
                    || c == '_'
                    || c == '%')) {
                return false;
            }
        }
        return true;
    }

    private static boolean invalid(String text, Event.Builder event) {
        if (!text.startsWith("Invalid user ") && !text.startsWith("Illegal user ")) {
            return false;
        }
        int from = text.lastIndexOf(FROM);
        if (from < 12) {
            return false;
        }
        int addressEnd = text.indexOf(' ', from + FROM.length());
        int end = addressEnd < 0 ? text.length() : addressEnd;
        if (!hostName(text, from + FROM.length(), end)) {
            return false;
        }
        // The same attempt is told again as "Failed … for invalid user": this line alone is no second failure.
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.EVENT_ACTION, "ssh_invalid_user");
        Fill.source(event, text.substring(from + FROM.length(), end));
        if (addressEnd > 0 && text.startsWith(" port ", addressEnd)) {
            Fill.number(event, Ecs.SOURCE_PORT, text.substring(addressEnd + 6).strip());
        }
        if (from > 13) {
            event.set(Ecs.USER_NAME, text.substring(13, from));
        }
        return true;
    }

    private static boolean tooMany(String text, Event.Builder event) {
        int at = text.startsWith("error: ") ? 7 : 0;
        if (!text.startsWith("maximum authentication attempts exceeded for ", at)) {
            return PamMessage.read(text.substring(at), event);
        }
        int user = at + "maximum authentication attempts exceeded for ".length();
        user += text.startsWith("invalid user ", user) ? 13 : 0;
        int from = text.lastIndexOf(FROM);
        if (from < user || !peer(text, from + FROM.length(), event)) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.EVENT_ACTION, "ssh_max_attempts")
                .set(Ecs.USER_NAME, text.substring(user, from));
        return true;
    }

    private static boolean gone(String text, Event.Builder event) {
        for (String start : GONE) {
            if (text.startsWith(start)) {
                return gone(text, start.length(), event);
            }
        }
        return false;
    }

    private static boolean gone(String text, int start, Event.Builder event) {
        int at = start;
        at += text.startsWith("authenticating ", at) ? 15 : text.startsWith("invalid ", at) ? 8 : 0;
        int port = text.lastIndexOf(" port ");
        int address = port < 0 ? at : text.lastIndexOf(' ', port - 1) + 1;
        int addressEnd = port < 0 ? end(text, at) : port;
        if (address < at || !hostName(text, address, addressEnd) || addressEnd <= address) {
            return false;
        }
        event.set(Ecs.EVENT_CATEGORY, java.util.List.of("network", "session"))
                .set(Ecs.EVENT_TYPE, Words.CONNECTION_END)
                .set(Ecs.EVENT_ACTION, "ssh_disconnect");
        Fill.source(event, text.substring(address, addressEnd));
        if (port > 0) {
            Fill.number(event, Ecs.SOURCE_PORT, text.substring(port + 6, digitsEnd(text, port + 6)));
        }
        if (text.startsWith("user ", at) && address - 1 > at + 5) {
            event.set(Ecs.USER_NAME, text.substring(at + 5, address - 1));
        }
        return true;
    }

    static int end(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != ' ') {
            end++;
        }
        return end > from && text.charAt(end - 1) == ':' ? end - 1 : end;
    }

    static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && end - from < 5 && Scan.digit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
