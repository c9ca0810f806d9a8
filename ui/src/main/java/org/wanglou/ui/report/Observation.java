package org.wanglou.ui.report;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.store.events.EventIndex;
import org.wanglou.store.events.EventIndex.Bucket;
import org.wanglou.store.events.EventIndex.EventQuery;
import org.wanglou.ui.report.document.Applicability;
import org.wanglou.ui.report.document.ReportDocument.Completeness;
import org.wanglou.ui.report.document.ReportDocument.Gap;
import org.wanglou.ui.report.document.ReportDocument.Source;
import org.wanglou.ui.report.document.Text;

/** What was seen at all in a period: events, sources, and times of silence. Pure but for the archive. */
final class Observation {
    private static final long HOUR = 3_600_000;
    private static final int MOST_INTERVALS = 500;
    private static final int MOST_SOURCES = 20;

    private Observation() {}

    static Completeness of(EventIndex events, Units units, Range range) {
        long length = range.until() - range.from();
        long span = length <= MOST_INTERVALS * HOUR ? HOUR : 24 * HOUR;
        int intervals = (int) ((length + span - 1) / span);
        EventQuery query = new EventQuery("", range.from(), range.until(), units.ids(), "", 1);
        List<Bucket> buckets = events.histogram(query, intervals);
        if (buckets.isEmpty()) {
            buckets = List.of(new Bucket(range.from(), length, 0));
            intervals = 1;
        }
        long archived = 0;
        long empty = 0;
        List<long[]> gaps = new ArrayList<>();
        for (Bucket bucket : buckets) {
            archived += bucket.count();
            if (bucket.count() > 0) {
                continue;
            }
            empty++;
            long end = Math.min(bucket.from() + bucket.span(), range.until());
            if (!gaps.isEmpty() && gaps.get(gaps.size() - 1)[1] == bucket.from()) {
                gaps.get(gaps.size() - 1)[1] = end;
            } else {
                gaps.add(new long[] {bucket.from(), end});
            }
        }
        List<Source> sources = archived == 0
                ? List.of()
                : events.top(query, "event.dataset", MOST_SOURCES).stream()
                        .map(count -> new Source(count.value(), count.count()))
                        .toList();
        return new Completeness(
                null,
                archived,
                archived == 0 ? Applicability.NO_DATA : Applicability.APPLICABLE,
                buckets.get(0).span(),
                buckets.size(),
                empty,
                gaps.size(),
                gaps.stream()
                        .limit(Completeness.MOST_GAPS)
                        .map(gap -> new Gap(Range.utc(gap[0]), Range.utc(gap[1])))
                        .toList(),
                sources,
                statement(archived, sources.size(), buckets.size(), empty, gaps));
    }

    private static Text statement(long archived, int sources, int intervals, long empty, List<long[]> gaps) {
        if (archived == 0) {
            return new Text(
                    "统计期内没有归档日志：无数据。没有收到日志不等于没有发生事件，请先检查采集。",
                    "No event of the period is in the archive: no data. Receiving nothing does not mean that nothing happened.");
        }
        String longest = gaps.stream()
                .max((one, other) -> Long.compare(one[1] - one[0], other[1] - other[0]))
                .map(gap -> "，最长自 " + Range.shown(gap[0]) + " 至 " + Range.shown(gap[1]))
                .orElse("");
        return new Text(
                "统计期内归档日志 " + archived + " 条，日志类型 " + sources + " 种（至多列 " + MOST_SOURCES + " 种）；按 " + intervals
                        + " 个时间格检查，无日志的有 " + empty + " 格、" + gaps.size() + " 段" + longest
                        + "。按时段的接收计数未保存（无数据）；无日志的时段内是否有事件，无从知道。",
                archived + " events of the period are in the archive, of " + sources + " data sets; of " + intervals
                        + " intervals " + empty + " have none, in " + gaps.size()
                        + " gaps. Receipts are not kept by period; what happened in a gap is not known.");
    }
}
