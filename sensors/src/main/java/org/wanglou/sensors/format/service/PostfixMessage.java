package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * Mail as Postfix tells it: connections, sign-ins (SASL), refusals, deliveries. Subjects and bodies are never in it.
 * Immutable.
 */
public final class PostfixMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        String body = text;
        int colon = body.indexOf(": ");
        if (colon > 0 && queueId(body, colon)) {
            Fill.text(event, "email.local_id", body.substring(0, colon));
            body = body.substring(colon + 2);
        }
        if (body.startsWith("connect from ")
                || body.startsWith("disconnect from ")
                || body.startsWith("CONNECT from ")
                || body.startsWith("lost connection after ")
                || body.startsWith("timeout after ")
                || body.startsWith("SSL_accept error from ")
                || body.startsWith("improper command pipelining")
                || body.startsWith("too many errors after ")
                || body.startsWith("PREGREET ")
                || body.startsWith("HANGUP ")
                || body.startsWith("COMMAND ")
                || body.startsWith("DISCONNECT ")
                || body.startsWith("PASS ")) {
            return connection(body, event);
        }
        if (body.startsWith("warning: ") && body.contains(" authentication failed")) {
            mail(event, Words.AUTHENTICATION, Words.INFO, "smtp_login", Words.FAILURE);
            client(body.substring(9), event);
            int user = body.indexOf("sasl_username=");
            if (user > 0) {
                Fill.text(event, Ecs.USER_NAME, cut(body, user + 14));
            }
            return true;
        }
        if (body.startsWith("reject: ")
                || body.startsWith("NOQUEUE: reject: ")
                || body.contains("reject: ") && body.contains(" from ")) {
            return refused(body, event);
        }
        if (body.startsWith("client=")) {
            return accepted(body, event);
        }
        if (body.startsWith("from=<") || body.startsWith("to=<") || body.startsWith("message-id=")) {
            return delivery(body, event);
        }
        return false;
    }

    private static boolean queueId(String body, int colon) {
        if (colon < 6 || colon > 20) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            if (!Character.isLetterOrDigit(body.charAt(i))) {
                return false;
            }
        }
        return !body.startsWith("warning") && !body.startsWith("NOQUEUE");
    }

    private static void mail(
            Event.Builder event,
            java.util.List<String> category,
            java.util.List<String> type,
            String action,
            String outcome) {
        event.set(Ecs.EVENT_CATEGORY, category)
                .set(Ecs.EVENT_TYPE, type)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.EVENT_OUTCOME, outcome)
                .set(Ecs.NETWORK_PROTOCOL, "smtp");
    }

    /** The first {@code name[address]:port} of a text. */
    private static void client(String text, Event.Builder event) {
        int open = text.indexOf('[');
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (close < 0) {
            return;
        }
        Fill.source(event, text.substring(open + 1, close));
        int name = open;
        while (name > 0 && text.charAt(name - 1) > ' ') {
            name--;
        }
        String domain = text.substring(name, open);
        if (!domain.equals("unknown")) {
            Fill.text(event, Ecs.SOURCE_DOMAIN, domain);
        }
        if (close + 1 < text.length() && text.charAt(close + 1) == ':') {
            int end = close + 2;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            Fill.number(event, Ecs.SOURCE_PORT, text.substring(close + 2, end));
        }
    }

    private static boolean connection(String body, Event.Builder event) {
        boolean start = body.regionMatches(true, 0, "connect", 0, 7);
        mail(
                event,
                Words.NETWORK,
                start ? Words.CONNECTION_START : Words.CONNECTION_END,
                start ? "smtp_connect" : "smtp_disconnect",
                Words.SUCCESS);
        client(body, event);
        return true;
    }

    private static boolean refused(String body, Event.Builder event) {
        mail(event, java.util.List.of("email", "network"), Words.DENIED, "smtp_reject", Words.FAILURE);
        int from = body.indexOf(" from ");
        if (from > 0) {
            client(body.substring(from + 6), event);
        }
        int why = body.indexOf(": ", body.indexOf(']') + 1);
        int end = body.indexOf("; from=<");
        if (why > 0) {
            Fill.text(event, Ecs.EVENT_REASON, body.substring(why + 2, end > why ? end : body.length()));
        }
        addresses(body, event);
        return true;
    }

    private static void addresses(String body, Event.Builder event) {
        address(body, "from=<", "email.from.address", event);
        address(body, " to=<", "email.to.address", event);
        address(body, "helo=<", "postfix.helo", event);
    }

    private static void address(String body, String mark, String field, Event.Builder event) {
        int at = body.indexOf(mark);
        int end = at < 0 ? -1 : body.indexOf('>', at);
        if (end > 0) {
            String value = body.substring(at + mark.length(), end);
            if (field.startsWith("email.")) {
                Fill.add(event, field, value);
            } else {
                Fill.text(event, field, value);
            }
        }
    }

    private static boolean accepted(String body, Event.Builder event) {
        client(body.substring(7), event);
        int user = body.indexOf("sasl_username=");
        if (user > 0) {
            mail(event, Words.AUTHENTICATION, Words.START, "smtp_login", Words.SUCCESS);
            Fill.text(event, Ecs.USER_NAME, cut(body, user + 14));
        } else {
            mail(event, Words.EMAIL, Words.INFO, "smtp_accept", Words.SUCCESS);
        }
        return true;
    }

    private static boolean delivery(String body, Event.Builder event) {
        String status = "";
        String relay = "";
        Pairs pairs = Pairs.parted(body, 0, '=', ',');
        while (pairs.next()) {
            String value = pairs.value();
            String plain =
                    value.startsWith("<") && value.endsWith(">") ? value.substring(1, value.length() - 1) : value;
            switch (pairs.key()) {
                case "from" -> Fill.add(event, "email.from.address", plain);
                case "to" -> Fill.add(event, "email.to.address", plain);
                case "message-id" -> Fill.text(event, "email.message_id", plain);
                case "status" -> status = value;
                case "relay" -> relay = value;
                case "size" -> Fill.number(event, "postfix.size", value);
                default -> {
                    // delays and stages say nothing about security
                }
            }
        }
        String word = cut(status, 0);
        mail(
                event,
                Words.EMAIL,
                Words.INFO,
                word.isEmpty() ? "smtp_queue" : "smtp_deliver",
                word.isEmpty() || word.equals("sent") ? Words.SUCCESS : Words.FAILURE);
        Fill.text(event, "postfix.status", word);
        int open = relay.indexOf('[');
        int close = relay.indexOf(']', Math.max(open, 0));
        if (open > 0 && close > open) {
            event.set(Ecs.DESTINATION_DOMAIN, relay.substring(0, open));
            Fill.destination(event, relay.substring(open + 1, close));
            if (close + 2 < relay.length()) {
                Fill.number(event, Ecs.DESTINATION_PORT, relay.substring(close + 2));
            }
        }
        return true;
    }

    private static String cut(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != ',') {
            end++;
        }
        return text.substring(from, end);
    }
}
