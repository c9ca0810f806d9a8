package org.wanglou.sensors.format.windows;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;

/**
 * Windows events in Snare's syslog form, which NXLog's {@code to_syslog_snare} writes too: {@code MSWinEventLog}, then tab-
 * separated criticality, channel, counter, time, id, source, user, SID type, result, computer, category, data, text. The
 * text's {@code Label: value} lines are taken apart where they are the account's. Immutable.
 */
public final class SnareLine implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int at = text.indexOf("MSWinEventLog");
        if (at < 0 || at > 300) {
            return false;
        }
        String body = text.substring(at + 13).replace("#011", "\t");
        String[] cells = body.split("\t", 16);
        if (cells.length < 11 || Fill.whole(cells[5].strip()) < 0) {
            return false;
        }
        event.set("winlog.event_id", cells[5].strip());
        Fill.text(event, WindowsEcs.CHANNEL, cells[2]);
        Fill.text(event, WindowsEcs.PROVIDER, cells[6]);
        Clock.stamp(event, Clock.ctime(cells[4].strip(), zone));
        Fill.text(event, WindowsEcs.COMPUTER, cells[10]);
        event.set(
                "winlog.keywords",
                cells[9].startsWith("Success")
                        ? "Audit Success"
                        : cells[9].startsWith("Failure") ? "Audit Failure" : cells[9]);
        String said = cells.length > 13 ? cells[13] : cells[cells.length - 1];
        Fill.text(event, Ecs.MESSAGE, said);
        accounts(said, event);
        if (!WindowsEcs.finish(event)) {
            return false;
        }
        String user = cells[7];
        if (event.get(Ecs.USER_NAME) == null && !user.equals("N/A")) {
            Fill.text(event, Ecs.USER_NAME, user.substring(user.indexOf('\\') + 1));
        }
        return true;
    }

    /** The rendered message of the Security channel, sections one after another. */
    private static void accounts(String said, Event.Builder event) {
        int target = Math.max(said.indexOf("New Logon:"), said.indexOf("Account For Which Logon Failed:"));
        section(
                said.substring(0, target > 0 ? target : said.length()),
                Math.max(said.indexOf("Subject:"), 0),
                "Subject",
                event);
        if (target > 0) {
            section(said, target, "Target", event);
        }
        label(said, "Logon Type:", "LogonType", event);
        label(said, "Source Network Address:", "IpAddress", event);
        label(said, "Source Port:", "IpPort", event);
        label(said, "Workstation Name:", "WorkstationName", event);
        label(said, "New Process Name:", "NewProcessName", event);
        label(said, "Process Command Line:", "CommandLine", event);
    }

    private static void section(String said, int from, String side, Event.Builder event) {
        put(said, from, "Account Name:", side + "UserName", event);
        put(said, from, "Account Domain:", side + "DomainName", event);
        put(said, from, "Security ID:", side + "UserSid", event);
    }

    private static void label(String said, String label, String field, Event.Builder event) {
        put(said, 0, label, field, event);
    }

    private static void put(String said, int from, String label, String field, Event.Builder event) {
        int at = said.indexOf(label, from);
        if (at < 0) {
            return;
        }
        int start = at + label.length();
        while (start < said.length() && said.charAt(start) <= ' ') {
            start++;
        }
        int end = start;
        while (end < said.length() && said.charAt(end) >= ' ' && !said.startsWith("  ", end)) {
            end++;
        }
        Fill.text(event, WindowsEcs.DATA + field, said.substring(start, end));
    }
}
