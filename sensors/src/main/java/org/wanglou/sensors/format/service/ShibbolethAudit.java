package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * The audit log of the Shibboleth identity provider in its default pattern ({@code idp.audit.format}): time, binding, request,
 * relying party, profile, provider, binding, response, principal, authentication context, attributes, name identifier,
 * assertions, parted by bars; version 4 and later put the client's address before or behind. Immutable.
 */
public final class ShibbolethAudit implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.length() < 40 || !text.startsWith("20") || text.indexOf("|") < 0) {
            return false;
        }
        String[] cells = text.split("\\|", 24);
        if (cells.length < 12) {
            return false;
        }
        int first =
                Fill.canonical(cells[0]).isEmpty() && Fill.canonical(cells[1]).isEmpty() ? 0 : 1;
        String binding = cells[1 + first];
        if (!binding.startsWith("urn:") && !binding.startsWith("http") && !binding.isEmpty()
                || !cells[4 + first].contains("shibboleth") && !cells[4 + first].startsWith("urn:")) {
            return false;
        }
        long time = stamp(cells[0], zone);
        if (time == Clock.NONE) {
            return false;
        }
        Clock.stamp(event, time);
        for (String cell : cells) {
            if (event.get(Ecs.SOURCE_IP) == null && !Fill.canonical(cell).isEmpty()) {
                Fill.source(event, cell);
            }
        }
        String profile = cells[4 + first];
        boolean logout = profile.endsWith("logout") || profile.contains("/slo");
        Words.dataset(event, "shibboleth.audit");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, logout ? Words.END : Words.START)
                .set(Ecs.EVENT_ACTION, logout ? "logout" : "single_sign_on");
        Fill.text(event, "shibboleth.relying_party", cells[3 + first]);
        Fill.text(event, "shibboleth.profile", profile);
        Fill.text(event, "shibboleth.provider", cells[5 + first]);
        String principal = cells[8 + first];
        Fill.text(event, Ecs.USER_NAME, principal);
        event.set(Ecs.EVENT_OUTCOME, principal.isEmpty() ? Words.FAILURE : Words.SUCCESS);
        Fill.text(event, "shibboleth.authn_context", cells[9 + first]);
        return true;
    }

    /** {@code 20261124T020500Z} or ISO 8601 with its signs. */
    private static long stamp(String cell, ZoneId zone) {
        boolean packed = cell.length() >= 15 && cell.charAt(8) == 'T' && cell.indexOf('-') < 0;
        return Clock.iso(
                packed
                        ? cell.substring(0, 4)
                                + '-'
                                + cell.substring(4, 6)
                                + '-'
                                + cell.substring(6, 11)
                                + ':'
                                + cell.substring(11, 13)
                                + ':'
                                + cell.substring(13)
                        : cell,
                zone);
    }
}
