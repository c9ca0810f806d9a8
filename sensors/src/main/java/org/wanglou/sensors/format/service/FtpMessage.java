package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * FTP servers: vsftpd's own file ({@code Sun Aug 27 16:28:20 2006 [pid 1] [li] OK UPLOAD: Client "192.0.2.1", "/a", 8 bytes}),
 * ProFTPD, Pure-FTPd and the BSD ftpd in syslog. Immutable.
 */
public final class FtpMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int client = text.indexOf("Client \"");
        if (client > 0) {
            return vsftpd(text, client, event, zone);
        }
        if (text.startsWith("ANONYMOUS FTP LOGIN FROM ") || text.startsWith("FTP LOGIN FROM ")) {
            int from = text.indexOf(" FROM ") + 6;
            int comma = text.indexOf(',', from);
            login(event, Words.SUCCESS, text.startsWith("ANON") ? "anonymous" : "");
            Fill.source(event, text.substring(from, comma < 0 ? text.length() : comma));
            return true;
        }
        if (text.startsWith("(") && text.contains("@")) {
            return pureFtpd(text, event);
        }
        int user = text.indexOf("USER ");
        int peer = text.indexOf("])");
        int session = peer < 0 ? -1 : peer + 2;
        if (peer > 0 && (user < 0 || user < peer) && text.contains("login attempt")) {
            user = -1;
            login(event, Words.FAILURE, text.contains("oot login attempted") ? "root" : "");
            Fill.source(event, text.substring(text.lastIndexOf('[', peer) + 1, peer));
            return true;
        }
        if (user > 0 && session > 0 && user - session < 8) {
            int end = user + 5;
            while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != ' ') {
                end++;
            }
            login(
                    event,
                    text.contains("Login successful") ? Words.SUCCESS : Words.FAILURE,
                    text.substring(user + 5, end));
            int open = text.lastIndexOf('[', session);
            int close = open < 0 ? -1 : text.indexOf(']', open);
            if (close > 0) {
                Fill.source(event, text.substring(open + 1, close));
            }
            return true;
        }
        return false;
    }

    private static void login(Event.Builder event, String outcome, String user) {
        Words.dataset(event, "ftp.log");
        event.set(Ecs.EVENT_CATEGORY, Words.AUTHENTICATION)
                .set(Ecs.EVENT_TYPE, outcome.equals(Words.SUCCESS) ? Words.START : Words.INFO)
                .set(Ecs.EVENT_ACTION, "ftp_login")
                .set(Ecs.EVENT_OUTCOME, outcome)
                .set(Ecs.NETWORK_PROTOCOL, "ftp");
        Fill.text(event, Ecs.USER_NAME, user);
    }

    /** {@code (li@192.0.2.1) [WARNING] Authentication failed for user [li]}. */
    private static boolean pureFtpd(String text, Event.Builder event) {
        int at = text.indexOf('@');
        int close = text.indexOf(')', at);
        if (close < 0) {
            return false;
        }
        int user = text.indexOf('[', text.indexOf(" user "));
        int userEnd = user < 0 ? -1 : text.indexOf(']', user);
        boolean failed = text.contains("Authentication failed");
        if (failed || text.contains("is now logged in")) {
            login(
                    event,
                    failed ? Words.FAILURE : Words.SUCCESS,
                    failed && userEnd > 0 ? text.substring(user + 1, userEnd) : text.substring(1, at));
        } else {
            event.set(Ecs.EVENT_CATEGORY, Words.NETWORK)
                    .set(Ecs.EVENT_TYPE, Words.INFO)
                    .set(Ecs.NETWORK_PROTOCOL, "ftp");
        }
        Fill.source(event, text.substring(at + 1, close));
        return true;
    }

    private static boolean vsftpd(String text, int client, Event.Builder event, ZoneId zone) {
        int pid = text.indexOf("[pid ");
        if (pid > 0) {
            Clock.stamp(event, Clock.ctime(text.substring(0, pid).strip(), zone));
            int close = text.indexOf(']', pid);
            Fill.number(event, Ecs.PROCESS_PID, text.substring(pid + 5, Math.max(close, pid + 5)));
        }
        Words.dataset(event, "ftp.log");
        int ip = client + 8;
        int ipEnd = text.indexOf('"', ip);
        if (ipEnd < 0) {
            return false;
        }
        int user = text.lastIndexOf('[', client);
        int userEnd = user < 0 ? -1 : text.indexOf(']', user);
        String name = user > pid && userEnd > 0 && userEnd < client ? text.substring(user + 1, userEnd) : "";
        String verb = text.substring(userEnd > 0 && userEnd < client ? userEnd + 1 : 0, client)
                .strip();
        verb = verb.endsWith(":") ? verb.substring(0, verb.length() - 1) : verb;
        boolean ok = !verb.startsWith("FAIL");
        if (verb.endsWith("LOGIN")) {
            login(event, ok ? Words.SUCCESS : Words.FAILURE, name);
        } else {
            boolean transfer = verb.endsWith("LOAD") || verb.endsWith("DELETE") || verb.endsWith("MKDIR");
            event.set(Ecs.EVENT_CATEGORY, transfer ? Words.FILE : Words.NETWORK)
                    .set(Ecs.EVENT_TYPE, transfer ? Words.ACCESS : Words.CONNECTION)
                    .set(
                            Ecs.EVENT_ACTION,
                            "ftp_" + verb.substring(verb.lastIndexOf(' ') + 1).toLowerCase(java.util.Locale.ROOT))
                    .set(Ecs.EVENT_OUTCOME, ok ? Words.SUCCESS : Words.FAILURE)
                    .set(Ecs.NETWORK_PROTOCOL, "ftp");
            Fill.text(event, Ecs.USER_NAME, name);
            int file = text.indexOf('"', ipEnd + 1);
            int fileEnd = file < 0 ? -1 : text.lastIndexOf('"');
            if (fileEnd > file) {
                Fill.text(event, Ecs.FILE_PATH, text.substring(file + 1, fileEnd));
            }
        }
        Fill.source(event, text.substring(ip, ipEnd));
        return true;
    }
}
