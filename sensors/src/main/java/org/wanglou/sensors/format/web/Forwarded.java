package org.wanglou.sensors.format.web;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/**
 * The addresses a request came through, as proxies list them (X-Forwarded-For). The first public one is taken for the
 * client, else the first; since a client may send the header itself, the whole list is kept and each of it is related.
 * Pure.
 */
final class Forwarded {
    private static final int MAX = 32;

    private Forwarded() {}

    static void read(String text, Event.Builder event) {
        List<String> hosts = new ArrayList<>(4);
        for (String part : text.replace("\"", "").split("[, ]+", MAX)) {
            if (!Fill.absent(part)) {
                hosts.add(part);
            }
        }
        if (hosts.isEmpty()) {
            return;
        }
        boolean list = text.indexOf(',') >= 0;
        if (!list && hosts.size() == 2 && Fill.canonical(hosts.get(0)).isEmpty()) {
            event.set(Ecs.URL_DOMAIN, hosts.get(0)).set(Ecs.DESTINATION_DOMAIN, hosts.get(0));
            Fill.source(event, hosts.get(1));
            return;
        }
        event.set("wanglou.forwarded_for", hosts);
        String client = hosts.get(0);
        for (String host : hosts) {
            String ip = Fill.canonical(host);
            if (!ip.isEmpty() && !inside(ip)) {
                client = host;
                break;
            }
        }
        Fill.source(event, client);
    }

    /** RFC 1918, loopback, link-local, carrier-grade NAT, unique local. */
    private static boolean inside(String ip) {
        if (ip.startsWith("10.")
                || ip.startsWith("127.")
                || ip.startsWith("192.168.")
                || ip.startsWith("169.254.")
                || ip.equals("::1")
                || ip.startsWith("fe80:")
                || ip.startsWith("fc")
                || ip.startsWith("fd")) {
            return true;
        }
        boolean b172 = ip.startsWith("172.");
        if (!b172 && !ip.startsWith("100.")) {
            return false;
        }
        int second = (int) Fill.whole(ip.substring(4, ip.indexOf('.', 4)));
        return b172 ? second >= 16 && second < 32 : second >= 64 && second < 128;
    }
}
