package org.wanglou.sensors.format.vendor;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/** The two sides of a connection in the ways in which ASA messages write them. Pure. */
final class AsaSides {
    private AsaSides() {}

    /** {@code interface:address/port (mapped/port)(user)}. */
    static void side(String text, boolean source, Event.Builder event) {
        String real = word(text, 0);
        int port = real.lastIndexOf('/');
        int colon = interfaceEnd(real, port < 0 ? real.length() : port);
        if (colon > 0) {
            Fill.text(event, source ? Ecs.INGRESS_INTERFACE : Ecs.EGRESS_INTERFACE, real.substring(0, colon));
        }
        String address = real.substring(colon + 1);
        int bracket = address.indexOf('(');
        address = bracket > 0 ? address.substring(0, bracket) : address;
        if (source) {
            Fill.sourceWithPort(event, address);
        } else {
            Fill.destinationWithPort(event, address);
        }
        int open = text.indexOf('(', real.length());
        if (open == real.length() + 1 || open == real.length()) {
            int slash = text.indexOf('/', open);
            int close = text.indexOf(')', open);
            if (slash > 0 && slash < close) {
                nat(text.substring(open + 1, slash), text.substring(slash + 1, close), source, event);
            }
        }
    }

    /** Names of interfaces have no colon before the address, IPv6 addresses several. */
    private static int interfaceEnd(String text, int to) {
        int colon = text.indexOf(':');
        if (colon < 0 || colon > to) {
            return -1;
        }
        return Fill.canonical(text.substring(0, to)).isEmpty() ? colon : -1;
    }

    private static void nat(String address, String port, boolean source, Event.Builder event) {
        Object real = event.get(source ? Ecs.SOURCE_IP : Ecs.DESTINATION_IP);
        String mapped = Fill.canonical(address);
        if (!mapped.isEmpty() && !mapped.equals(real)) {
            event.set(source ? Ecs.SOURCE_NAT_IP : Ecs.DESTINATION_NAT_IP, mapped);
            Fill.number(event, source ? Ecs.SOURCE_NAT_PORT : Ecs.DESTINATION_NAT_PORT, port);
        }
    }

    /** {@code for faddr 198.51.100.7/0 gaddr … laddr 10.1.1.5/0} of ICMP. */
    static void faddr(String said, Event.Builder event) {
        int faddr = said.indexOf("faddr ");
        int laddr = said.indexOf("laddr ");
        if (faddr >= 0 && laddr >= 0) {
            Fill.destinationWithPort(event, word(said, faddr + 6));
            Fill.sourceWithPort(event, word(said, laddr + 6));
            int gaddr = said.indexOf("gaddr ");
            String mapped = gaddr < 0 ? "" : word(said, gaddr + 6);
            int slash = mapped.indexOf('/');
            nat(slash < 0 ? mapped : mapped.substring(0, slash), "", true, event);
        }
    }

    static void arrow(String said, Event.Builder event) {
        int arrow = said.indexOf(" -> ");
        if (arrow < 0) {
            return;
        }
        int from = said.lastIndexOf(' ', arrow - 1) + 1;
        bracketed(said.substring(from, arrow), true, event);
        bracketed(word(said, arrow + 4), false, event);
    }

    /** {@code inside/10.1.1.5(51000)}. */
    private static void bracketed(String text, boolean source, Event.Builder event) {
        int slash = text.indexOf('/');
        int open = text.indexOf('(', slash + 1);
        int close = text.indexOf(')', Math.max(open, 0));
        String address = text.substring(slash + 1, open < 0 ? text.length() : open);
        Fill.text(event, source ? Ecs.INGRESS_INTERFACE : Ecs.EGRESS_INTERFACE, text.substring(0, Math.max(slash, 0)));
        if (source) {
            Fill.source(event, address);
        } else {
            Fill.destination(event, address);
        }
        if (open > 0 && close > open) {
            Fill.number(event, source ? Ecs.SOURCE_PORT : Ecs.DESTINATION_PORT, text.substring(open + 1, close));
        }
    }

    /** Addresses behind {@code src … dst …}, {@code from … to …}. */
    static void sides(String said, Event.Builder event) {
        int src = said.indexOf(" src ");
        int dst = said.indexOf(" dst ");
        int from = said.indexOf(" from ");
        int to = said.indexOf(" to ", Math.max(from, 0));
        if (src >= 0 && dst >= 0) {
            side(said.substring(src + 5), true, event);
            side(said.substring(dst + 5), false, event);
        } else if (from >= 0) {
            side(said.substring(from + 6), true, event);
            if (to >= 0) {
                side(said.substring(to + 4), false, event);
            }
        } else {
            arrow(said, event);
        }
        if (event.get(Ecs.SOURCE_IP) == null && src < 0) {
            event.set(Ecs.SOURCE_ADDRESS, null).set(Ecs.SOURCE_DOMAIN, null);
        }
    }

    static String word(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != ' ') {
            end++;
        }
        String word = text.substring(Math.min(from, text.length()), end);
        return word.endsWith(".") || word.endsWith(",") ? word.substring(0, word.length() - 1) : word;
    }
}
