package org.wanglou.rules.indicators.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.indicators.Hit;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.Indicator.Side;
import org.wanglou.rules.indicators.IndicatorSet.Everywhere;
import org.wanglou.rules.indicators.IndicatorSet.Part;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.live.EventFields.Use;
import org.wanglou.rules.indicators.table.Segment;
import org.wanglou.rules.indicators.value.Canonical;

/** Looks up the fields of an event in segments. Types nothing is held of cost nothing. Immutable; thread-safe. */
public final class SegmentLookup {
    private static final int LIST_MAX = 64;

    private final List<Part> parts;
    private final List<Typed> slots = new ArrayList<>();
    private final Map<String, List<Typed>> byName = new HashMap<>();

    private record Typed(IndicatorType type, Use use) {}

    public SegmentLookup(List<Part> parts) {
        this.parts = parts;
        for (IndicatorType type : IndicatorType.values()) {
            if (parts.stream().anyMatch(part -> part.segment().count(type) > 0)) {
                for (Use use : EventFields.of(type)) {
                    Typed typed = new Typed(type, use);
                    if (use.slot() == null) {
                        byName.computeIfAbsent(use.name(), name -> new ArrayList<>(1))
                                .add(typed);
                    } else {
                        slots.add(typed);
                    }
                }
            }
        }
    }

    /** Every valid hit, the most trusted of a field first. */
    public List<Hit> find(Event event) {
        List<Hit> hits = new ArrayList<>(0);
        for (Typed one : slots) {
            Object value = one.use.in(event);
            if (value != null) {
                values(event, one.type, one.use, value, hits);
            }
        }
        if (!event.extra().isEmpty()) {
            for (Map.Entry<String, Object> entry : event.extra().entrySet()) {
                for (Typed one : byName.getOrDefault(entry.getKey(), List.of())) {
                    values(event, one.type, one.use, entry.getValue(), hits);
                }
            }
        }
        for (Part part : parts) {
            for (Everywhere one : part.everywhere()) {
                if (one.indicator().validAt(event.timeMillis())
                        && EventComparing.holds(one.pattern().condition(), event)) {
                    hits.add(new Hit(one.indicator(), "event", one.indicator().value(), false));
                }
            }
        }
        return hits;
    }

    private void values(Event event, IndicatorType type, Use use, Object value, List<Hit> hits) {
        if (value instanceof String text) {
            value(event, type, use, text, hits);
        } else if (value instanceof List<?> list) {
            for (Object one : list.size() > LIST_MAX ? list.subList(0, LIST_MAX) : list) {
                if (one instanceof String text) {
                    value(event, type, use, text, hits);
                }
            }
        }
    }

    private void value(Event event, IndicatorType type, Use use, String text, List<Hit> hits) {
        byte[] octets = octets(event, type, use, text);
        if (octets == null) {
            return;
        }
        int before = hits.size();
        for (Part part : parts) {
            look(part.segment(), type, octets, found -> {
                if (counts(event, use, part, found)) {
                    hits.add(new Hit(found.indicator(), use.name(), text, use.inbound()));
                }
            });
        }
        if (hits.size() > before + 1) {
            List<Hit> own = hits.subList(before, hits.size());
            own.sort(Comparator.comparing((Hit hit) -> -hit.indicator().confidence())
                    .thenComparing(hit -> hit.indicator().source())
                    .thenComparing(hit -> hit.indicator().value()));
        }
    }

    private static void look(Segment segment, IndicatorType type, byte[] octets, Consumer<Segment.Found> sink) {
        switch (type) {
            case IP -> segment.address(octets, sink);
            case DOMAIN -> segment.domain(octets, sink);
            case URL_PREFIX -> segment.prefixes(octets, sink);
            default -> segment.exact(type, octets, sink);
        }
    }

    private static byte @Nullable [] octets(Event event, IndicatorType type, Use use, String text) {
        if (type == IndicatorType.IP) {
            return Addresses.parse(text).orElse(null);
        }
        String whole = text;
        if (type == IndicatorType.URL || type == IndicatorType.URL_PREFIX) {
            if (text.startsWith("/")) {
                // An access log has the path alone; the host is in a field of its own.
                String host = event.text(Ecs.URL_DOMAIN).orElse("");
                if (host.isEmpty()) {
                    return null;
                }
                whole = event.get("url.scheme") instanceof String scheme ? scheme + "://" + host + text : host + text;
            }
        }
        return Canonical.octets(type, whole).orElse(null);
    }

    private static boolean counts(Event event, Use use, Part part, Segment.Found found) {
        Indicator one = found.indicator();
        boolean side = one.side() == Side.ANY || one.side() == (use.inbound() ? Side.SOURCE : Side.DESTINATION);
        if (!side || !one.validAt(event.timeMillis())) {
            return false;
        }
        if (one.port() != 0 && !port(event, use, one.port())) {
            return false;
        }
        return found.pattern() < 0
                || EventComparing.holds(part.patterns().get(found.pattern()).condition(), event);
    }

    private static boolean port(Event event, Use use, int port) {
        List<String> names =
                use.inbound() ? List.of("source.port", "client.port") : List.of("destination.port", "server.port");
        return names.stream().anyMatch(name -> event.get(name) instanceof Long number && number == port);
    }
}
