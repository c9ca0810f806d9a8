package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * Sendmail in syslog: {@code 4AO1x0: from=<li@example.org>, size=1024, …, relay=mx.example.org [192.0.2.1]}, refusals
 * ({@code ruleset=check_rcpt, …, reject=550 …}), sign-ins ({@code AUTH=server, relay=…, authid=li}). Immutable.
 */
public final class SendmailMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int colon = text.indexOf(": ");
        boolean queued = colon > 7 && colon < 20 && letters(text, colon);
        String said = queued ? text.substring(colon + 2) : text;
        boolean pairs = said.startsWith("from=")
                || said.startsWith("to=")
                || said.startsWith("ruleset=")
                || said.startsWith("AUTH=")
                || said.startsWith("AUTH failure")
                || said.startsWith("STARTTLS=");
        if (!pairs && !said.contains("]") || !pairs && !queued) {
            return false;
        }
        Fill.text(event, "email.local_id", queued ? text.substring(0, colon) : "");
        event.set(Ecs.NETWORK_PROTOCOL, "smtp");
        if (!pairs) {
            return plain(said, event);
        }
        String reject = pairs(said, event);
        boolean login = said.startsWith("AUTH");
        boolean failed = said.startsWith("AUTH failure") || !reject.isEmpty();
        if (login) {
            what(event, Words.AUTHENTICATION, failed ? Words.INFO : Words.START, "smtp_login", failed);
        } else if (failed) {
            what(event, List.of("email", "network"), Words.DENIED, "smtp_reject", true);
        } else {
            what(event, Words.EMAIL, Words.INFO, said.startsWith("to=") ? "smtp_deliver" : "smtp_queue", false);
            Object status = event.get("sendmail.status");
            if (status instanceof String word && !word.startsWith("Sent") && !word.startsWith("queued")) {
                event.set(Ecs.EVENT_OUTCOME, Words.FAILURE);
            }
        }
        return true;
    }

    private static boolean letters(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void what(
            Event.Builder event, List<String> category, List<String> type, String action, boolean failed) {
        event.set(Ecs.EVENT_CATEGORY, category)
                .set(Ecs.EVENT_TYPE, type)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
    }

    /** @return why the message was refused, empty when it was not */
    private static String pairs(String said, Event.Builder event) {
        String reject = "";
        Pairs pairs = Pairs.parted(said, 0, '=', ',');
        boolean to = said.startsWith("to=");
        while (pairs.next()) {
            String value = pairs.value();
            switch (pairs.key()) {
                case "from" -> Fill.add(event, "email.from.address", bare(value));
                case "to", "arg1" -> {
                    if (value.indexOf('@') > 0) {
                        Fill.add(event, "email.to.address", bare(value));
                    }
                }
                case "msgid" -> Fill.text(event, "email.message_id", bare(value));
                case "relay" -> relay(value, to, event);
                case "user", "authid" -> Fill.text(event, Ecs.USER_NAME, value);
                case "stat" -> Fill.text(event, "sendmail.status", value);
                case "mech" -> Fill.text(event, "sendmail.mechanism", value);
                case "ruleset" -> Fill.text(event, Ecs.RULE_NAME, value);
                case "reject" -> reject = value;
                case "size" -> Fill.number(event, "sendmail.size", value);
                default -> {
                    // delays and priorities say nothing about security
                }
            }
        }
        Fill.text(event, Ecs.EVENT_REASON, reject);
        return reject;
    }

    private static String bare(String value) {
        int open = value.indexOf('<');
        int close = open < 0 ? -1 : value.indexOf('>', open);
        return close < 0 ? value : value.substring(open + 1, close);
    }

    /** {@code mx.example.org [192.0.2.1] (may be forged)}. */
    private static void relay(String value, boolean to, Event.Builder event) {
        int open = value.indexOf('[');
        int close = open < 0 ? -1 : value.indexOf(']', open);
        if (close < 0) {
            return;
        }
        String address = value.substring(open + 1, close);
        address = address.startsWith("IPv6:") ? address.substring(5) : address;
        String name = value.substring(0, open).strip();
        if (to) {
            Fill.destination(event, address);
            Fill.text(event, Ecs.DESTINATION_DOMAIN, name);
        } else {
            Fill.source(event, address);
            Fill.text(event, Ecs.SOURCE_DOMAIN, name);
        }
    }

    /** {@code mx.example.org [192.0.2.1]: possible SMTP attack: command=AUTH, count=5} and its like. */
    private static boolean plain(String said, Event.Builder event) {
        relay(said, false, event);
        if (event.get(Ecs.SOURCE_IP) == null) {
            return false;
        }
        boolean refused =
                said.contains("[rejected]") || said.contains("rejecting ") || said.contains("possible SMTP attack");
        what(event, List.of("email", "network"), refused ? Words.DENIED : Words.INFO, "smtp_message", refused);
        if (!refused) {
            event.set(Ecs.EVENT_OUTCOME, null);
        }
        return true;
    }
}
