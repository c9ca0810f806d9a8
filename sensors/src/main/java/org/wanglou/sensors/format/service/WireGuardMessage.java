package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * WireGuard in the Linux kernel, once its dynamic debug messages are on: {@code wireguard: wg0: Receiving handshake initiation
 * from peer 4 (203.0.113.24:51820)}, and what wg-quick runs. Peers are numbers; who they are stands in the
 * configuration alone. Immutable.
 */
public final class WireGuardMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int mark = text.indexOf("wireguard: ");
        if (mark < 0 || mark > 32) {
            return text.startsWith("[#] ") && quick(text.substring(4), event);
        }
        int colon = text.indexOf(": ", mark + 11);
        if (colon < 0 || colon - mark > 32) {
            return false;
        }
        String said = text.substring(colon + 2);
        Words.dataset(event, "wireguard.log");
        event.set(Ecs.EVENT_PROVIDER, "wireguard")
                .set("observer.ingress.interface.name", text.substring(mark + 11, colon))
                .set("network.transport", "udp")
                .set(Ecs.MESSAGE, said)
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.CONNECTION);
        peer(said, event);
        what(said, event);
        return true;
    }

    private static void peer(String said, Event.Builder event) {
        int peer = said.indexOf("peer ");
        int end = peer < 0 ? -1 : peer + 5;
        while (end > 0 && end < said.length() && said.charAt(end) > ' ' && said.charAt(end) != ',') {
            end++;
        }
        if (end > 0) {
            Fill.text(event, "wireguard.log.peer", said.substring(peer + 5, end));
        }
        int open = said.indexOf('(', Math.max(end, 0));
        int close = said.indexOf(')', open + 1);
        String address = open >= 0 && close > 0 && close + 1 < said.length() && said.charAt(close + 1) == ')'
                ? said.substring(open + 1, close)
                : open >= 0 && close > 0 ? said.substring(open + 1, close) : "";
        int from = said.lastIndexOf(" from ");
        if (!address.contains(":") && from > 0) {
            address = said.substring(from + 6).split("[ ,]", 2)[0];
        }
        boolean ours = said.startsWith("Sending") || said.startsWith("Handshake for") || said.startsWith("Retrying");
        if (address.contains(":") && !address.startsWith("einval")) {
            if (ours) {
                Fill.destinationWithPort(event, address);
            } else {
                Fill.sourceWithPort(event, address);
            }
        }
    }

    private static void what(String said, Event.Builder event) {
        boolean refused =
                said.startsWith("Invalid") || said.contains("unallowed") || said.contains("No peer has allowed");
        if (refused) {
            event.set(Ecs.EVENT_ACTION, said.contains("unallowed") ? "source-refused" : "handshake-refused")
                    .set(Ecs.EVENT_TYPE, Words.CONNECTION_DENIED)
                    .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        } else if (said.contains("did not complete")) {
            event.set(Ecs.EVENT_ACTION, "handshake-timeout").set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        } else if (said.startsWith("Keypair") && said.contains(" created")) {
            event.set(Ecs.EVENT_ACTION, "session-started")
                    .set(Ecs.EVENT_TYPE, Words.CONNECTION_START)
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        } else if (said.startsWith("Keypair") && said.contains(" destroyed")
                || said.startsWith("Peer") && said.contains(" destroyed")) {
            event.set(Ecs.EVENT_ACTION, "session-ended").set(Ecs.EVENT_TYPE, Words.CONNECTION_END);
        } else if (said.contains("handshake")) {
            event.set(Ecs.EVENT_ACTION, said.contains("response") ? "handshake-response" : "handshake-initiation");
        } else if (said.contains("keepalive")) {
            event.set(Ecs.EVENT_ACTION, "keepalive");
        }
    }

    /** {@code [#] ip link add wg0 type wireguard}, as wg-quick tells what it runs. */
    private static boolean quick(String said, Event.Builder event) {
        if (!said.startsWith("ip ")
                && !said.startsWith("wg ")
                && !said.startsWith("resolvconf ")
                && !said.startsWith("sysctl ")
                && !said.startsWith("nft ")
                && !said.startsWith("iptables")) {
            return false;
        }
        Words.dataset(event, "wireguard.log");
        event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, Words.CHANGE)
                .set(Ecs.EVENT_ACTION, "wg-quick")
                .set(Ecs.PROCESS_COMMAND_LINE, said)
                .set(Ecs.MESSAGE, said);
        return true;
    }
}
