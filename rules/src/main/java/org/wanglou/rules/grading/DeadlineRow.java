package org.wanglou.rules.grading;

import java.time.Duration;
import org.wanglou.model.Grade;
import org.wanglou.model.judgement.RowSource;

/**
 * By when somebody must be told. Immutable.
 *
 * @param from lowest grade of the scheme at which it binds
 * @param operator {@code cii}, {@code ministry}, {@code other} or {@code *}
 * @param kind {@code first-report} or {@code final-report}
 */
public record DeadlineRow(
        String id,
        String scheme,
        Grade.Value from,
        String operator,
        String kind,
        Duration limit,
        String toWhom,
        RowSource origin) {
    public boolean binds(Grade.Value value, String operatorKind) {
        return value.atLeast(from) && (operator.equals("*") || operator.equals(operatorKind));
    }
}
