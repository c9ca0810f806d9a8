package org.wanglou.sensors;

import java.util.List;
import java.util.Optional;
import org.wanglou.model.registry.PrefixMap;
import org.wanglou.sensors.format.Multiline;

/**
 * Who may send to a source, how much, in whose name, and how its lines are put together. Immutable.
 *
 * @param perPeer frames a second of one sender at most, 0 for no limit
 * @param allow prefixes whose addresses may send; empty: all
 * @param peers what is known of senders, by prefix; the longest that holds an address counts
 * @param multiline how lines are joined; empty: as the format says
 */
public record Intake(double perPeer, List<String> allow, List<Peer> peers, Optional<Multiline> multiline) {
    public static final Intake OPEN = new Intake(0, List.of(), List.of(), Optional.empty());

    /**
     * Senders of a prefix.
     *
     * @param prefix address or prefix, IPv4 or IPv6
     * @param organization unit of what they send; empty: as for the source
     * @param name what they are called ({@code wanglou.peer}); empty: nothing
     */
    public record Peer(String prefix, String organization, String name) {}

    public Intake {
        allow = List.copyOf(allow);
        peers = List.copyOf(peers);
        if (perPeer < 0 || perPeer > 0 && perPeer < 1) {
            throw new IllegalArgumentException(
                    "a rate limit of a peer is 1 a second or more, or 0 for none; is " + perPeer);
        }
        map(allow, peers);
    }

    /** Who may send and who is known. */
    record Known(Optional<PrefixMap<String>> allow, PrefixMap<Peer> peers) {
        boolean allows(String address) {
            return allow.isEmpty() || allow.get().find(address).isPresent();
        }
    }

    Known known() {
        return map(allow, peers);
    }

    /** @throws IllegalArgumentException when a prefix is none or stands twice */
    private static Known map(List<String> allow, List<Peer> peers) {
        PrefixMap.Builder<String> allowed = PrefixMap.builder();
        allow.forEach(prefix -> check(prefix, allowed.put(prefix, prefix)));
        PrefixMap.Builder<Peer> named = PrefixMap.builder();
        peers.forEach(peer -> check(peer.prefix(), named.put(peer.prefix(), peer)));
        return new Known(allow.isEmpty() ? Optional.empty() : Optional.of(allowed.build()), named.build());
    }

    private static void check(String prefix, boolean fresh) {
        if (!fresh) {
            throw new IllegalArgumentException(prefix + " is named twice");
        }
    }
}
