package org.wanglou.sensors.format.service;

import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Sign-ins and refusals in plain words, of programs that have no reader of their own (webmail, panels, PBX, databases): the
 * verdict by phrases that many programs share, the peer by {@link PeerAddress}, the account by the words before it. A text
 * without such a phrase is left alone. Pure.
 */
public final class PlainText {
    private static final int LONGEST = 2000;
    private static final List<String> FAILED = List.of(
            "authentication fail",
            "authentication error",
            "authentication was not successful",
            "auth fail",
            "auth error",
            "failed to authenticate",
            "could not authenticate",
            "tls auth error",
            "error to authenticate",
            "failed authentication for",
            "wrong username",
            "can't find user",
            "non-existent login",
            "supplied wrong password",
            "invalid server password",
            "get_password failed",
            "failed md5 authentication",
            "' failed for '",
            "no registration for peer",
            "hacking attempt",
            "tried to authenticate with",
            "login fail",
            "login incorrect",
            "login denied",
            "login refused",
            "login attempt failed",
            "login attempt for nonexistent",
            "failed login",
            "failed log in",
            "failed logon",
            "failed password",
            "failed attempt to log in",
            "logon fail",
            "logon denied",
            "badlogin",
            "bad login",
            "bad password",
            "wrong password",
            "invalid password",
            "invalid username",
            "invalid user name",
            "invalid login",
            "invalid logon",
            "invalid credentials",
            "incorrect password",
            "incorrect authentication data",
            "password mismatch",
            "password doesn't match",
            "unknown user",
            "user denied",
            "access denied for user",
            "max auth tries reached",
            "securityevent=\"invalidpassword\"",
            "securityevent=\"invalidaccountid\"",
            "securityevent=\"challengeresponsefailed\"",
            "登录失败",
            "登陆失败",
            "认证失败",
            "密码错误");
    private static final List<String> SUCCEEDED = List.of(
            "authentication succe",
            "auth succeeded",
            "' authenticated",
            "successfully authenticated",
            "successfully logged in",
            "successful login",
            "successful logon",
            "login succe",
            "logon succe",
            "login ok",
            "login accepted",
            "logged in from",
            "logged in successfully",
            "登录成功",
            "登陆成功",
            "认证成功");
    private static final List<String> REFUSED = List.of(
            "refused connect",
            "tls error:",
            "connection refused",
            "connection denied",
            "access denied",
            "denied access",
            "not allowed to connect",
            "rejecting unknown sip connection",
            "rejected connection",
            "rejected because",
            "securityevent=\"failedacl\"",
            "possible smtp attack",
            "ratelimit block",
            "] ban ",
            "fail: ",
            "attack detected from",
            "relay attempt",
            "(attacker '",
            "refused, no acl",
            "blocked ");
    private static final List<String> NAMES = List.of(
            "accountid=",
            "username=",
            "user=",
            "acct=",
            "username: ",
            "user name that has been provided was ",
            "for user ",
            "nonexistent user ",
            "by user ",
            "user: ",
            "user denied: ",
            "authenticate as ",
            "authentication for ",
            "login as ",
            "用户名：",
            "用户：",
            "用户名:",
            "用户:");

    private PlainText() {}

    /** True when a verdict was found and set. */
    public static boolean read(String text, Event.Builder event) {
        String said = lower(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        boolean failed = any(said, FAILED);
        if (failed || any(said, SUCCEEDED)) {
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                    .set(Ecs.EVENT_ACTION, "login")
                    .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
            PeerAddress.source(text, event);
            Fill.text(event, Ecs.USER_NAME, user(text, said));
            return true;
        }
        if (any(said, REFUSED) && PeerAddress.source(text, event)) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                    .set(Ecs.EVENT_TYPE, Words.CONNECTION_DENIED)
                    .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
            return true;
        }
        return false;
    }

    private static boolean any(String said, List<String> phrases) {
        for (String phrase : phrases) {
            if (said.contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    private static String user(String text, String said) {
        for (String name : NAMES) {
            int at = said.indexOf(name);
            String value = at < 0 ? "" : value(text, at + name.length());
            if (!value.isEmpty()) {
                return value;
            }
        }
        int quoted = said.indexOf("user '");
        if (quoted >= 0) {
            return value(text, quoted + 5);
        }
        // "… for li from 192.0.2.1"
        int from = said.indexOf(" from ");
        int on = from < 0 ? -1 : said.lastIndexOf(" for ", from);
        return on < 0 ? "" : value(text, on + 5);
    }

    /** A quoted text, else one up to a blank, a comma or a bracket. */
    private static String value(String text, int from) {
        if (from >= text.length()) {
            return "";
        }
        char open = text.charAt(from);
        if (open == '\'' || open == '"' || open == '<' || open == '[') {
            char shut = open == '<' ? '>' : open == '[' ? ']' : open;
            int end = text.indexOf(shut, from + 1);
            return end < 0 || end - from > 256 ? "" : text.substring(from + 1, end);
        }
        int end = from;
        while (end < text.length() && end - from < 256 && " ,;()\t".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String value = text.substring(from, end);
        value = value.endsWith(".") || value.endsWith(":") ? value.substring(0, value.length() - 1) : value;
        return value.equals("user") || value.equals("from") || value.equals("invalid") ? "" : value;
    }

    /** Of the same length, as {@code toLowerCase} is not for every letter. */
    static String lower(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            if (lower[i] >= 'A' && lower[i] <= 'Z') {
                lower[i] += 32;
            }
        }
        return new String(lower);
    }
}
