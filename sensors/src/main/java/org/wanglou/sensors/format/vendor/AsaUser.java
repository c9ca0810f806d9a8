package org.wanglou.sensors.format.vendor;

import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/** Who signs in to an ASA, what they type there, and the tunnels of its VPN. Pure. */
final class AsaUser {
    private AsaUser() {}

    static void login(String number, String said, Event.Builder event) {
        boolean failed = said.contains("denied")
                || said.contains("Rejected")
                || said.contains("rejected")
                || said.contains("failed")
                || said.contains("incorrect");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        int from = said.indexOf(" from ");
        int to = said.indexOf(" to ", Math.max(from, 0));
        if (from >= 0 && !number.startsWith("1130")) {
            String peer = AsaSides.word(said, from + 6);
            if (peer.equals("ssh") || peer.equals("console")) {
                int remote = said.indexOf("remote ", from);
                peer = remote < 0 ? "" : AsaSides.word(said, remote + 7).replace(")", "");
            }
            Fill.sourceWithPort(event, peer);
        }
        if (to > 0 && from >= 0) {
            String where = AsaSides.word(said, to + 4);
            int slash = where.lastIndexOf('/');
            int colon = where.indexOf(':');
            Fill.text(event, Ecs.NETWORK_PROTOCOL, slash < 0 ? "" : where.substring(slash + 1));
            Fill.destination(event, where.substring(colon + 1, slash < 0 ? where.length() : slash));
            Fill.text(event, Ecs.EGRESS_INTERFACE, where.substring(0, Math.max(colon, 0)));
        }
        user(said, event);
        int ip = said.indexOf("user IP = ");
        ip = ip < 0 ? said.indexOf("IP address: ") + 2 : ip;
        if (ip > 1) {
            String peer = AsaSides.word(said, ip + 10);
            Fill.source(event, peer.endsWith(":") ? peer.substring(0, peer.length() - 1) : peer);
        }
    }

    /** {@code User 'li' executed the 'configure terminal' command.} */
    static void command(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, Words.CHANGE)
                .set(Ecs.EVENT_ACTION, "command")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        user(said, event);
        int ip = said.indexOf(" from IP ");
        Fill.source(event, ip < 0 ? "" : AsaSides.word(said, ip + 9));
        int cmd = said.indexOf("executed cmd: ");
        Fill.text(event, Ecs.PROCESS_COMMAND_LINE, cmd < 0 ? "" : said.substring(cmd + 14));
        int executed = said.indexOf("executed ");
        int quote = executed < 0 ? -1 : said.indexOf('\'', executed);
        int end = quote < 0 ? -1 : said.lastIndexOf('\'');
        if (end > quote) {
            Fill.text(event, Ecs.PROCESS_COMMAND_LINE, said.substring(quote + 1, end));
        }
    }

    static boolean command(String number) {
        return number.equals("111008") || number.equals("111009") || number.equals("111010");
    }

    private static void user(String said, Event.Builder event) {
        for (String mark : List.of("for user \"", "User '", "Uname: ", "user = ", "Username = ", "user '")) {
            int at = said.indexOf(mark);
            if (at < 0) {
                continue;
            }
            char quote = mark.charAt(mark.length() - 1);
            int from = at + mark.length();
            int end = quote == '"' || quote == '\''
                    ? said.indexOf(quote, from)
                    : from + AsaSides.word(said, from).length();
            if (end > from) {
                String name = said.substring(from, end);
                Fill.text(event, Ecs.USER_NAME, name.endsWith(",") ? name.substring(0, name.length() - 1) : name);
            }
            return;
        }
    }

    /** {@code Group <x> User <li> IP <198.51.100.7> …}, {@code Group = x, Username = li, IP = …, …}. */
    static void vpn(String number, String said, Event.Builder event) {
        boolean end = said.contains("disconnected") || said.contains("terminated");
        boolean failed = said.contains("failed") || said.contains("rejected");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION_SESSION)
                .set(Ecs.EVENT_TYPE, end ? Words.END : failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, end ? "vpn_disconnect" : "vpn_session")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS)
                .set("cisco.asa.message_id", number);
        Fill.text(event, Ecs.GROUP_NAME, labelled(said, "Group"));
        String user = labelled(said, "User");
        Fill.text(event, Ecs.USER_NAME, user.isEmpty() ? labelled(said, "Username") : user);
        Fill.source(event, labelled(said, "IP"));
        CiscoAsa.duration(
                said.replace("Duration: ", " duration ")
                        .replace("h:", ":")
                        .replace("m:", ":")
                        .replace("s,", " "),
                event);
    }

    private static String labelled(String said, String label) {
        if (said.startsWith("Group ") && said.charAt(6) != '<' && said.charAt(6) != '=') {
            // "Group staff User li IP 192.0.2.1 WebVPN session …"
            int bare = label.equals("Group") ? 0 : said.indexOf(' ' + label + ' ') + 1;
            return bare == 0 && !label.equals("Group") ? "" : AsaSides.word(said, bare + label.length() + 1);
        }
        int at = said.indexOf(label + " <");
        if (at >= 0) {
            int end = said.indexOf('>', at);
            return end < 0 ? "" : said.substring(at + label.length() + 2, end);
        }
        at = said.indexOf(label + " = ");
        int end = at < 0 ? -1 : said.indexOf(',', at);
        return end < 0 ? "" : said.substring(at + label.length() + 3, end);
    }
}
