package org.wanglou.sensors.format.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/** Sets fields from text in the types that ECS gives them; what stands for "no value" sets nothing. Pure. */
public final class Fill {
    private Fill() {}

    /** True for the ways in which logs say that a field has no value. */
    public static boolean absent(String value) {
        int length = value.length();
        return length == 0
                || length == 1 && value.charAt(0) == '-'
                || length == 1 && value.charAt(0) == '?'
                || length == 3 && value.equals("N/A")
                || length == 6 && (value.equals("(null)") || value.equals("(none)"));
    }

    public static void text(Event.Builder event, Field field, String value) {
        if (!absent(value)) {
            event.set(field, value);
        }
    }

    public static void text(Event.Builder event, String field, String value) {
        if (!absent(value)) {
            event.set(field, value);
        }
    }

    /** A number; a port that cannot be one (RFC 768, RFC 9293: 16 bits) sets nothing. */
    public static void number(Event.Builder event, Field field, String value) {
        long number = whole(value);
        if (number != Long.MIN_VALUE && (number >= 0 && number < 65_536 || !port(field))) {
            event.set(field, number);
        }
    }

    static boolean port(Field field) {
        return field.name().endsWith(".port");
    }

    public static void number(Event.Builder event, String field, String value) {
        long number = whole(value);
        if (number != Long.MIN_VALUE) {
            event.set(field, number);
        }
    }

    /** The whole number a text is, {@link Long#MIN_VALUE} when it is none of at most 18 digits. */
    public static long whole(String value) {
        int length = value.length();
        int at = length > 1 && value.charAt(0) == '-' ? 1 : 0;
        if (length == at || length - at > 18) {
            return Long.MIN_VALUE;
        }
        long number = 0;
        for (int i = at; i < length; i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return at == 1 ? -number : number;
    }

    /** As {@code source.address}, and as {@code source.ip} or {@code source.domain}, whichever it is. */
    public static void source(Event.Builder event, String address) {
        side(event, address, Ecs.SOURCE_ADDRESS, Ecs.SOURCE_IP, Ecs.SOURCE_DOMAIN);
    }

    /** As {@code destination.address}, and as {@code destination.ip} or {@code destination.domain}, whichever it is. */
    public static void destination(Event.Builder event, String address) {
        side(event, address, Ecs.DESTINATION_ADDRESS, Ecs.DESTINATION_IP, Ecs.DESTINATION_DOMAIN);
    }

    private static void side(Event.Builder event, String address, Field written, Field ip, Field domain) {
        if (absent(address)) {
            return;
        }
        event.set(written, address);
        String canonical = canonical(address);
        if (!canonical.isEmpty()) {
            event.set(ip, canonical);
        } else if (name(address)) {
            event.set(domain, address);
        }
    }

    /** True for what a host may be called: letters, digits, points, hyphens and underscores, a letter first or within. */
    private static boolean name(String text) {
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letter |= Character.isLetter(c);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return letter && text.length() <= 253;
    }

    /** Sets an ADDRESS field in canonical form, or nothing when the text is no address literal. */
    public static void address(Event.Builder event, Field field, String text) {
        String canonical = canonical(text);
        if (!canonical.isEmpty()) {
            event.set(field, canonical);
        }
    }

    /** The canonical text of an address literal, brackets around IPv6 left out; empty when it is none. */
    public static String canonical(String text) {
        if (plain4(text)) {
            return text;
        }
        if (text.length() > 2 && text.charAt(0) == '[' && text.charAt(text.length() - 1) == ']') {
            return Addresses.canonical(text.substring(1, text.length() - 1)).orElse("");
        }
        return text.indexOf(':') < 0 && text.indexOf('.') < 0
                ? ""
                : Addresses.canonical(text).orElse("");
    }

    /** True for an IPv4 literal that already is canonical. */
    private static boolean plain4(String text) {
        int length = text.length();
        if (length < 7 || length > 15) {
            return false;
        }
        int octets = 0;
        int value = -1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (value < 0 || ++octets > 3) {
                    return false;
                }
                value = -1;
            } else if (c >= '0' && c <= '9') {
                if (value == 0) {
                    return false;
                }
                value = value < 0 ? c - '0' : value * 10 + (c - '0');
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return octets == 3 && value >= 0;
    }

    /** {@code address:port}, {@code address/port}, {@code [v6]:port} or an address alone, to one side. */
    public static void sourceWithPort(Event.Builder event, String text) {
        int cut = portCut(text);
        source(event, cut < 0 ? text : text.substring(0, cut));
        if (cut >= 0) {
            number(event, Ecs.SOURCE_PORT, text.substring(cut + 1));
        }
    }

    /** As {@link #sourceWithPort}. */
    public static void destinationWithPort(Event.Builder event, String text) {
        int cut = portCut(text);
        destination(event, cut < 0 ? text : text.substring(0, cut));
        if (cut >= 0) {
            number(event, Ecs.DESTINATION_PORT, text.substring(cut + 1));
        }
    }

    private static int portCut(String text) {
        int slash = text.lastIndexOf('/');
        if (slash > 0) {
            return slash;
        }
        int colon = text.lastIndexOf(':');
        boolean bareV6 = colon > 0 && text.indexOf(':') != colon && text.charAt(0) != '[';
        return colon <= 0 || bareV6 || text.charAt(text.length() - 1) == ']' ? -1 : colon;
    }

    /** The ECS form of a MAC address (upper case, hyphens, RFC 7042), or the text as it is. */
    public static String mac(String text) {
        StringBuilder hex = new StringBuilder(12);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) >= 0) {
                hex.append(Character.toUpperCase(c));
            } else if (c != ':' && c != '-' && c != '.') {
                return text;
            }
        }
        if (hex.length() != 12) {
            return text;
        }
        for (int at = 10; at > 0; at -= 2) {
            hex.insert(at, '-');
        }
        return hex.toString();
    }

    /** As {@link #add(Event.Builder, Field, String)} for a field of ECS that is a list and has no slot. */
    public static void add(Event.Builder event, String field, String value) {
        if (!absent(value)) {
            List<Object> all = new ArrayList<>();
            if (event.get(field) instanceof List<?> before) {
                all.addAll(before);
            }
            if (!all.contains(value)) {
                all.add(value);
            }
            event.set(field, all);
        }
    }

    /** Adds to a TEXTS field, each value once. */
    public static void add(Event.Builder event, Field field, String value) {
        if (absent(value)) {
            return;
        }
        if (event.get(field) instanceof List<?> before) {
            if (!before.contains(value)) {
                List<Object> all = new ArrayList<>(before);
                all.add(value);
                event.set(field, all);
            }
        } else {
            event.set(field, List.of(value));
        }
    }

    /** {@code url.*} of a request target or a whole URL; {@code url.original} is the text as written. */
    public static void url(Event.Builder event, String target) {
        if (absent(target)) {
            return;
        }
        event.set(Ecs.URL_ORIGINAL, target);
        int from = 0;
        int scheme = target.indexOf("://");
        if (scheme > 0 && scheme < 12 && letters(target, scheme)) {
            int slash = target.indexOf('/', scheme + 3);
            int question = target.indexOf('?', scheme + 3);
            int end = slash < 0 ? target.length() : slash;
            end = question >= 0 && question < end ? question : end;
            event.set("url.scheme", target.substring(0, scheme).toLowerCase(Locale.ROOT));
            authority(event, target.substring(scheme + 3, end));
            from = end;
        }
        path(event, target, from);
    }

    private static void path(Event.Builder event, String target, int from) {
        int end = target.indexOf('#', from);
        end = end < 0 ? target.length() : end;
        int question = target.indexOf('?', from);
        if (question >= 0 && question < end) {
            if (question + 1 < end) {
                event.set(Ecs.URL_QUERY, Percent.decoded(target.substring(question + 1, end)));
            }
            end = question;
        }
        if (end > from) {
            plainPath(event, from == 0 && end == target.length() ? target : target.substring(from, end));
        }
    }

    /** {@code url.path}, percent-encoding undone, and {@code url.extension}. */
    public static void plainPath(Event.Builder event, String written) {
        String path = Percent.decoded(written);
        event.set(Ecs.URL_PATH, path);
        int dot = path.lastIndexOf('.');
        if (dot > path.lastIndexOf('/') && dot < path.length() - 1 && path.length() - dot <= 12) {
            event.set(Ecs.URL_EXTENSION, path.substring(dot + 1).toLowerCase(Locale.ROOT));
        }
    }

    /** {@code user@host:port} to {@code url.domain} and {@code url.port}. */
    public static void authority(Event.Builder event, String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = portCut(host);
        if (colon > 0) {
            number(event, "url.port", host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        text(event, Ecs.URL_DOMAIN, host);
    }

    private static boolean letters(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
