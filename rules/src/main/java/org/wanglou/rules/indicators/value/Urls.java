package org.wanglou.rules.indicators.value;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import org.wanglou.model.Addresses;

/**
 * Addresses of the web in a normal form (RFC 3986 §6.2.2, §6.2.3): scheme and host in lower case, IDN as punycode, no
 * default port, no user, no fragment, a path of at least {@code /}, percent signs before what needs none undone, dot
 * segments resolved. Stateless.
 */
public final class Urls {
    private static final int LENGTH_MAX = 4096;

    /** The parts that matter. */
    public record Parts(String scheme, String host, int port, String rest) {
        /** Without scheme: {@code host[:port]/path?query}. */
        public String bare() {
            return host + (port == 0 ? "" : ":" + port) + rest;
        }

        /** The whole. */
        public String text() {
            return scheme + "://" + bare();
        }
    }

    private Urls() {}

    /** The parts of an absolute address; one without scheme counts as http. */
    public static Optional<Parts> parse(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        int colon = text.indexOf("://");
        String scheme = colon <= 0 ? "http" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '-')) {
            return Optional.empty();
        }
        String behind = text.substring(colon <= 0 ? 0 : colon + 3);
        int end = first(behind, "/?#\\");
        String authority = behind.substring(0, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = 0;
        int portAt = host.lastIndexOf(':');
        if (portAt >= 0 && host.indexOf(']', portAt) < 0 && (host.startsWith("[") || host.indexOf(':') == portAt)) {
            port = port(host.substring(portAt + 1));
            host = host.substring(0, portAt);
        }
        Optional<String> canonical = host(host);
        if (port < 0 || canonical.isEmpty()) {
            return Optional.empty();
        }
        boolean usual = scheme.equals("http") && port == 80
                || scheme.equals("https") && port == 443
                || scheme.equals("ftp") && port == 21;
        return Optional.of(new Parts(scheme, canonical.get(), usual ? 0 : port, rest(behind.substring(end))));
    }

    private static Optional<String> host(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String inside = bracketed ? host.substring(1, host.length() - 1) : host;
        Optional<String> address = Addresses.canonical(inside);
        return address.isPresent()
                ? address.map(text -> text.indexOf(':') >= 0 ? "[" + text + "]" : text)
                : Domains.canonical(inside);
    }

    private static int port(String digits) {
        if (digits.isEmpty()) {
            return 0;
        }
        int port = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(digits)
                : -1;
        return port <= 65_535 ? port : -1;
    }

    private static int first(String text, String stops) {
        for (int i = 0; i < text.length(); i++) {
            if (stops.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    /** Path and query of a request in the form in which they are compared. */
    public static String rest(String written) {
        int hash = written.indexOf('#');
        String text = hash < 0 ? written : written.substring(0, hash);
        int question = text.indexOf('?');
        String path =
                unescaped(question < 0 ? text : text.substring(0, question)).replace('\\', '/');
        String query = question < 0 ? "" : unescaped(text.substring(question));
        return (path.isEmpty() ? "/" : path.contains("/.") ? resolved(path) : path) + query;
    }

    private static String resolved(String path) {
        ArrayDeque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean dots = segments[i].equals(".") || segments[i].equals("..");
            if (segments[i].equals("..")) {
                kept.pollLast();
            }
            if (!dots) {
                kept.addLast(segments[i]);
            } else if (i == segments.length - 1) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept);
    }

    /** Unreserved characters lose their percent form, hexadecimal digits of the others become upper case. */
    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder made = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low < 0) {
                made.append(c);
                continue;
            }
            int octet = high << 4 | low;
            boolean unreserved = octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= '0' && octet <= '9'
                    || octet == '-'
                    || octet == '.'
                    || octet == '_'
                    || octet == '~';
            if (unreserved) {
                made.append((char) octet);
            } else {
                made.append('%').append(text.substring(i + 1, i + 3).toUpperCase(Locale.ROOT));
            }
            i += 2;
        }
        return made.toString();
    }
}
