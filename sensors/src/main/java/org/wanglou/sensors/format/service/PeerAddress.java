package org.wanglou.sensors.format.service;

import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/**
 * The peer's address in a text of plain words: the last that a word like {@code from}, {@code client} or {@code rhost=} stands
 * before, for names before it may be the peer's to choose; else the first in brackets; else the only one. Pure.
 */
public final class PeerAddress {
    private static final Set<String> WORDS = Set.of(
            "from",
            "client",
            "rhost",
            "ip",
            "rip",
            "host",
            "addr",
            "address",
            "peer",
            "remote",
            "remoteip",
            "remote_ip",
            "for",
            "ban",
            "attacker",
            "detected",
            "remote_addr",
            "remoteaddr",
            "remoteaddress",
            "clientip",
            "client_ip",
            "src",
            "srcip",
            "source",
            "relay",
            "call",
            "query");
    private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls", "ws", "wss");
    private static final int MOST = 32;

    private PeerAddress() {}

    /** Sets {@code source.*}; false when the text names no address. */
    public static boolean source(String text, Event.Builder event) {
        String plain = text.replace("[AF_INET]", "").replace("[AF_INET6]", "");
        return plain.length() == text.length() ? find(text, event) : find(plain, event);
    }

    private static boolean find(String text, Event.Builder event) {
        String told = "";
        String bracketed = "";
        String only = "";
        int count = 0;
        int at = 0;
        while (at < text.length() && count < MOST) {
            int end = token(text, at);
            if (end == at) {
                at++;
                continue;
            }
            String address = address(text, at, end);
            if (!address.isEmpty()) {
                count++;
                only = count == 1 ? address : only;
                if (WORDS.contains(wordBefore(text, at))) {
                    told = address;
                } else if (bracketed.isEmpty()
                        && at > 0
                        && (text.charAt(at - 1) == '[' || text.charAt(at - 1) == '(')) {
                    bracketed = address;
                }
            }
            at = end;
        }
        String address = !told.isEmpty() ? told : !bracketed.isEmpty() ? bracketed : count == 1 ? only : "";
        if (address.isEmpty()) {
            return false;
        }
        int port = address.indexOf(' ');
        Fill.source(event, port < 0 ? address : address.substring(0, port));
        if (port > 0) {
            Fill.number(event, Ecs.SOURCE_PORT, address.substring(port + 1));
        }
        return true;
    }

    /** The end of what may be an address and port: hexadecimal digits, points and colons, no letter before it. */
    private static int token(String text, int at) {
        char first = text.charAt(at);
        if (Character.digit(first, 16) < 0 && first != ':' || at > 0 && part(text.charAt(at - 1))) {
            return at;
        }
        int end = at;
        while (end < text.length() && end - at < 64 && part(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean part(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == ':' || c == '_';
    }

    /** The canonical address, a blank and the port behind it when there is one; empty when it is none. */
    private static String address(String text, int at, int tokenEnd) {
        int end = tokenEnd;
        while (end > at
                && (text.charAt(end - 1) == '.' || text.charAt(end - 1) == ':' && !text.startsWith("::", end - 2))) {
            end--;
        }
        if (end - at < 3) {
            return "";
        }
        String token = text.substring(at, end);
        String whole = Fill.canonical(token);
        if (!whole.isEmpty()) {
            return portBehind(text, at, end, whole);
        }
        int colon = token.lastIndexOf(':');
        String before = colon < 0 ? "" : Fill.canonical(token.substring(0, colon));
        return before.isEmpty() || Fill.whole(token.substring(colon + 1)) < 0
                ? ""
                : before + ' ' + token.substring(colon + 1);
    }

    /** {@code [2001:db8::1]:5060}, {@code 192.0.2.1/5060}, {@code 192.0.2.1 port 5060}. */
    private static String portBehind(String text, int at, int end, String address) {
        int from = text.startsWith(" port ", end)
                ? end + 6
                : text.startsWith("/", end) || text.startsWith("#", end)
                        ? end + 1
                        : at > 0 && text.charAt(at - 1) == '[' && text.startsWith("]:", end) ? end + 2 : -1;
        int to = Math.max(from, 0);
        while (from > 0 && to < text.length() && to - from < 6 && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
            to++;
        }
        // a shorter number is the length of a prefix
        return to - from < 3 || from < 0 ? address : address + ' ' + text.substring(from, to);
    }

    /** The word before an index, in small letters; a transport's name and the version before it are passed over once. */
    private static String wordBefore(String text, int at) {
        int end = signs(text, at);
        int from = letters(text, end);
        String word = PlainText.lower(text.substring(from, end));
        if (!TRANSPORTS.contains(word)) {
            return word;
        }
        // "RemoteAddress=IPV4/UDP/192.0.2.1/5060"
        int version = from > 0 && text.charAt(from - 1) == '/' ? letters(text, from - 1) : from;
        int outer = signs(text, version);
        return PlainText.lower(text.substring(letters(text, outer), outer));
    }

    private static int signs(String text, int at) {
        int end = at;
        while (end > 0 && at - end < 16 && " [(<\"'=:/@".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static int letters(String text, int end) {
        int from = end;
        while (from > 0
                && end - from < 24
                && (Character.isLetterOrDigit(text.charAt(from - 1)) || text.charAt(from - 1) == '_')) {
            from--;
        }
        return from;
    }
}
