package org.wanglou.sensors.format.syslog;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/**
 * What PAM modules say through whatever program they serve (Linux-PAM, pam_unix): {@code pam_unix(sshd:auth): …}, or in
 * the older form {@code su(pam_unix)[1]: …}. Pure.
 */
final class PamMessage {
    private PamMessage() {}

    /** The text with a module before it. */
    static boolean read(String text, Event.Builder event) {
        if (text.startsWith("(pam_unix) ") || text.startsWith("pam_unix: ")) {
            return said(text.substring(text.indexOf(' ') + 1), event);
        }
        if (!text.startsWith("pam_") && !text.startsWith("PAM ")) {
            return false;
        }
        if (text.startsWith("PAM ")) {
            return said(text.substring(4), event);
        }
        int colon = text.indexOf("): ");
        return colon > 0 && said(text.substring(colon + 3), event);
    }

    /** As {@link #read}, or the bare text under a tag that names the module. */
    static boolean readTagged(String tag, String text, Event.Builder event) {
        return read(text, event) || tag.endsWith("(pam_unix)") && said(text, event);
    }

    private static boolean said(String text, Event.Builder event) {
        if (text.startsWith("session opened for user ") || text.startsWith("session closed for user ")) {
            return session(text, event);
        }
        int semicolon = text.indexOf(';');
        boolean failure = text.startsWith("authentication failure") || text.indexOf(" more authentication failure") > 0;
        if (failure && semicolon > 0) {
            return failure(text, semicolon, event);
        }
        if (text.startsWith("check pass; user unknown")) {
            login(event, "pam_unknown_user");
            event.set(Ecs.EVENT_REASON, "user unknown");
            return true;
        }
        if (text.startsWith("password changed for ")) {
            event.set(Ecs.EVENT_CATEGORY, Words.IAM)
                    .set(Ecs.EVENT_TYPE, Words.USER_CHANGE)
                    .set(Ecs.EVENT_ACTION, "password_change")
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS)
                    .set(Ecs.USER_NAME, text.substring(21));
            return true;
        }
        return false;
    }

    private static void login(Event.Builder event, String action) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, Words.INFO)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
    }

    /** {@code session opened for user root(uid=0) by li(uid=1000)}. */
    private static boolean session(String text, Event.Builder event) {
        boolean opened = text.startsWith("session opened");
        int at = 24;
        int end = at;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '(') {
            end++;
        }
        String user = text.substring(at, end);
        event.set(Ecs.EVENT_CATEGORY, Words.SESSION)
                .set(Ecs.EVENT_TYPE, opened ? Words.START : Words.END)
                .set(Ecs.EVENT_ACTION, opened ? "session_opened" : "session_closed")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        int by = text.indexOf(" by ", end);
        String who = "";
        if (by > 0) {
            int byEnd = text.indexOf('(', by);
            who = text.substring(by + 4, byEnd < 0 ? text.length() : byEnd);
            int uid = text.indexOf("uid=", by);
            if (uid > 0) {
                int uidEnd = text.indexOf(')', uid);
                Fill.text(event, Ecs.USER_ID, text.substring(uid + 4, uidEnd < 0 ? text.length() : uidEnd));
            }
        }
        if (who.isEmpty()) {
            Fill.text(event, Ecs.USER_NAME, user);
        } else {
            event.set(Ecs.USER_NAME, who).set(Ecs.USER_EFFECTIVE_NAME, user);
        }
        return true;
    }

    private static boolean failure(String text, int semicolon, Event.Builder event) {
        login(event, "pam_authentication_failure");
        String user = "";
        String remote = "";
        Pairs pairs = Pairs.of(text, semicolon + 1);
        while (pairs.next()) {
            switch (pairs.key()) {
                case "user" -> user = pairs.value();
                case "ruser" -> remote = pairs.value();
                case "rhost" -> Fill.source(event, pairs.value());
                case "tty" -> Fill.text(event, "system.auth.pam.tty", pairs.value());
                case "uid" -> Fill.text(event, Ecs.USER_ID, pairs.value());
                default -> {
                    // euid and logname are the service's own
                }
            }
        }
        if (remote.isEmpty()) {
            Fill.text(event, Ecs.USER_NAME, user);
        } else {
            // "ruser" wants to become "user": su's caller and the account it was refused
            event.set(Ecs.USER_NAME, remote);
            Fill.text(event, Ecs.USER_TARGET_NAME, user);
        }
        return true;
    }
}
