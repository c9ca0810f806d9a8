package org.wanglou.rules.indicators.live;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.rules.indicators.IndicatorType;

/**
 * Which ECS fields a type is looked for in, and in which direction: inbound where the known-bad side is the one that
 * acted. Administrators find the table in docs/administrators/intel.md. Immutable.
 */
public final class EventFields {
    /** A field; {@code slot} is null for one that the model keeps by name. */
    public record Use(String name, @Nullable Field slot, boolean inbound) {
        private static Use of(String name, boolean inbound) {
            Optional<Field> field = Ecs.named(name);
            return new Use(name, field.isPresent() ? field.get() : null, inbound);
        }

        /** The value in an event, null if absent. */
        public @Nullable Object in(Event event) {
            return slot == null ? event.extra().get(name) : event.get(slot);
        }
    }

    private static final Map<IndicatorType, List<Use>> TABLE = new EnumMap<>(IndicatorType.class);

    static {
        put(
                IndicatorType.IP,
                List.of("source.ip", "source.nat.ip", "client.ip"),
                List.of("destination.ip", "destination.nat.ip", "server.ip", "dns.resolved_ip"));
        put(
                IndicatorType.DOMAIN,
                List.of("source.domain", "client.domain"),
                List.of(
                        "dns.question.name",
                        "url.domain",
                        "destination.domain",
                        "tls.client.server_name",
                        "server.domain",
                        "dns.answers.data"));
        put(IndicatorType.URL, List.of(), List.of("url.full", "url.original"));
        put(IndicatorType.URL_PREFIX, List.of(), List.of("url.full", "url.original"));
        put(IndicatorType.URL_PATH, List.of(), List.of("url.path", "url.original"));
        List<String> hashes = new ArrayList<>();
        for (String of : List.of("file", "process", "dll", "process.parent")) {
            for (String kind : List.of("md5", "sha1", "sha256", "sha512", "sha384", "sm3")) {
                hashes.add(of + ".hash." + kind);
            }
        }
        put(IndicatorType.HASH, List.of(), hashes);
        put(IndicatorType.JA3, List.of(), List.of("tls.client.ja3"));
        put(IndicatorType.JA3S, List.of(), List.of("tls.server.ja3s"));
        put(IndicatorType.JA4, List.of(), List.of("tls.client.ja4"));
        put(
                IndicatorType.EMAIL,
                List.of("email.from.address", "email.sender.address", "email.reply_to.address"),
                List.of("email.to.address", "email.cc.address", "email.bcc.address"));
        put(
                IndicatorType.CERTIFICATE,
                List.of("tls.client.hash.md5", "tls.client.hash.sha1", "tls.client.hash.sha256"),
                List.of("tls.server.hash.md5", "tls.server.hash.sha1", "tls.server.hash.sha256"));
        put(
                IndicatorType.CERTIFICATE_SERIAL,
                List.of("tls.client.x509.serial_number"),
                List.of("tls.server.x509.serial_number", "x509.serial_number"));
        put(IndicatorType.FILE_NAME, List.of(), List.of("file.name", "process.name", "email.attachments.file.name"));
        put(IndicatorType.USER_AGENT, List.of("user_agent.original"), List.of());
    }

    private EventFields() {}

    private static void put(IndicatorType type, List<String> inbound, List<String> outbound) {
        List<Use> uses = new ArrayList<>();
        inbound.forEach(name -> uses.add(Use.of(name, true)));
        outbound.forEach(name -> uses.add(Use.of(name, false)));
        TABLE.put(type, List.copyOf(uses));
    }

    /** Names of all of them, and of the event's times. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(Ecs.TIMESTAMP.name(), Ecs.EVENT_INGESTED.name()));
        TABLE.values().forEach(uses -> uses.forEach(use -> names.add(use.name())));
        return Set.copyOf(names);
    }

    /** The fields of a type. */
    public static List<Use> of(IndicatorType type) {
        return TABLE.getOrDefault(type, List.of());
    }
}
