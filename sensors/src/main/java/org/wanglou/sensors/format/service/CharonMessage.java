package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** Tunnels of strongSwan's IKE daemon: {@code 05[IKE] IKE_SA x[1] established between A[id]...B[id]}. Immutable. */
public final class CharonMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int established = text.indexOf(" established between ");
        int failed = text.indexOf("AUTHENTICATION_FAILED");
        int authenticated = text.indexOf("authentication of '");
        int deleting = text.indexOf(" deleting IKE_SA ");
        if (established > 0 || deleting > 0) {
            int between = text.indexOf(" between ");
            event.set(Ecs.EVENT_CATEGORY, Words.SESSION)
                    .set(Ecs.EVENT_TYPE, established > 0 ? Words.START : Words.END)
                    .set(Ecs.EVENT_ACTION, established > 0 ? "vpn_established" : "vpn_deleted")
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS)
                    .set(Ecs.NETWORK_PROTOCOL, "ipsec");
            int dots = between < 0 ? -1 : text.indexOf("...", between);
            if (dots > 0) {
                peer(text.substring(between + 9, dots), false, event);
                peer(text.substring(dots + 3), true, event);
            }
            return true;
        }
        if (failed < 0 && authenticated < 0) {
            return false;
        }
        boolean success = failed < 0 && text.contains(" successful");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, success ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "vpn_login")
                .set(Ecs.EVENT_OUTCOME, success ? Words.SUCCESS : Words.FAILURE)
                .set(Ecs.NETWORK_PROTOCOL, "ipsec");
        int close = authenticated < 0 ? -1 : text.indexOf('\'', authenticated + 19);
        if (close > 0) {
            Fill.text(event, Ecs.USER_NAME, text.substring(authenticated + 19, close));
        }
        return true;
    }

    private static void peer(String text, boolean remote, Event.Builder event) {
        int open = text.indexOf('[');
        String address = open < 0 ? text : text.substring(0, open);
        int close = text.lastIndexOf(']');
        if (remote) {
            Fill.source(event, address.strip());
            if (open > 0 && close > open) {
                Fill.text(event, Ecs.USER_NAME, text.substring(open + 1, close));
            }
        } else {
            Fill.destination(event, address.strip());
        }
    }
}
