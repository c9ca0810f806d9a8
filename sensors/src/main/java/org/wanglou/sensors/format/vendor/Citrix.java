package org.wanglou.sensors.format.vendor;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Citrix ADC (NetScaler syslog message reference): {@code 11/24/2026:09:59:58 GMT ns1 0-PPE-0 : default TCP CONN_TERMINATE 1 0 :
 * Source 192.0.2.1:80 - Destination … - Total_bytes_send 1 - …}, the parts behind the second colon parted by hyphens. The
 * date's order is the device's setting: the month first unless it cannot be one. Immutable.
 */
public final class Citrix implements Message {
    @Override
    public boolean read(String line, Event.Builder event, ZoneId zone) {
        String text = line.stripLeading();
        if (text.length() < 40 || text.charAt(2) != '/' || text.charAt(10) != ':' || text.charAt(13) != ':') {
            return false;
        }
        int colon = text.indexOf(" : ");
        int second = colon < 0 ? -1 : text.indexOf(" : ", colon + 3);
        String[] words = second < 0
                ? new String[0]
                : text.substring(colon + 3, second).strip().split(" +", 8);
        String[] head =
                colon < 0 ? new String[0] : text.substring(19, colon).strip().split(" +", 4);
        if (words.length < 4 || colon > 80 || head.length < 2) {
            return false;
        }
        boolean gmt = head[0].equals("GMT") || head[0].equals("UTC");
        int a = Clock.digits(text, 0, 2);
        int b = Clock.digits(text, 3, 2);
        long clock = Clock.clock(text, 11);
        if (a < 1 || b < 1 || clock < 0) {
            return false;
        }
        Words.dataset(event, "citrix_adc.log");
        Words.observer(event, "Citrix", "ADC", "network");
        Clock.stamp(
                event,
                Clock.of(
                        Clock.digits(text, 6, 4),
                        a > 12 ? b : a,
                        a > 12 ? a : b,
                        clock,
                        gmt ? java.time.ZoneOffset.UTC : zone));
        Fill.text(event, Ecs.OBSERVER_NAME, head[gmt ? 1 : 0]);
        String said = text.substring(second + 3).strip();
        event.set(Ecs.MESSAGE, said).set("citrix.feature", words[1]).set(Ecs.EVENT_CODE, words[2]);
        said(words[1], words[2], said, event);
        return true;
    }

    private static void said(String feature, String code, String said, Event.Builder event) {
        event.set(Ecs.EVENT_ACTION, code.toLowerCase(Locale.ROOT)).set(Ecs.EVENT_TYPE, Words.INFO);
        for (String part : said.split(" - ", 64)) {
            part(part.strip(), event);
        }
        boolean login = code.equals("LOGIN") || code.equals("LOGIN_FAILED");
        if (login) {
            boolean failed = code.endsWith("FAILED");
            event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                    .set(Ecs.EVENT_TYPE, failed ? Words.INFO : Words.START)
                    .set(Ecs.EVENT_OUTCOME, failed ? Words.FAILURE : Words.SUCCESS);
        } else if (code.equals("LOGOUT")) {
            event.set(Ecs.EVENT_CATEGORY, Words.SESSION)
                    .set(Ecs.EVENT_TYPE, Words.END)
                    .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
        } else if (code.equals("CMD_EXECUTED")) {
            event.set(Ecs.EVENT_CATEGORY, Words.CONFIGURATION).set(Ecs.EVENT_TYPE, Words.CHANGE);
        } else if (feature.equals("APPFW")) {
            event.set(Ecs.EVENT_KIND, "alert")
                    .set(Ecs.EVENT_CATEGORY, List.of("web", "intrusion_detection"))
                    .set(Ecs.EVENT_TYPE, said.contains("<blocked>") ? Words.DENIED : Words.INFO);
        } else if (event.get(Ecs.SOURCE_IP) != null) {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                    .set(
                            Ecs.EVENT_TYPE,
                            code.contains("TERMINATE") || code.contains("DELINK") || code.contains("END")
                                    ? Words.CONNECTION_END
                                    : Words.CONNECTION);
            if (feature.equals("TCP")) {
                Words.transport(event, "tcp");
            }
        }
    }

    /** {@code Client_ip 192.0.2.1}, {@code Command "show version"}. */
    private static void part(String part, Event.Builder event) {
        int blank = part.lastIndexOf("] Source ");
        String pair = blank >= 0 ? part.substring(blank + 2) : part;
        int cut = pair.indexOf(' ');
        if (cut < 0) {
            return;
        }
        String value = pair.substring(cut + 1).strip();
        value = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).strip()
                : value;
        switch (pair.substring(0, cut)) {
            case "Source", "ClientIP", "Client_ip", "Remote_ip" -> Fill.sourceWithPort(event, value);
            case "Destination", "VserverServiceIP" -> Fill.destinationWithPort(event, value);
            case "ClientPort" -> Fill.number(event, Ecs.SOURCE_PORT, value);
            case "VserverServicePort" -> Fill.number(event, Ecs.DESTINATION_PORT, value);
            case "NatIP" -> nat(value, event);
            case "User" -> Fill.text(event, Ecs.USER_NAME, value.split(" ", 2)[0]);
            case "username:domainname" -> Fill.text(event, Ecs.USER_NAME, value.split(":", 2)[0]);
            case "Failure_reason" -> Fill.text(event, Ecs.EVENT_REASON, value);
            case "Browser", "Browser_type" -> Fill.text(event, Ecs.USER_AGENT_ORIGINAL, value);
            case "Command" -> Fill.text(event, Ecs.PROCESS_COMMAND_LINE, value);
            case "Status" -> event.set(Ecs.EVENT_OUTCOME, Words.outcome(value));
            case "Total_bytes_send" -> Fill.number(event, Ecs.SOURCE_BYTES, value);
            case "Total_bytes_recv" -> Fill.number(event, Ecs.DESTINATION_BYTES, value);
            case "ClientVersion" -> Fill.text(event, "citrix.tls_version", value);
            case "Vserver" -> Fill.text(event, "citrix.vserver", value);
            default -> {
                // times and counters of the session
            }
        }
    }

    private static void nat(String value, Event.Builder event) {
        int colon = value.lastIndexOf(':');
        Fill.address(event, Ecs.SOURCE_NAT_IP, colon < 0 ? value : value.substring(0, colon));
        Fill.number(event, Ecs.SOURCE_NAT_PORT, colon < 0 ? "" : value.substring(colon + 1));
    }
}
