package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.service.PeerAddress;
import org.wanglou.sensors.format.service.PlainText;
import org.wanglou.sensors.format.syslog.SyslogFormat;

/**
 * Messages of Cisco's switches and routers that say who did what: sign-ins over SSH, sessions ended, commands, ports and
 * their guests (802.1X, port security, DHCP snooping, ARP inspection), the zone firewall, NX-OS's programs. Pure.
 */
final class IosEvent {
    private IosEvent() {}

    static boolean read(String facility, String code, String said, Event.Builder event, ZoneId zone) {
        switch (code) {
            case "SSH2_USERAUTH", "SSH_USERAUTH" -> login(said.endsWith("Failed"), said, "User '", "'", event);
            case "SSH2_SESSION", "SSH_SESSION", "SSH2_CLOSE", "SSH_CLOSE" ->
                session(said, code.endsWith("CLOSE"), event);
            case "LOGOUT", "TTY_EXPIRE_TIMER" -> logout(said, event);
            case "CFGLOG_LOGGEDCMD" -> command(said, event);
            case "SESS_AUDIT_TRAIL", "SESS_AUDIT_TRAIL_START" -> flow(said, event);
            case "DROP_PKT" -> dropped(said, event);
            case "ACLLOG_FLOW_INTERVAL", "ACLLOG_NEW_FLOW" -> nexus(said, event);
            case "SYSTEM_MSG" -> program(said, event, zone);
            case "AAA_ACCOUNTING_MESSAGE" -> accounting(said, event);
            default -> {
                return port(facility, code, said, event);
            }
        }
        return true;
    }

    private static void login(boolean failed, String said, String before, String behind, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                .set(Ecs.EVENT_ACTION, "login")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        Fill.text(event, Ecs.USER_NAME, between(said, before, behind));
        PeerAddress.source(said, event);
    }

    private static void session(String said, boolean end, Event.Builder event) {
        boolean failed = said.contains("Failed") || said.contains("rejected");
        event.set(Ecs.EVENT_CATEGORY, List.of("network", "session"))
                .set(Ecs.EVENT_TYPE, end ? Words.CONNECTION_END : failed ? Words.CONNECTION : Words.CONNECTION_START)
                .set(Ecs.EVENT_ACTION, end ? "ssh_disconnect" : "ssh_connection")
                .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        Fill.text(event, Ecs.USER_NAME, between(said, "for user '", "'"));
        PeerAddress.source(said, event);
    }

    /** {@code User li has exited tty session 5(192.0.2.1)}, {@code (exec timer expired, tty 1 (192.0.2.1)), user li}. */
    private static void logout(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.SESSION)
                .set(Ecs.EVENT_TYPE, Words.END)
                .set(Ecs.EVENT_ACTION, "logout")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        int user = said.lastIndexOf(", user ");
        Fill.text(event, Ecs.USER_NAME, user >= 0 ? said.substring(user + 7) : between(said, "User ", " has exited"));
        PeerAddress.source(said, event);
    }

    /** {@code User:li  logged command:no ip http server}. */
    private static void command(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, Words.CHANGE)
                .set(Ecs.EVENT_ACTION, "command")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        Fill.text(event, Ecs.USER_NAME, between(said, "User:", " ").strip());
        int logged = said.indexOf("logged command:");
        Fill.text(event, Ecs.PROCESS_COMMAND_LINE, logged < 0 ? "" : said.substring(logged + 15));
    }

    /** {@code Stop tcp session: initiator (10.1.1.5:51000) sent 48 bytes -- responder (198.51.100.7:80) sent 40 bytes}. */
    private static void flow(String said, Event.Builder event) {
        boolean stop = said.contains("Stop ");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_TYPE, stop ? Words.CONNECTION_END : Words.CONNECTION_START)
                .set(Ecs.EVENT_ACTION, stop ? "flow-expiration" : "flow-creation")
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        String protocol = between(said, stop ? "Stop " : "Start ", " session");
        if (protocol.equals("tcp") || protocol.equals("udp") || protocol.equals("icmp")) {
            Words.transport(event, protocol);
        } else {
            Fill.text(event, Ecs.NETWORK_PROTOCOL, protocol);
        }
        Fill.sourceWithPort(event, between(said, "initiator (", ")"));
        Fill.destinationWithPort(event, between(said, "responder (", ")"));
        int responder = Math.max(said.indexOf("responder ("), 0);
        Fill.number(event, Ecs.SOURCE_BYTES, between(said.substring(0, responder), " sent ", " bytes"));
        Fill.number(event, Ecs.DESTINATION_BYTES, between(said.substring(responder), " sent ", " bytes"));
    }

    /** {@code Dropping tcp pkt from Gi1/0/2 10.1.1.5:51000 => 198.51.100.7:80(target:class)-(…) due to Policy drop:…}. */
    private static void dropped(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        Words.verdict(event, "drop");
        event.set(Ecs.EVENT_ACTION, "drop");
        Words.transport(event, between(said, "Dropping ", " "));
        Fill.text(event, Ecs.INGRESS_INTERFACE, between(said, " pkt from ", " "));
        int arrow = said.indexOf(" => ");
        if (arrow > 0) {
            Fill.sourceWithPort(event, said.substring(said.lastIndexOf(' ', arrow - 1) + 1, arrow));
            String to = AsaSides.word(said, arrow + 4);
            int open = to.indexOf('(');
            Fill.destinationWithPort(event, open < 0 ? to : to.substring(0, open));
        }
        Fill.text(event, Ecs.EVENT_REASON, between(said, "due to ", " with ip"));
    }

    /** {@code Source IP: 10.1.1.5, Destination IP: 198.51.100.7, Source Port: 51000, …, Protocol: "TCP"(6), Hit-count = 2}. */
    private static void nexus(String said, Event.Builder event) {
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK).set(Ecs.EVENT_TYPE, Words.CONNECTION);
        String list = said + ',';
        Fill.source(event, between(list, "Source IP: ", ","));
        Fill.destination(event, between(list, "Destination IP: ", ","));
        Fill.number(event, Ecs.SOURCE_PORT, between(list, "Source Port: ", ","));
        Fill.number(event, Ecs.DESTINATION_PORT, between(list, "Destination Port: ", ","));
        Fill.text(event, Ecs.INGRESS_INTERFACE, between(list, "Source Interface: ", ","));
        Words.transport(event, between(list, "Protocol: \"", "\""));
        Fill.text(event, Ecs.RULE_NAME, between(list, "ACL Name: ", ","));
        String action = between(list, "Acl Applied Action: ", ",");
        if (!action.isEmpty()) {
            Words.verdict(event, action);
        }
    }

    /** {@code update:192.0.2.1@ssh.26046:li:show version (SUCCESS)} of NX-OS. */
    private static void accounting(String said, Event.Builder event) {
        String[] parts = said.split(":", 4);
        boolean command = parts[0].equals("update") && parts.length > 3;
        event.set(Ecs.EVENT_CATEGORY, command ? Words.CONFIGURATION : Words.SESSION)
                .set(Ecs.EVENT_TYPE, command ? Words.ACCESS : parts[0].equals("stop") ? Words.END : Words.START)
                .set(Ecs.EVENT_ACTION, command ? "command" : "session_" + parts[0])
                .set(Ecs.EVENT_OUTCOME, said.endsWith("(FAILURE)") ? Words.FAILURE : Words.SUCCESS);
        Fill.source(event, parts.length > 1 ? Fill.canonical(parts[1].split("@", 2)[0]) : "");
        Fill.text(event, Ecs.USER_NAME, parts.length > 2 ? parts[2] : "");
        int bracket = command ? parts[3].lastIndexOf(" (") : -1;
        Fill.text(
                event,
                Ecs.PROCESS_COMMAND_LINE,
                command ? parts[3].substring(0, bracket < 0 ? parts[3].length() : bracket) : "");
    }

    /** What a program of NX-OS says, its name behind: {@code text - sshd[812]}. */
    private static void program(String said, Event.Builder event, ZoneId zone) {
        int name = said.lastIndexOf(" - ");
        int open = name < 0 ? -1 : said.indexOf('[', name);
        String behind = name < 0 ? "" : said.substring(name + 3, open < 0 ? said.length() : open);
        String program = behind.indexOf(' ') < 0 ? behind : "";
        String text = program.isEmpty() ? said : said.substring(0, name);
        event.set(Ecs.EVENT_TYPE, Words.INFO);
        Fill.text(event, Ecs.PROCESS_NAME, program);
        String plain = program.endsWith("sshd") ? "sshd" : program;
        Event.Builder aside = Event.builder();
        SyslogFormat.program(plain, text, aside, zone);
        if (aside.get(Ecs.EVENT_CATEGORY) != null) {
            for (var field : List.of(
                    Ecs.EVENT_CATEGORY,
                    Ecs.EVENT_TYPE,
                    Ecs.EVENT_ACTION,
                    Ecs.EVENT_OUTCOME,
                    Ecs.USER_NAME,
                    Ecs.SOURCE_IP,
                    Ecs.SOURCE_ADDRESS,
                    Ecs.SOURCE_PORT,
                    Ecs.EVENT_REASON)) {
                Object value = aside.get(field);
                if (value != null) {
                    event.set(field, value);
                }
            }
        }
    }

    /** Ports and who is at them. */
    private static boolean port(String facility, String code, String said, Event.Builder event) {
        boolean guest = facility.equals("DOT1X") || facility.equals("MAB") || facility.equals("AUTHMGR");
        boolean violation = code.startsWith("PSECURE_VIOLATION")
                || code.startsWith("DHCP_SNOOPING_DENY")
                || code.equals("ACL_DENY")
                || code.startsWith("DHCP_SNOOPING_MATCH")
                || code.equals("SECURITY_VIOLATION");
        if (guest) {
            boolean failed = code.contains("FAIL") || said.contains("ailed");
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                    .set(Ecs.EVENT_ACTION, "port_authentication")
                    .set(
                            Ecs.EVENT_OUTCOME,
                            failed
                                    ? Words.FAILURE
                                    : said.contains("ucce") || code.contains("SUCCESS")
                                            ? Words.SUCCESS
                                            : Words.UNKNOWN);
            Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(between(said, "client (", ")")));
        } else if (violation) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(Ecs.EVENT_CATEGORY, Words.NETWORK_INTRUSION)
                    .set(Ecs.EVENT_TYPE, Words.DENIED);
            String mac = between(said, "MAC address ", " ");
            String sender = between(said, "([", "/");
            Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(mac.isEmpty() ? sender : mac));
            if (!sender.isEmpty()) {
                Fill.source(event, between(said, sender + '/', "/"));
            }
        } else {
            return PlainText.read(said, event);
        }
        String port = between(said + ' ', "Interface ", " ");
        port = port.isEmpty() ? between(said + ' ', " on port ", " ") : port;
        port = port.isEmpty() ? between(said, " on ", ",") : port;
        Fill.text(event, Ecs.INGRESS_INTERFACE, port.endsWith(".") ? port.substring(0, port.length() - 1) : port);
        return true;
    }

    private static String between(String said, String before, String behind) {
        int at = said.indexOf(before);
        int from = at + before.length();
        int end = at < 0 ? -1 : said.indexOf(behind, from);
        return end < 0 || end - from > 200 ? "" : said.substring(from, end);
    }
}
