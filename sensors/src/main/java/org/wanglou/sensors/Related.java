package org.wanglou.sensors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Addresses;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;

/** All addresses, users, hosts and hashes of an event in {@code related.*} (ECS 8), what its sender gave among them. Pure. */
final class Related {
    /** More of one kind than this are the content of an attack, not relations. */
    private static final int MOST = 64;

    private static final List<Field> ADDRESSES = List.of(
            Ecs.SOURCE_IP,
            Ecs.SOURCE_NAT_IP,
            Ecs.DESTINATION_IP,
            Ecs.DESTINATION_NAT_IP,
            Ecs.HOST_IP,
            Ecs.DNS_RESOLVED_IP);
    private static final List<Field> USERS = List.of(Ecs.USER_NAME, Ecs.USER_EFFECTIVE_NAME, Ecs.USER_TARGET_NAME);
    private static final List<Field> HOSTS = List.of(Ecs.HOST_NAME, Ecs.SOURCE_DOMAIN, Ecs.DESTINATION_DOMAIN);

    private enum Kind {
        ADDRESS,
        USER,
        HOST,
        HASH
    }

    /** Fields without a slot that name one of the four: looked up by the few that an event has, not one by one. */
    private static final Map<String, Kind> OTHERS = others();

    private static Map<String, Kind> others() {
        Map<String, Kind> others = new HashMap<>();
        List.of("client.ip", "server.ip", "network.forwarded_ip").forEach(name -> others.put(name, Kind.ADDRESS));
        List.of("source.user.name", "destination.user.name", "client.user.name", "server.user.name")
                .forEach(name -> others.put(name, Kind.USER));
        List.of("client.domain", "server.domain").forEach(name -> others.put(name, Kind.HOST));
        for (String of : List.of("file", "process", "dll")) {
            List.of("md5", "sha1", "sha256").forEach(hash -> others.put(of + ".hash." + hash, Kind.HASH));
        }
        others.put("process.pe.imphash", Kind.HASH);
        others.put("related.hash", Kind.HASH);
        return Map.copyOf(others);
    }

    void fill(Event.Builder event) {
        List<String> addresses = gathered(event, Ecs.RELATED_IP, ADDRESSES);
        List<String> users = gathered(event, Ecs.RELATED_USER, USERS);
        List<String> hosts = gathered(event, Ecs.RELATED_HOSTS, HOSTS);
        List<String> hashes = new ArrayList<>(0);
        for (Map.Entry<String, Object> other : event.sofar().extra().entrySet()) {
            Kind kind = OTHERS.get(other.getKey());
            if (kind != null) {
                switch (kind) {
                    case ADDRESS -> add(addresses, other.getValue());
                    case USER -> add(users, other.getValue());
                    case HOST -> add(hosts, other.getValue());
                    case HASH -> add(hashes, other.getValue());
                }
            }
        }
        addresses.removeIf(text -> Addresses.parse(text).isEmpty());
        set(event, Ecs.RELATED_IP, addresses);
        set(event, Ecs.RELATED_USER, users);
        set(event, Ecs.RELATED_HOSTS, hosts);
        if (!hashes.isEmpty()) {
            event.set(
                    "related.hash",
                    hashes.stream()
                            .map(hash -> hash.toLowerCase(Locale.ROOT))
                            .distinct()
                            .sorted()
                            .toList());
        }
    }

    private static List<String> gathered(Event.Builder event, Field related, List<Field> fields) {
        List<String> all = new ArrayList<>(4);
        for (Field field : fields) {
            add(all, event.get(field));
        }
        add(all, event.get(related));
        return all;
    }

    private static void add(List<String> all, @Nullable Object value) {
        if (value instanceof String text) {
            if (!text.isEmpty() && all.size() < MOST && !all.contains(text)) {
                all.add(text);
            }
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                add(all, item instanceof String ? item : null);
            }
        }
    }

    private static void set(Event.Builder event, Field field, List<String> values) {
        if (!values.isEmpty()) {
            values.sort(null);
            event.set(field, values);
        }
    }
}
