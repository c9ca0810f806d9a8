package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * Sign-ins to mailboxes: Dovecot ({@code imap-login: Login: user=<li>, …, rip=192.0.2.1}), Courier ({@code LOGIN FAILED,
 * user=li, ip=[::ffff:192.0.2.1]}). Immutable.
 */
public final class DovecotMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int login = text.indexOf("-login: ");
        String said = login > 0 && login < 16 ? text.substring(login + 8) : text;
        said = said.startsWith("Info: ") ? said.substring(6) : said;
        if (login > 0 && login < 16) {
            event.set(Ecs.NETWORK_PROTOCOL, text.substring(0, login));
        }
        if (said.startsWith("Login: ") || said.startsWith("LOGIN, ")) {
            return login(event, said, Words.SUCCESS, "");
        }
        if (said.startsWith("LOGIN FAILED, ")) {
            return login(event, said, Words.FAILURE, "");
        }
        if (said.startsWith("LOGOUT, ") || said.startsWith("TIMEOUT, ")) {
            login(event, said, Words.SUCCESS, "");
            event.set(Ecs.EVENT_CATEGORY, Words.SESSION)
                    .set(Ecs.EVENT_TYPE, Words.END)
                    .set(Ecs.EVENT_ACTION, "mail_logout");
            return true;
        }
        if (said.contains("rip=") && (said.contains(" login") || said.contains("connect") || said.contains("auth"))) {
            boolean failed = said.contains("auth failed") || said.contains("auth_failed");
            int close = said.indexOf("):");
            int open = close < 0 ? -1 : said.lastIndexOf('(', close);
            String why = open > 0 && close > open ? said.substring(open + 1, close) : "";
            return login(event, said, failed ? Words.FAILURE : Words.UNKNOWN, why);
        }
        return said.startsWith("badlogin: ") || said.startsWith("login: ") ? cyrus(said, event) : passdb(said, event);
    }

    /** {@code badlogin: mx.example.org [192.0.2.1] plaintext li SASL(-13): …}, {@code login: […] li PLAIN User logged in} of Cyrus. */
    private static boolean cyrus(String said, Event.Builder event) {
        boolean bad = said.startsWith("bad");
        int open = said.indexOf('[');
        int close = open < 0 ? -1 : said.indexOf(']', open);
        if (close < 0) {
            return false;
        }
        login(event, "", bad ? Words.FAILURE : Words.SUCCESS, "");
        Fill.source(event, said.substring(open + 1, close));
        String[] words = said.substring(close + 1).strip().split(" ", 3);
        boolean plain = bad && words.length > 2 && words[0].equals("plaintext");
        Fill.text(event, Ecs.USER_NAME, plain ? words[1] : bad ? "" : words[0]);
        return true;
    }

    /** {@code pam(li,192.0.2.1,<session>): unknown user} of a password database. */
    private static boolean passdb(String said, Event.Builder event) {
        int shut = said.indexOf("): ");
        while (shut > 0) {
            int open = said.lastIndexOf('(', shut);
            String[] parts =
                    open < 0 ? new String[0] : said.substring(open + 1, shut).split(",", 3);
            if (parts.length > 1 && !Fill.canonical(parts[1]).isEmpty()) {
                String why = said.substring(shut + 3);
                boolean failed = why.contains("ailed")
                        || why.contains("unknown user")
                        || why.contains("mismatch")
                        || why.contains("invalid credentials");
                login(event, "", failed ? Words.FAILURE : Words.UNKNOWN, why);
                Fill.text(event, Ecs.USER_NAME, parts[0]);
                Fill.source(event, parts[1]);
                return true;
            }
            shut = said.indexOf("): ", shut + 1);
        }
        return false;
    }

    private static boolean login(Event.Builder event, String said, String outcome, String why) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, outcome.equals(Words.SUCCESS) ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "mail_login")
                .set(Ecs.EVENT_OUTCOME, outcome);
        Fill.text(event, Ecs.EVENT_REASON, why);
        Pairs pairs = Pairs.parted(said.substring(Math.max(said.indexOf("user="), 0)), 0, '=', ',');
        while (pairs.next()) {
            String value = pairs.value();
            switch (pairs.key()) {
                case "user" ->
                    Fill.text(
                            event,
                            Ecs.USER_NAME,
                            value.startsWith("<") && value.endsWith(">")
                                    ? value.substring(1, value.length() - 1)
                                    : value);
                case "rip", "ip" -> Fill.source(event, mapped(value));
                case "lip" -> Fill.destination(event, value);
                case "rport", "port" -> Fill.number(event, Ecs.SOURCE_PORT, mapped(value));
                case "lport" -> Fill.number(event, Ecs.DESTINATION_PORT, value);
                case "method" -> Fill.text(event, "dovecot.method", value);
                default -> {
                    // counters of the session
                }
            }
        }
        if (event.get(Ecs.SOURCE_IP) == null) {
            int ip = said.indexOf("ip=[");
            int close = ip < 0 ? -1 : said.indexOf(']', ip);
            if (close > 0) {
                Fill.source(event, said.substring(ip + 4, close));
            }
        }
        return true;
    }

    private static String mapped(String value) {
        return value.startsWith("[") && value.endsWith("]") ? value.substring(1, value.length() - 1) : value;
    }
}
