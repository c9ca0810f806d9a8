package org.wanglou.sensors.format.part;

import java.time.ZoneId;

/**
 * Times as people and Chinese systems write them: {@code 2026年11月25日 下午3:04:05}, {@code 2026/1/7 9:03:41}, {@code 20261124
 * 10:00:00}, {@code 2026-11-24 03:04:05 PM}. Local unless a zone follows. Pure.
 */
final class LooseClock {
    private LooseClock() {}

    /** Milliseconds, {@link Clock#NONE} when it is none of these. */
    static long read(String text, ZoneId zone) {
        Scan scan = new Scan(text, 0);
        long millis = leading(text, scan, zone);
        scan.blanks();
        return scan.atEnd() ? millis : Clock.NONE;
    }

    /** The time that a text begins with. */
    static long leading(String text, Scan scan, ZoneId zone) {
        int year = scan.number(4);
        if (year < 1970 || year > 9999) {
            return Clock.NONE;
        }
        boolean compact = scan.at() < text.length() && Scan.digit(text.charAt(scan.at()));
        if (!compact && !(scan.take('-') || scan.take('/') || scan.take('.') || scan.take('年'))) {
            return Clock.NONE;
        }
        int month = scan.number(2);
        if (!compact && !(scan.take('-') || scan.take('/') || scan.take('.') || scan.take('月'))) {
            return Clock.NONE;
        }
        int day = scan.number(2);
        int from = scan.at();
        if (scan.take('日') || scan.take('号') || scan.take('T') || scan.take('_')) {
            from = -1;
        }
        scan.blanks();
        if (scan.at() == from || scan.at() >= text.length()) {
            // a day alone
            return scan.at() >= text.length() && !compact ? Clock.of(year, month, day, 0, zone) : Clock.NONE;
        }
        int half = half(text, scan);
        scan.blanks();
        return clock(text, scan, half, Clock.of(year, month, day, 0, java.time.ZoneOffset.UTC), zone);
    }

    /** 12 after noon, 0 before, -1 when nothing is said. */
    private static int half(String text, Scan scan) {
        int half = -1;
        if (text.startsWith("上午", scan.at()) || text.startsWith("凌晨", scan.at()) || text.startsWith("早上", scan.at())) {
            half = 0;
        } else if (text.startsWith("下午", scan.at())
                || text.startsWith("晚上", scan.at())
                || text.startsWith("中午", scan.at())) {
            half = 12;
        }
        if (half >= 0) {
            scan.skip(2);
        }
        return half;
    }

    private static long clock(String text, Scan scan, int said, long day, ZoneId zone) {
        int hour = scan.number(2);
        if (day == Clock.NONE || hour < 0 || !(scan.take(':') || scan.take('：') || scan.take('时') || scan.take('点'))) {
            return Clock.NONE;
        }
        int minute = scan.number(2);
        int second = scan.take(':') || scan.take('：') || scan.take('分') ? Math.max(scan.number(2), 0) : 0;
        scan.take('秒');
        int millis = 0;
        if (scan.take('.') || scan.take(',')) {
            millis = Math.max(Clock.digits(text, scan.at(), 3), 0);
            scan.digits();
        }
        scan.blanks();
        int half = said;
        if (half < 0 && (text.startsWith("PM", scan.at()) || text.startsWith("pm", scan.at()))) {
            half = 12;
            scan.skip(2);
        } else if (half < 0 && (text.startsWith("AM", scan.at()) || text.startsWith("am", scan.at()))) {
            half = 0;
            scan.skip(2);
        }
        if (minute < 0 || minute > 59 || second > 60 || hour > 23) {
            return Clock.NONE;
        }
        hour = half == 12 && hour < 12 ? hour + 12 : half == 0 && hour == 12 ? 0 : hour;
        return Clock.zoned(day + ((hour * 60L + minute) * 60 + second) * 1000 + millis, zone);
    }
}
