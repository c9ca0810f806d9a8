package org.wanglou.ui.report.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure that the machine computed, with the sealed records it was computed from. Immutable.
 *
 * <p>JSON null stands in {@code value} where there is none, which {@code applicability} explains, and in numerator and
 * denominator where the figure has none.
 *
 * @param id stable, such as {@code deadlines.rate}
 * @param value rounded to one decimal
 * @param unit 起, 条, %, 分钟 and the like
 * @param denominator also the number of values behind a median
 * @param formula how it is computed, zh-CN
 * @param recordCount how many records there are in all
 * @param records the first of them, at most {@value #MOST_RECORDS}
 * @param rest where the others are found
 */
public record Indicator(
        String id,
        Text name,
        @Nullable Double value,
        Text unit,
        @Nullable Long numerator,
        @Nullable Long denominator,
        String formula,
        Applicability applicability,
        long recordCount,
        List<Ref> records,
        Rest rest) {
    public static final int MOST_RECORDS = 100;

    public Indicator {
        records = List.copyOf(records);
    }

    /**
     * A sealed record: the leaf can be proven without the object, the object with its salt.
     *
     * @param ledgerIndex -1 while it waits for the ledger
     * @param leafHash hex, empty while it waits
     */
    public record Ref(String objectType, String objectId, int revision, long ledgerIndex, String leafHash) {
        public boolean sealed() {
            return ledgerIndex >= 0;
        }
    }

    /**
     * The query that gives all records.
     *
     * @param object kind of thing that is counted
     * @param condition which of them, zh-CN
     * @param path of the console's API, from which they can be opened
     */
    public record Rest(String object, String condition, String path) {}

    /** The figure as shown: a number, or the word that says why there is none. */
    public String shown() {
        if (value == null) {
            return applicability.chinese();
        }
        double number = value;
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
