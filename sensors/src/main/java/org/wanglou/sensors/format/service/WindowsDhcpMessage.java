package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Csv;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * The audit log of the Windows DHCP server ({@code DhcpSrvLog-*.log}, Microsoft, "Analyze DHCP Server Log Files"):
 * {@code ID,Date,Time,Description,IP Address,Host Name,MAC Address,User Name,…}, of IPv6 with a DUID in place of the MAC.
 * Immutable.
 */
public final class WindowsDhcpMessage implements Message {
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("00", "dhcp-log-start"),
            Map.entry("01", "dhcp-log-stop"),
            Map.entry("02", "dhcp-log-pause"),
            Map.entry("10", "dhcp-assign"),
            Map.entry("11", "dhcp-renew"),
            Map.entry("12", "dhcp-release"),
            Map.entry("13", "dhcp-conflict"),
            Map.entry("14", "dhcp-exhausted"),
            Map.entry("15", "dhcp-deny"),
            Map.entry("16", "dhcp-delete"),
            Map.entry("17", "dhcp-expire"),
            Map.entry("18", "dhcp-expire"),
            Map.entry("20", "dhcp-bootp"),
            Map.entry("22", "dhcp-exhausted"),
            Map.entry("24", "dhcp-cleanup-begin"),
            Map.entry("25", "dhcp-cleanup-end"),
            Map.entry("30", "dhcp-dns-update"),
            Map.entry("31", "dhcp-dns-update"),
            Map.entry("32", "dhcp-dns-update"),
            Map.entry("33", "dhcp-nap-drop"),
            Map.entry("34", "dhcp-dns-update"),
            Map.entry("35", "dhcp-dns-update"),
            Map.entry("36", "dhcp-failover-drop"));

    /** The explanations and the line of column names before the records. */
    public static boolean heading(String line) {
        return line.isBlank()
                || line.charAt(0) > '9'
                || line.charAt(0) == ' '
                || line.charAt(0) == '\t'
                || line.indexOf(',') < 0;
    }

    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int comma = text.indexOf(',');
        if (comma < 2 || comma > 5 || Fill.whole(text.substring(0, comma)) < 0 || !dated(text, comma + 1)) {
            return false;
        }
        List<String> cells = Csv.values(text, ',');
        if (cells.size() < 7) {
            return false;
        }
        String id = cells.get(0);
        Clock.stamp(event, Clock.iso(date(cells.get(1)) + ' ' + cells.get(2), zone));
        Words.dataset(event, "dhcp.windows");
        event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                .set(Ecs.EVENT_CODE, id)
                .set(Ecs.EVENT_ACTION, ACTIONS.getOrDefault(id, "dhcp-" + id))
                .set(Ecs.NETWORK_PROTOCOL, "dhcp")
                .set(Ecs.EVENT_TYPE, type(id));
        Fill.text(event, Ecs.MESSAGE, cells.get(3));
        String ip = Fill.canonical(cells.get(4));
        Fill.text(event, "client.ip", ip);
        Fill.text(event, "client.address", ip);
        Fill.text(event, "client.domain", cells.get(5).toLowerCase(Locale.ROOT));
        String mac = cells.get(6);
        Fill.text(event, mac.length() == 12 ? "client.mac" : "dhcp.duid", Fill.mac(mac));
        if (cells.size() > 7) {
            Fill.text(event, Ecs.USER_NAME, cells.get(7));
        }
        if (cells.size() > 8) {
            Fill.text(event, "dhcp.transaction_id", cells.get(8));
        }
        return true;
    }

    private static List<String> type(String id) {
        return switch (id) {
            case "10", "20" -> Words.CONNECTION_START;
            case "12", "16", "17", "18" -> Words.CONNECTION_END;
            case "13", "14", "22" -> Words.ERROR;
            case "15", "33" -> Words.DENIED;
            default -> Words.INFO;
        };
    }

    private static boolean dated(String text, int at) {
        return text.length() > at + 17
                && text.charAt(at + 2) == '/'
                && text.charAt(at + 5) == '/'
                && (text.charAt(at + 8) == ',' || text.charAt(at + 10) == ',');
    }

    /** {@code 11/24/26}, months first whatever the language of the server. */
    private static String date(String cell) {
        String year = cell.substring(6);
        return (year.length() == 2 ? "20" + year : year) + '-' + cell.substring(0, 2) + '-' + cell.substring(3, 5);
    }
}
