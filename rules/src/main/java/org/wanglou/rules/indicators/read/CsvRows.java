package org.wanglou.rules.indicators.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;
import org.wanglou.rules.indicators.live.LivePattern.Value;
import org.wanglou.rules.text.CsvReader;

/** Rows below a heading. Columns: type, value; and description, source, confidence, from, to, tlp. Confined. */
final class CsvRows {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Intake intake;
    private final List<String> heading;

    CsvRows(Intake intake, List<String> heading) {
        this.intake = intake;
        this.heading = heading;
    }

    void row(int number, String line) {
        List<String> cells = CsvReader.cells(line);
        if (cells.size() != heading.size()) {
            intake.problem(
                    number,
                    cells.size() + " cells where the heading has " + heading.size(),
                    "count the commas; put texts with commas in quotes");
            return;
        }
        try {
            Indicator about = about(cells);
            String word = cell(cells, "type");
            String value = cell(cells, "value");
            if (cell(cells, "to_ids").equals("0")) {
                intake.skip("not for detection (to_ids)");
                return;
            }
            Optional<IndicatorType> own = IndicatorType.named(word);
            if (own.isPresent()) {
                intake.value(number, "", about.valued(own.get(), value));
                return;
            }
            List<Value> values = MispTypes.values(word.toLowerCase(Locale.ROOT), value);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("unknown type '" + word + "'");
            }
            values.forEach(one -> intake.value(
                    number, "", about.valued(one.type(), one.written()).on(one.side(), one.port())));
        } catch (IllegalArgumentException | DateTimeException e) {
            intake.problem(
                    number,
                    String.valueOf(e.getMessage()),
                    "columns: type,value,description,source,confidence,from,to; types ip, domain, url, url-prefix, hash,"
                            + " ja3, ja3s, ja4, email, certificate, certificate-serial, filename, user-agent and MISP's;"
                            + " dates yyyy-mm-dd");
        }
    }

    private String cell(List<String> cells, String column) {
        int at = heading.indexOf(column);
        return at < 0 ? "" : cells.get(at);
    }

    private Indicator about(List<String> cells) {
        String confidence = cell(cells, "confidence");
        String from = cell(cells, "from");
        String to = cell(cells, "to");
        String text = cell(cells, "description");
        Origin origin = new Origin(
                cell(cells, "source").isEmpty() ? intake.source("") : cell(cells, "source"), cell(cells, "tlp"));
        return Indicator.of(IndicatorType.URL, "", text.isEmpty() ? cell(cells, "comment") : text, origin)
                .trusted(confidence.isEmpty() ? intake.options().confidence() : Integer.parseInt(confidence), 0)
                .between(
                        from.isEmpty() ? Long.MIN_VALUE : start(from, false),
                        to.isEmpty() ? Long.MAX_VALUE : start(to, true));
    }

    /** A day's first or last millisecond, or an instant as it is. */
    private static long start(String text, boolean last) {
        if (text.length() > 10) {
            return Instant.parse(text).toEpochMilli();
        }
        LocalDate day = LocalDate.parse(text);
        return last
                ? day.plusDays(1).atStartOfDay(ZONE).toInstant().toEpochMilli() - 1
                : day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }
}
