package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Exim's main and reject log (Exim specification, chapter 53): {@code 2026-11-24 09:59:58 [812] 1tF0aB-0000Cd-EF <= li@example.org
 * H=mx.example.org (helo) [192.0.2.1]:5000 P=esmtps A=login:li}, behind a syslog header without its time. Immutable.
 */
public final class EximMessage implements Message {
    private static final List<String> BEGINS = List.of(
            "<= ",
            "=> ",
            "-> ",
            ">> ",
            "*> ",
            "** ",
            "== ",
            "Completed",
            "H=",
            "F=",
            "SA: ",
            "no IP address found",
            "SMTP ",
            "no MAIL in SMTP",
            "no host name found",
            "unexpected disconnection",
            "unqualified ",
            "rejected ",
            "refused connection",
            "TLS error",
            "Authentication failed",
            "Sender identification",
            "Start queue run",
            "End queue run",
            "lost connection",
            "U=");

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = 0;
        long time = text.length() > 20 && text.charAt(4) == '-' ? Clock.iso(text.substring(0, 19), zone) : Clock.NONE;
        if (time != Clock.NONE) {
            at = 20;
            if (at + 6 <= text.length()
                    && (text.charAt(at) == '+' || text.charAt(at) == '-')
                    && text.charAt(at + 5) == ' ') {
                time = Clock.iso(text.substring(0, 19) + text.substring(at, at + 5), zone);
                at += 6;
            }
        }
        String process = "";
        int close = text.startsWith("[", at) ? text.indexOf("] ", at) : -1;
        if (close > 0 && Fill.whole(text.substring(at + 1, close)) >= 0) {
            process = text.substring(at + 1, close);
            at = close + 2;
        }
        int id = identifier(text, at);
        String said = text.substring(id > at ? id + 1 : at);
        if (!exim(said)) {
            return false;
        }
        Words.dataset(event, "exim.log");
        Clock.stamp(event, time);
        Fill.number(event, Ecs.PROCESS_PID, process);
        Fill.text(event, "email.local_id", id > at ? text.substring(at, id) : "");
        event.set(Ecs.MESSAGE, said).set(Ecs.NETWORK_PROTOCOL, "smtp");
        peer(said, event);
        said(said, event);
        return true;
    }

    /** The index behind a message's id, three groups of letters and digits; the start when there is none. */
    private static int identifier(String text, int from) {
        int at = from;
        int hyphens = 0;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            hyphens += text.charAt(at) == '-' ? 1 : 0;
            at++;
        }
        return hyphens == 2 && (at - from == 16 || at - from == 23) && text.startsWith(" ", at) ? at : from;
    }

    private static boolean exim(String said) {
        for (String begin : BEGINS) {
            if (said.startsWith(begin)) {
                return true;
            }
        }
        int word = said.indexOf(' ');
        return word > 0 && said.startsWith("authenticator failed for ", word + 1);
    }

    private static void said(String said, Event.Builder event) {
        boolean failedLogin = said.contains("authenticator failed for ") || said.startsWith("Authentication failed");
        boolean refused = said.contains("rejected ")
                || said.contains("refused")
                || said.contains("sender verify fail")
                || said.contains("protocol error")
                || said.contains("synchronization error")
                || said.contains("dropped: ")
                || said.contains("closed by DROP");
        if (failedLogin) {
            what(event, Words.AUTHENTICATION, Words.INFO, "smtp_login", Words.FAILURE);
            Fill.text(event, Ecs.USER_NAME, between(said, "(set_id=", ')'));
        } else if (said.startsWith("<= ")) {
            String auth = word(said, " A=");
            int colon = auth.indexOf(':');
            what(
                    event,
                    auth.isEmpty() ? Words.EMAIL : List.of("email", "authentication"),
                    auth.isEmpty() ? Words.INFO : List.of("info", "start"),
                    auth.isEmpty() ? "smtp_accept" : "smtp_login",
                    Words.SUCCESS);
            Fill.text(event, Ecs.USER_NAME, colon < 0 ? "" : auth.substring(colon + 1));
            Fill.add(event, "email.from.address", first(said, 3));
            Fill.text(event, "email.message_id", word(said, " id="));
            Fill.number(event, "exim.size", word(said, " S="));
        } else if (said.length() > 3 && "=>-**".indexOf(said.charAt(0)) >= 0 && said.charAt(2) == ' ') {
            boolean bad = said.startsWith("**") || said.startsWith("==");
            what(
                    event,
                    Words.EMAIL,
                    Words.INFO,
                    bad ? "smtp_defer" : "smtp_deliver",
                    bad ? Words.FAILURE : Words.SUCCESS);
            String to = between(said, "<", '>');
            Fill.add(event, "email.to.address", to.isEmpty() ? first(said, 3) : to);
        } else if (refused) {
            what(event, List.of("email", "network"), Words.DENIED, "smtp_reject", Words.FAILURE);
            Fill.add(event, "email.from.address", between(said, " F=<", '>'));
            String to = between(said, "rejected RCPT <", '>');
            Fill.add(event, "email.to.address", to);
        } else {
            what(event, Words.EMAIL, Words.INFO, "smtp_message", Words.UNKNOWN);
        }
    }

    private static void what(
            Event.Builder event, List<String> category, List<String> type, String action, String outcome) {
        event.set(Ecs.EVENT_CATEGORY, category)
                .set(Ecs.EVENT_TYPE, type)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.EVENT_OUTCOME, outcome);
    }

    /** The first address in brackets that the greeting, which stands in parentheses, does not hold; I= is our own side. */
    private static void peer(String said, Event.Builder event) {
        boolean delivered =
                said.startsWith("=>") || said.startsWith("->") || said.startsWith("==") || said.startsWith("**");
        int depth = 0;
        for (int i = 0; i < said.length() && i < 1000; i++) {
            char c = said.charAt(i);
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
            int close = c == '[' && depth == 0 ? said.indexOf(']', i) : -1;
            String address = close < 0 || close - i > 48 ? "" : Fill.canonical(said.substring(i + 1, close));
            if (address.isEmpty()) {
                continue;
            }
            int port = close + 1;
            while (port < said.length()
                    && port > close
                    && (said.charAt(port) == ':' && port == close + 1 || digit(said, port))) {
                port++;
            }
            String number = port > close + 2 ? said.substring(close + 2, port) : "";
            boolean own = i > 1 && said.charAt(i - 1) == '=' && said.charAt(i - 2) == 'I';
            if (own || delivered) {
                Fill.destination(event, address);
                Fill.number(event, Ecs.DESTINATION_PORT, number);
            } else if (event.get(Ecs.SOURCE_IP) == null) {
                Fill.source(event, address);
                Fill.number(event, Ecs.SOURCE_PORT, number);
            }
        }
        if (event.get(Ecs.SOURCE_IP) == null && !delivered) {
            PeerAddress.source(said, event);
        }
    }

    private static boolean digit(String text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static String word(String said, String mark) {
        int at = said.indexOf(mark);
        return at < 0 ? "" : first(said, at + mark.length());
    }

    private static String first(String said, int from) {
        int end = said.indexOf(' ', from);
        return said.substring(Math.min(from, said.length()), end < 0 ? said.length() : end);
    }

    private static String between(String said, String mark, char shut) {
        int at = said.indexOf(mark);
        int end = at < 0 ? -1 : said.indexOf(shut, at + mark.length());
        return end < 0 ? "" : said.substring(at + mark.length(), end);
    }
}
