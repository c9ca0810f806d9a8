package org.wanglou.sensors.format.service;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * The debug log of Windows' DNS server: {@code 11/24/2026 9:59:58 AM 0E20 PACKET 000001B0 UDP Rcv 10.1.1.5 3f2a Q [0001 D
 * NOERROR] A (3)www(7)example(2)cn(0)}, dates in the order of the server's locale. Immutable.
 */
public final class WindowsDnsMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int packet = text.indexOf(" PACKET ");
        int open = packet < 0 ? -1 : text.indexOf('[', packet);
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (close < 0 || packet > 60) {
            return false;
        }
        String[] words = text.substring(packet + 8, open).strip().split(" +", 12);
        if (words.length < 5 || Fill.canonical(words[3]).isEmpty()) {
            return false;
        }
        boolean received = words[2].equals("Rcv");
        boolean response = words[words.length - 1].equals("R") || words.length > 5 && words[5].equals("R");
        String[] tail = text.substring(close + 1).strip().split(" +", 4);
        Words.dataset(event, "dns.windows");
        Clock.stamp(event, time(text.substring(0, packet), zone));
        Query.ask(event, labels(tail.length > 1 ? tail[1] : ""), tail[0], response ? "dns_reply" : "dns_query");
        Words.transport(event, words[1]);
        event.set("dns.type", response ? "answer" : "query").set("dns.id", words[4]);
        String flags = text.substring(open + 1, close).strip();
        int blank = flags.lastIndexOf(' ');
        if (response) {
            Fill.text(event, Ecs.DNS_RESPONSE_CODE, flags.substring(blank + 1));
        }
        if (received) {
            Fill.source(event, words[3]);
        } else {
            Fill.destination(event, words[3]);
        }
        return true;
    }

    /** {@code (3)www(7)example(2)cn(0)} is www.example.cn. */
    private static String labels(String text) {
        StringBuilder name = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length() && text.charAt(at) == '(') {
            int end = text.indexOf(')', at);
            int next = end < 0 ? -1 : text.indexOf('(', end);
            if (next < 0) {
                break;
            }
            name.append(name.length() == 0 ? "" : ".").append(text, end + 1, next);
            at = next;
        }
        return name.length() == 0 ? text : name.toString();
    }

    /** {@code M/d/yyyy h:mm:ss AM 0E20}, {@code yyyy/M/d H:mm:ss 0E20}, {@code yyyyMMdd H:mm:ss …}. */
    private static long time(String text, ZoneId zone) {
        String[] words = text.strip().split(" +", 5);
        if (words.length < 2) {
            return Clock.NONE;
        }
        String[] date = words[0].split("[/.-]", 4);
        String[] clock = words[1].split(":", 4);
        if (date.length != 3 || clock.length != 3) {
            return Clock.NONE;
        }
        boolean yearFirst = date[0].length() == 4;
        int year = (int) Fill.whole(yearFirst ? date[0] : date[2]);
        int month = (int) Fill.whole(yearFirst ? date[1] : date[0]);
        int day = (int) Fill.whole(yearFirst ? date[2] : date[1]);
        if (!yearFirst && month > 12) {
            int swap = month;
            month = day;
            day = swap;
        }
        long hour = Fill.whole(clock[0]);
        String half = words.length > 2 ? words[2] : "";
        hour = half.equals("PM") && hour < 12 ? hour + 12 : half.equals("AM") && hour == 12 ? 0 : hour;
        long minute = Fill.whole(clock[1]);
        long second = Fill.whole(clock[2]);
        return hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59
                ? Clock.NONE
                : Clock.of(year, month, day, ((hour * 60 + minute) * 60 + second) * 1000, zone);
    }
}
