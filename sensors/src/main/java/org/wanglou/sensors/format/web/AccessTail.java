package org.wanglou.sensors.format.web;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Put;

/** What some servers write behind the combined format. Pure. */
final class AccessTail {
    private AccessTail() {}

    static void read(String tail, String dataset, Event.Builder event) {
        if (dataset.equals("nginx.ingress_controller")) {
            ingress(tail, event);
        } else if (dataset.equals("traefik.access")) {
            traefik(tail, event);
        } else if (tail.length() > 2 && tail.charAt(0) == '"') {
            // "$http_x_forwarded_for", the most usual addition
            int end = AccessLine.quoteEnd(tail, 1);
            String value = end > 1 ? tail.substring(1, end) : "";
            int comma = value.indexOf(',');
            String first =
                    Fill.canonical(comma < 0 ? value : value.substring(0, comma).strip());
            if (!first.isEmpty()) {
                event.set("network.forwarded_ip", first);
            }
        }
    }

    /** {@code length time [upstream] [alternative] address length time status id} of ingress-nginx. */
    private static void ingress(String tail, Event.Builder event) {
        event.set(Ecs.EVENT_TYPE, org.wanglou.sensors.format.part.Words.INFO);
        String[] words = tail.split(" ", 24);
        if (words.length < 5) {
            return;
        }
        Fill.number(event, "http.request.bytes", words[0]);
        Put.times(Ecs.EVENT_DURATION, 1_000_000_000L).text(event, words[1], java.time.ZoneOffset.UTC);
        Fill.text(
                event,
                "nginx.ingress_controller.upstream.name",
                words[2].replace("[", "").replace("]", ""));
        String id = words[words.length - 1];
        if (id.length() == 32) {
            event.set("http.request.id", id);
        }
        String upstream = words[4].endsWith(",") ? words[4].substring(0, words[4].length() - 1) : words[4];
        int colon = upstream.lastIndexOf(':');
        if (colon > 0) {
            Fill.text(event, "nginx.ingress_controller.upstream.ip", upstream.substring(0, colon));
            Fill.number(event, "nginx.ingress_controller.upstream.port", upstream.substring(colon + 1));
        }
    }

    /** {@code requests "frontend" "backend" durationms} of Traefik. */
    private static void traefik(String tail, Event.Builder event) {
        String[] words = tail.split(" ", 8);
        if (words.length < 4) {
            return;
        }
        Fill.number(event, "traefik.access.request_count", words[0]);
        Fill.text(event, "traefik.access.frontend_name", words[1].replace("\"", ""));
        Fill.text(event, "traefik.access.backend_url", words[2].replace("\"", ""));
        if (words[3].endsWith("ms")) {
            long millis = Fill.whole(words[3].substring(0, words[3].length() - 2));
            if (millis >= 0) {
                event.set(Ecs.EVENT_DURATION, millis * 1_000_000);
            }
        }
    }
}
