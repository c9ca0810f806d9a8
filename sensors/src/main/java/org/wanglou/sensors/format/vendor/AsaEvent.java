package org.wanglou.sensors.format.vendor;

import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.service.PeerAddress;

/** Messages of the ASA that are no connection and no access list: URLs, botnet filter, threat detection, accounts. Pure. */
final class AsaEvent {
    private AsaEvent() {}

    static boolean read(String number, String said, Event.Builder event) {
        if (number.startsWith("3040")) {
            url(said, event);
        } else if (number.startsWith("3380")) {
            filter(said, event);
        } else if (number.equals("303002")) {
            file(said, event);
        } else if (number.startsWith("7331") || number.equals("401004") || number.startsWith("4000")) {
            threat(number, said, event);
        } else if (number.startsWith("5021") && said.contains("Uname: ")) {
            account(number, said, event);
        } else if (number.equals("710005") || number.equals("710006") || number.equals("106001")) {
            refused(said, event);
        } else if (number.startsWith("1110")) {
            event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.INFO);
            AsaSides.sides(said, event);
        } else {
            return false;
        }
        return true;
    }

    /** {@code li@10.1.1.5(LOCAL\li) Accessed URL 198.51.100.7:http://…}, {@code Access denied URL … SRC … DEST …}. */
    private static void url(String said, Event.Builder event) {
        boolean denied = said.startsWith("Access denied");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB)
                .set(Ecs.EVENT_TYPE, denied ? List.of("access", "denied") : Words.ACCESS)
                .set(Ecs.EVENT_OUTCOME, denied ? Words.FAILURE : Words.SUCCESS);
        int mark = said.indexOf("URL ");
        if (mark < 0) {
            return;
        }
        String rest = AsaSides.word(said, mark + 4);
        if (denied) {
            Fill.url(event, rest);
            int src = said.indexOf(" SRC ");
            int dest = said.indexOf(" DEST ");
            Fill.source(event, src < 0 ? "" : AsaSides.word(said, src + 5));
            Fill.destination(event, dest < 0 ? "" : AsaSides.word(said, dest + 6));
            return;
        }
        String who = AsaSides.word(said, 0);
        int at = who.indexOf('@');
        int open = who.indexOf('(');
        Fill.source(event, who.substring(at + 1, open < 0 ? who.length() : open));
        Fill.text(event, Ecs.USER_NAME, at > 0 ? who.substring(0, at) : "");
        int colon = rest.indexOf(':');
        if (colon > 0) {
            Fill.destination(event, rest.substring(rest.lastIndexOf('@', colon) + 1, colon));
            Fill.url(event, rest.substring(colon + 1));
        }
    }

    /** {@code Dynamic Filter dropped blacklisted TCP traffic from …, destination … resolved from dynamic list: bad.example.com}. */
    private static void filter(String said, Event.Builder event) {
        boolean dropped = said.contains("Filter dropped");
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, List.of("network", "malware"))
                .set(Ecs.EVENT_TYPE, dropped ? Words.CONNECTION_DENIED : Words.CONNECTION_ALLOWED)
                .set(Ecs.EVENT_OUTCOME, dropped ? Words.FAILURE : Words.SUCCESS)
                .set(Ecs.EVENT_ACTION, "dynamic-filter");
        int traffic = said.indexOf(" traffic from ");
        int word = traffic < 0 ? -1 : said.lastIndexOf(' ', traffic - 1);
        Words.transport(event, word < 0 ? "" : said.substring(word + 1, traffic));
        AsaSides.sides(said, event);
        int list = said.indexOf(" list: ");
        String name = list < 0 ? "" : AsaSides.word(said, list + 7);
        Fill.text(event, Ecs.DESTINATION_DOMAIN, name.indexOf('/') < 0 ? name : "");
        int category = said.indexOf("category: ");
        Fill.text(event, Ecs.RULE_CATEGORY, category < 0 ? "" : said.substring(category + 10));
    }

    /** {@code FTP connection from inside:10.1.1.5/5000 to outside:198.51.100.7/21, user li Stored file /a/b}. */
    private static void file(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, List.of("network", "file"))
                .set(Ecs.EVENT_TYPE, List.of("connection", "access"))
                .set(Ecs.NETWORK_PROTOCOL, "ftp");
        AsaSides.sides(said, event);
        int user = said.indexOf(", user ");
        Fill.text(event, Ecs.USER_NAME, user < 0 ? "" : AsaSides.word(said, user + 7));
        int file = said.indexOf(" file ", Math.max(user, 0));
        Fill.text(event, Ecs.FILE_PATH, file < 0 ? "" : said.substring(file + 6));
    }

    private static void threat(String number, String said, Event.Builder event) {
        boolean shunned = number.equals("401004");
        event.set(Ecs.EVENT_KIND, "alert")
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK_INTRUSION)
                .set(Ecs.EVENT_TYPE, shunned ? Words.DENIED : Words.INFO);
        int arrow = said.indexOf(" ==> ");
        if (arrow > 0) {
            Fill.source(event, said.substring(said.lastIndexOf(' ', arrow - 1) + 1, arrow));
            Fill.destination(event, AsaSides.word(said, arrow + 5));
        } else if (number.startsWith("4000")) {
            AsaSides.sides(said, event);
            Fill.text(event, Ecs.RULE_NAME, said.contains(" from ") ? said.substring(0, said.indexOf(" from ")) : "");
        } else {
            PeerAddress.source(said, event);
        }
    }

    /** {@code New user added to local dbase: Uname: li Priv: 15 …}, {@code User priv level changed: Uname: li From: 1 To: 15}. */
    private static void account(String number, String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.IAM)
                .set(
                        Ecs.EVENT_TYPE,
                        number.equals("502101")
                                ? Words.USER_CREATION
                                : number.equals("502102") ? Words.USER_DELETION : Words.USER_CHANGE)
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        Fill.text(event, Ecs.USER_NAME, AsaSides.word(said, said.indexOf("Uname: ") + 7));
    }

    private static void refused(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, Words.CONNECTION_DENIED)
                .set(Ecs.EVENT_ACTION, "firewall-rule")
                .set(Ecs.EVENT_OUTCOME, Words.FAILURE);
        for (String word : List.of("TCP ", "UDP ", "ICMP ")) {
            if (said.startsWith(word) || said.startsWith("Inbound " + word)) {
                Words.transport(event, word.strip());
            }
        }
        AsaSides.sides(said, event);
    }
}
