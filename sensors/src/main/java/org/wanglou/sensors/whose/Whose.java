package org.wanglou.sensors.whose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Field;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;

/**
 * The unit of an event, by the first of these that tells one: the sender's certificate; the source's own unit; the asset
 * acted upon; each address of the event, what is nearest to the unit first, by port block, by NAT log, by prefix; the
 * sender's prefix. Nothing is guessed: what none of them tells is 未归属 with the reason.
 *
 * <p>A source that is an <em>exit</em> of its unit speaks of others: certificate and unit then only bound who may be
 * meant (that unit and those below it), and the sender's prefix says nothing. An event of an exit that names no address
 * at all is about the device and belongs to the exit's unit. Thread-safe.
 */
public final class Whose {
    private static final List<Side> FLOW = List.of(
            new Side(Ecs.DESTINATION_NAT_IP, Ecs.DESTINATION_NAT_PORT, false),
            new Side(Ecs.DESTINATION_IP, Ecs.DESTINATION_PORT, true),
            new Side(Ecs.SOURCE_IP, Ecs.SOURCE_PORT, true),
            new Side(Ecs.SOURCE_NAT_IP, Ecs.SOURCE_NAT_PORT, true));
    /** A server's log is about the server. The host of an exit's log is the exit, which says nothing. */
    private static final List<Side> HOST_FIRST = hostFirst();

    private static List<Side> hostFirst() {
        List<Side> sides = new ArrayList<>(List.of(new Side(Ecs.HOST_IP, Ecs.HOST_IP, false)));
        sides.addAll(FLOW);
        return List.copyOf(sides);
    }

    /** @param translated whether several units may stand behind the address, told apart by port */
    private record Side(Field address, Field port, boolean translated) {}

    private final NatSessions sessions;

    public Whose(NatSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @param event as far as its format has read it
     * @param peer the sender's address, empty when it came from none
     * @param certificate the unit the sender's certificate stands for; empty when it showed none
     * @param unit the unit its source is configured for; empty when for none
     * @param exit whether that source reports on the units below its own
     */
    public Attribution of(Registry registry, Event event, String peer, String certificate, String unit, boolean exit) {
        String own = certificate.isEmpty() ? unit : certificate;
        if (!own.isEmpty() && !exit) {
            return Attribution.of(own, certificate.isEmpty() ? "listener" : "certificate");
        }
        Attribution found = byContent(registry, event, own);
        if (exit && found.assigned()) {
            // Only an exit is believed: whoever may send datagrams could else say who was behind an address.
            sessions.learn(event, found.organization());
        }
        if (exit || found.assigned()) {
            return found;
        }
        Optional<Organization> byPeer = peer.isEmpty() ? Optional.empty() : registry.unitOf(peer);
        return byPeer.map(sender -> Attribution.of(sender.id(), "prefix of the sender"))
                .orElse(found);
    }

    /** @param exit unit whose exit reports; empty when it is none */
    private Attribution byContent(Registry registry, Event event, String exit) {
        Optional<String> byAsset = registry.targetOf(event)
                .map(asset -> asset.organization())
                .filter(owner -> within(registry, owner, exit));
        if (byAsset.isPresent()) {
            return Attribution.of(byAsset.get(), "asset");
        }
        boolean addressed = false;
        boolean outside = false;
        for (Side side : exit.isEmpty() ? HOST_FIRST : FLOW) {
            if (!(event.get(side.address()) instanceof String address) || loopback(address)) {
                continue;
            }
            addressed = true;
            Attribution found = byAddress(registry, event, side, address);
            if (found.assigned()) {
                if (within(registry, found.organization(), exit)) {
                    return found;
                }
                outside = true;
            }
        }
        if (!exit.isEmpty() && !addressed) {
            return "unparsed".equals(event.get(Ecs.EVENT_DATASET))
                    ? Attribution.none("its line could not be read")
                    : Attribution.of(exit, "about the exit: names no address");
        }
        return Attribution.none(
                outside ? "its addresses lie outside the exit's units" : "no prefix holds its addresses");
    }

    private Attribution byAddress(Registry registry, Event event, Side side, String address) {
        long port = side.translated() ? event.number(side.port(), 0) : 0;
        if (port > 0) {
            Optional<Organization> block = registry.unitBehind(address, port);
            if (block.isPresent()) {
                return Attribution.of(
                        block.get().id(), "port block of " + side.address().name());
            }
            Optional<NatSessions.Behind> behind = sessions.behind(
                    address, port, event.text(Ecs.NETWORK_TRANSPORT).orElse(""), event.timeMillis());
            if (behind.isPresent()) {
                return new Attribution(
                        behind.get().organization(),
                        "NAT log of " + side.address().name(),
                        behind.get().address());
            }
        }
        return registry.unitOf(address)
                .map(unit ->
                        Attribution.of(unit.id(), "prefix of " + side.address().name()))
                .orElse(Attribution.none(""));
    }

    private static boolean loopback(String address) {
        return address.startsWith("127.") || address.equals("::1");
    }

    private static boolean within(Registry registry, String unit, String exit) {
        return exit.isEmpty() || registry.within(unit, exit);
    }
}
