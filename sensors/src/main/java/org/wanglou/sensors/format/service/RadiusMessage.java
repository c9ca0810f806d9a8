package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * FreeRADIUS sign-ins, of eduroam among others: {@code Login OK: [li@xyz.edu.cn] (from client ap01 port 3 cli AA-BB-…)},
 * {@code Login incorrect (reason): […]}, in syslog or in its own file with ctime and {@code : Auth: (17) } before it. The
 * realm is {@code user.domain}. A password that the server was told to log is cut off. Immutable.
 */
public final class RadiusMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int login = text.indexOf("Login OK");
        login = login < 0 ? text.indexOf("Login incorrect") : login;
        login = login < 0 ? text.indexOf("Invalid user") : login;
        // sshd and web applications have invalid users too; the identity in brackets is FreeRADIUS' own
        if (login < 0 || login > 60 || text.indexOf(": [", login) < 0) {
            return false;
        }
        int auth = text.indexOf(" : ");
        if (auth > 20 && auth < login) {
            Clock.stamp(event, Clock.ctime(text.substring(0, auth), zone));
        }
        boolean ok = text.startsWith("Login OK", login);
        Words.dataset(event, "freeradius.log");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, ok ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "radius_login")
                .set(Ecs.EVENT_OUTCOME, ok ? Words.SUCCESS : Words.FAILURE)
                .set(Ecs.NETWORK_PROTOCOL, "radius");
        int colon = text.indexOf(": [", login);
        int reason = text.indexOf('(', login);
        if (!ok && reason > 0 && reason < colon) {
            Fill.text(
                    event,
                    Ecs.EVENT_REASON,
                    text.substring(reason + 1, Math.max(reason + 1, text.lastIndexOf(')', colon))));
        }
        int client = text.lastIndexOf(" (from client ");
        int close = text.lastIndexOf(']', client < 0 ? text.length() : client);
        if (colon > 0 && close > colon + 3) {
            user(text.substring(colon + 3, close), event);
        }
        if (client > 0) {
            client(text.substring(client + 14), event);
        }
        return true;
    }

    private static void user(String identity, Event.Builder event) {
        int password = identity.indexOf('/');
        String name = password > 0 ? identity.substring(0, password) : identity;
        if (password > 0) {
            // auth_goodpass and auth_badpass put the password here; it must not be kept anywhere
            String original = String.valueOf(event.get(Ecs.EVENT_ORIGINAL));
            event.set(Ecs.EVENT_ORIGINAL, original.replace(identity, name + "/***"));
            if (event.get(Ecs.MESSAGE) instanceof String said) {
                event.set(Ecs.MESSAGE, said.replace(identity, name + "/***"));
            }
        }
        Fill.text(event, Ecs.USER_NAME, name);
        int realm = name.lastIndexOf('@');
        if (realm > 0) {
            Fill.text(event, Ecs.USER_DOMAIN, name.substring(realm + 1));
        }
    }

    private static void client(String rest, Event.Builder event) {
        int close = rest.lastIndexOf(')');
        String[] words = (close < 0 ? rest : rest.substring(0, close)).split(" ", 12);
        Fill.text(event, "freeradius.client", words[0]);
        Fill.address(event, Ecs.OBSERVER_IP, words[0]);
        for (int i = 1; i + 1 < words.length; i += 2) {
            if (words[i].equals("port")) {
                Fill.text(event, "freeradius.port", words[i + 1]);
            } else if (words[i].equals("cli")) {
                String station = words[i + 1];
                if (Fill.canonical(station).isEmpty()) {
                    Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(station));
                } else {
                    Fill.source(event, station);
                }
            }
        }
    }
}
