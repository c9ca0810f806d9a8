package org.wanglou.sensors;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
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
    private static final List<String> OTHER_ADDRESSES = List.of("client.ip", "server.ip", "network.forwarded_ip");
    private static final List<Field> USERS = List.of(Ecs.USER_NAME, Ecs.USER_EFFECTIVE_NAME, Ecs.USER_TARGET_NAME);
    private static final List<String> OTHER_USERS =
            List.of("source.user.name", "destination.user.name", "client.user.name", "server.user.name");
    private static final List<Field> HOSTS = List.of(Ecs.HOST_NAME, Ecs.SOURCE_DOMAIN, Ecs.DESTINATION_DOMAIN);
    private static final List<String> OTHER_HOSTS = List.of("client.domain", "server.domain");
    private static final List<String> HASHES = List.of(
            "file.hash.md5",
            "file.hash.sha1",
            "file.hash.sha256",
            "process.hash.md5",
            "process.hash.sha1",
            "process.hash.sha256",
            "process.pe.imphash",
            "dll.hash.md5",
            "dll.hash.sha1",
            "dll.hash.sha256");

    void fill(Event.Builder event) {
        TreeSet<String> addresses = gathered(event, Ecs.RELATED_IP, ADDRESSES, OTHER_ADDRESSES);
        addresses.removeIf(text -> Addresses.canonical(text).isEmpty());
        set(event, Ecs.RELATED_IP, addresses);
        set(event, Ecs.RELATED_USER, gathered(event, Ecs.RELATED_USER, USERS, OTHER_USERS));
        set(event, Ecs.RELATED_HOSTS, gathered(event, Ecs.RELATED_HOSTS, HOSTS, OTHER_HOSTS));
        TreeSet<String> hashes = new TreeSet<>();
        add(hashes, event.get("related.hash"));
        HASHES.forEach(name -> add(hashes, event.get(name)));
        if (!hashes.isEmpty()) {
            event.set(
                    "related.hash",
                    hashes.stream()
                            .map(hash -> hash.toLowerCase(Locale.ROOT))
                            .distinct()
                            .toList());
        }
    }

    private static TreeSet<String> gathered(
            Event.Builder event, Field related, List<Field> fields, List<String> names) {
        TreeSet<String> all = new TreeSet<>();
        fields.forEach(field -> add(all, event.get(field)));
        names.forEach(name -> add(all, event.get(name)));
        add(all, event.get(related));
        return all;
    }

    private static void add(TreeSet<String> all, @org.jspecify.annotations.Nullable Object value) {
        if (value instanceof String text && !text.isEmpty() && all.size() < MOST) {
            all.add(text);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> add(all, item instanceof String ? item : null));
        }
    }

    private static void set(Event.Builder event, Field field, TreeSet<String> values) {
        if (!values.isEmpty()) {
            event.set(field, List.copyOf(values));
        }
    }
}
