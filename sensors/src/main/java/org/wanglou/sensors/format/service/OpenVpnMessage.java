package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** Tunnels of OpenVPN: {@code li/192.0.2.1:51820 …}, {@code 192.0.2.1:51820 [li] Peer Connection Initiated …}. Immutable. */
public final class OpenVpnMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int blank = text.indexOf(' ');
        if (blank <= 0) {
            return false;
        }
        String peer = text.substring(0, blank);
        String said = text.substring(blank + 1);
        int slash = peer.lastIndexOf('/');
        String address = peer.substring(slash + 1);
        int colon = address.lastIndexOf(':');
        if (colon <= 0 || Fill.canonical(address.substring(0, colon)).isEmpty()) {
            return false;
        }
        boolean up = said.contains("Peer Connection Initiated with");
        boolean failed = said.contains("AUTH_FAILED")
                || said.contains("auth_user_pass_verify")
                || said.contains("TLS Auth Error")
                || said.contains("VERIFY ERROR");
        boolean down =
                said.startsWith("SIGTERM") || said.startsWith("SIGUSR1") || said.contains("client-instance exiting");
        if (!up && !failed && !down && !said.startsWith("MULTI: Learn") && !said.startsWith("MULTI_sva")) {
            return false;
        }
        Words.dataset(event, "openvpn.log");
        event.set(Ecs.EVENT_CATEGORY, up || failed ? Words.AUTHENTICATION_SESSION : Words.SESSION)
                .set(Ecs.EVENT_TYPE, up ? Words.START : down ? Words.END : Words.INFO)
                .set(Ecs.EVENT_ACTION, up || failed ? "vpn_login" : down ? "vpn_disconnect" : "vpn_address")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS)
                .set(Ecs.NETWORK_PROTOCOL, "openvpn");
        Fill.source(event, address.substring(0, colon));
        Fill.number(event, Ecs.SOURCE_PORT, address.substring(colon + 1));
        int open = said.startsWith("[") ? said.indexOf(']') : -1;
        if (slash > 0) {
            Fill.text(event, Ecs.USER_NAME, peer.substring(0, slash));
        } else if (open > 1) {
            Fill.text(event, Ecs.USER_NAME, said.substring(1, open));
        }
        int learn = said.startsWith("MULTI: Learn: ") ? said.indexOf(" -> ") : -1;
        if (learn > 14) {
            Fill.address(event, Ecs.SOURCE_NAT_IP, said.substring(14, learn));
        }
        return true;
    }
}
