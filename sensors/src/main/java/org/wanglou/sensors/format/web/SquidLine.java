package org.wanglou.sensors.format.web;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Squid's native access log: {@code time elapsed client code/status bytes method URL user hierarchy/peer type}
 * (logformat squid). Pure.
 */
public final class SquidLine {
    private SquidLine() {}

    public static boolean read(String text, Event.Builder event, ZoneId zone) {
        String[] words = words(text.strip());
        if (words.length < 8 || words[0].indexOf('.') < 0) {
            return false;
        }
        long time = Clock.epoch(words[0]);
        int slash = words[3].indexOf('/');
        if (time == Clock.NONE || slash < 1 || Fill.whole(words[1]) == Long.MIN_VALUE) {
            return false;
        }
        Words.dataset(event, "squid.log");
        String code = words[3].substring(0, slash);
        boolean denied = code.contains("DENIED");
        event.set(Ecs.TIMESTAMP, time)
                .set(Ecs.EVENT_CATEGORY, Words.NETWORK_WEB)
                .set(Ecs.EVENT_TYPE, denied ? Words.DENIED : Words.ACCESS)
                .set(Ecs.EVENT_ACTION, code)
                .set(Ecs.EVENT_DURATION, Math.max(Fill.whole(words[1]), 0) * 1_000_000);
        long status = Fill.whole(words[3].substring(slash + 1));
        event.set(Ecs.EVENT_OUTCOME, status > 0 && status < 400 && !denied ? Words.SUCCESS : Words.FAILURE);
        if (status > 0) {
            event.set(Ecs.HTTP_STATUS, status);
        }
        Fill.source(event, words[2]);
        Fill.number(event, "http.response.bytes", words[4]);
        Fill.text(event, Ecs.HTTP_METHOD, words[5].toUpperCase(Locale.ROOT));
        int at = 6;
        // A refused request may have no URL: then the user comes first.
        if (words.length >= 10 || words[6].indexOf('/') >= 0 || words[6].indexOf(':') >= 0) {
            if (words[5].equals("CONNECT")) {
                event.set(Ecs.URL_ORIGINAL, words[6]);
                Fill.authority(event, words[6]);
            } else {
                Fill.url(event, words[6]);
            }
            at = 7;
        }
        Fill.text(event, Ecs.USER_NAME, words[at]);
        if (at + 1 < words.length) {
            int peer = words[at + 1].indexOf('/');
            Fill.text(event, "squid.hierarchy", peer < 0 ? words[at + 1] : words[at + 1].substring(0, peer));
            if (peer > 0) {
                Fill.destination(event, words[at + 1].substring(peer + 1));
            }
        }
        if (at + 2 < words.length) {
            Fill.text(event, "http.response.mime_type", words[at + 2]);
        }
        return true;
    }

    /** What stands between blanks, as far as anything of it is read. */
    private static String[] words(String text) {
        List<String> words = new ArrayList<>(12);
        int length = text.length();
        for (int at = 0; at < length && words.size() < 12; ) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? length : end;
            if (end > at) {
                words.add(text.substring(at, end));
            }
            at = end + 1;
        }
        return words.toArray(new String[0]);
    }
}
