package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.host.AuditMessage;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.service.WireGuardMessage;

/**
 * What the Linux kernel logs: packets of iptables and nftables (xt_LOG, nf_log_syslog), whose prefix is the operator's own
 * words, the records of UFW among them, and audit records when no auditd takes them. Immutable.
 */
final class KernelMessage implements Message {
    private static final Message WIREGUARD = new WireGuardMessage();
    private static final Table PACKET = Table.keeping("iptables.")
            .put("SRC", Put.SOURCE)
            .put("DST", Put.DESTINATION)
            .put("SPT", Put.SOURCE_PORT)
            .put("DPT", Put.DESTINATION_PORT)
            .put("PROTO", Put.TRANSPORT)
            .put("IN", Ecs.INGRESS_INTERFACE)
            .put("OUT", Ecs.EGRESS_INTERFACE)
            .put("LEN", Put.NOTHING)
            .put("TTL", Put.number("iptables.ttl"))
            .put("ID", Put.NOTHING)
            .put("TOS", Put.NOTHING)
            .put("PREC", Put.NOTHING)
            .put("RES", Put.NOTHING)
            .put("URGP", Put.NOTHING)
            .put("WINDOW", Put.NOTHING)
            .put("UID", Ecs.USER_ID)
            .put("GID", Ecs.GROUP_ID)
            .put("TYPE", "iptables.icmp.type")
            .put("CODE", "iptables.icmp.code");

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = uptime(text);
        if (firewall(text.substring(at), event)) {
            return true;
        }
        if (text.startsWith("wireguard: ", at)) {
            return WIREGUARD.read(text.substring(at), event, zone);
        }
        int audit = text.indexOf("audit(", at);
        return audit >= 0 && AuditMessage.kernel(text, at, audit, event);
    }

    /** The index after {@code [12345.678901] }. */
    private static int uptime(String text) {
        int close = text.startsWith("[") ? text.indexOf("] ") : -1;
        if (close < 0 || close > 24) {
            return 0;
        }
        for (int i = 1; i < close; i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '.' && (c < '0' || c > '9')) {
                return 0;
            }
        }
        return close + 2;
    }

    /** A packet that a LOG rule saw: {@code prefix IN=eth0 OUT= MAC=… SRC=… DST=… … PROTO=TCP SPT=… DPT=…}. */
    static boolean firewall(String text, Event.Builder event) {
        int in = text.startsWith("IN=") ? 0 : text.indexOf(" IN=") + 1;
        // UniFi and EdgeOS put the prefix right before it: "[WAN_IN-default-D]IN=eth0"
        in = in == 0 && text.startsWith("[") ? text.indexOf("]IN=") + 1 : in;
        int src = text.indexOf(" SRC=", in);
        if (src < 0 || text.indexOf(" DST=", src) < 0 || in == 0 && !text.startsWith("IN=")) {
            return false;
        }
        Words.observer(event, "Linux", "netfilter", "firewall");
        Words.dataset(event, "iptables.log");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK);
        Pairs pairs = Pairs.of(text, in);
        while (pairs.next()) {
            if (pairs.is("MAC")) {
                macs(event, pairs.value());
            } else if (!inner(pairs, event)) {
                PACKET.set(event, pairs.key(), pairs.value(), java.time.ZoneOffset.UTC);
            }
        }
        String ip = String.valueOf(event.get(Ecs.SOURCE_IP));
        event.set(Ecs.NETWORK_TYPE, ip.indexOf(':') >= 0 ? "ipv6" : "ipv4");
        prefix(event, text.substring(0, in).strip());
        return true;
    }

    /** An ICMP error carries the packet it is about in brackets, whose addresses are not this packet's. */
    private static boolean inner(Pairs pairs, Event.Builder event) {
        return pairs.key().startsWith("[")
                || (pairs.is("SRC") || pairs.is("DST") || pairs.is("PROTO") || pairs.is("SPT") || pairs.is("DPT"))
                        && event.get(
                                        pairs.is("SRC")
                                                ? Ecs.SOURCE_ADDRESS
                                                : pairs.is("DST")
                                                        ? Ecs.DESTINATION_ADDRESS
                                                        : pairs.is("PROTO")
                                                                ? Ecs.NETWORK_TRANSPORT
                                                                : pairs.is("SPT")
                                                                        ? Ecs.SOURCE_PORT
                                                                        : Ecs.DESTINATION_PORT)
                                != null;
    }

    /** Destination, source and type of the Ethernet header: 14 octets. */
    private static void macs(Event.Builder event, String value) {
        if (value.length() >= 35) {
            Fill.text(event, Ecs.DESTINATION_MAC, Fill.mac(value.substring(0, 17)));
            Fill.text(event, Ecs.SOURCE_MAC, Fill.mac(value.substring(18, 35)));
        }
    }

    /** The operator's prefix says what the rule did, if it says anything: {@code [UFW BLOCK]}, {@code DROP: }, {@code ACCEPT}. */
    private static void prefix(Event.Builder event, String prefix) {
        if (!prefix.isEmpty()) {
            event.set(Ecs.RULE_NAME, prefix.length() > 128 ? prefix.substring(0, 128) : prefix);
        }
        String said = prefix.toUpperCase(Locale.ROOT);
        boolean denied = said.endsWith("-D]")
                || said.endsWith("-R]")
                || said.contains("DROP")
                || said.contains("BLOCK")
                || said.contains("DENY")
                || said.contains("DENIED")
                || said.contains("REJECT");
        boolean allowed =
                said.endsWith("-A]") || said.contains("ACCEPT") || said.contains("ALLOW") || said.contains("PERMIT");
        if (denied || allowed) {
            event.set(Ecs.EVENT_ACTION, denied ? "drop" : "accept")
                    .set(Ecs.EVENT_TYPE, denied ? Words.CONNECTION_DENIED : Words.CONNECTION_ALLOWED)
                    .set(Ecs.EVENT_OUTCOME, denied ? Words.FAILURE : Words.SUCCESS);
        } else {
            event.set(Ecs.EVENT_TYPE, Words.CONNECTION);
        }
    }
}
