package org.wanglou.ui.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.ui.report.document.ReportDocument;

/**
 * A period [from, to) and the moment it is looked at. Immutable.
 *
 * @param from milliseconds UTC
 * @param to milliseconds UTC
 * @param now milliseconds UTC
 */
record Range(long from, long to, long now) {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final long LONGEST = 400L * 24 * 3_600_000;
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZONE);

    Range {
        if (from <= 0 || to <= from) {
            throw new Refused(Refused.Kind.INVALID, "统计期的起始时间须早于结束时间");
        }
        if (to - from > LONGEST) {
            throw new Refused(Refused.Kind.INVALID, "统计期不能超过 400 天");
        }
        if (from >= now) {
            throw new Refused(Refused.Kind.INVALID, "统计期尚未开始");
        }
    }

    /** Up to when there can be data. */
    long until() {
        return Math.min(to, now);
    }

    ReportDocument.Period period() {
        return new ReportDocument.Period(utc(from), utc(to), ZONE.getId(), shown(from), shown(to), to <= now);
    }

    static String utc(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String shown(long millis) {
        return SHOWN.format(Instant.ofEpochMilli(millis));
    }
}
