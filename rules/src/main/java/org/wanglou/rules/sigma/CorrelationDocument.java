package org.wanglou.rules.sigma;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Level;
import org.wanglou.rules.text.Expression;

/**
 * One Sigma correlation as written (specification 2.1 and what is accepted of 2.2), valid in itself; whether it can run
 * is another question. Immutable.
 *
 * @param rules as the author refers to them: ids or names, of detections or of other correlations
 * @param groupBy the author's field names, or aliases
 * @param aliases alias → rule as referred to → the author's field name
 * @param thresholds all must hold; a range has two
 * @param expression of temporal kinds: which rules must have come, by name
 * @param fields the field of the value kinds; of value_count several are a tuple
 * @param percentile of value_percentile: which one of a numeric field is compared. Empty there: the specification's own
 *     meaning, how rare a value is, in percent
 */
public record CorrelationDocument(
        String id,
        String name,
        String title,
        String version,
        Level level,
        List<String> tags,
        Kind kind,
        List<String> rules,
        List<String> groupBy,
        Map<String, Map<String, String>> aliases,
        Duration span,
        List<Threshold> thresholds,
        Optional<Expression> expression,
        List<String> fields,
        Optional<BigDecimal> percentile,
        boolean generate,
        String packId,
        String file,
        int line) {
    public CorrelationDocument {
        tags = List.copyOf(tags);
        rules = List.copyOf(rules);
        groupBy = List.copyOf(groupBy);
        aliases = Map.copyOf(aliases);
        thresholds = List.copyOf(thresholds);
        fields = List.copyOf(fields);
    }

    /** Every type of the specification, and value_median. */
    public enum Kind {
        EVENT_COUNT,
        VALUE_COUNT,
        TEMPORAL,
        TEMPORAL_ORDERED,
        VALUE_SUM,
        VALUE_AVG,
        VALUE_PERCENTILE,
        VALUE_MEDIAN;

        public boolean temporal() {
            return this == TEMPORAL || this == TEMPORAL_ORDERED;
        }

        /** True for the kinds that read numbers or values of a field. */
        public boolean valued() {
            return this != EVENT_COUNT && !temporal();
        }
    }

    /** One comparison; fractions stand as written. */
    public record Threshold(Op op, BigDecimal value) {}
}
