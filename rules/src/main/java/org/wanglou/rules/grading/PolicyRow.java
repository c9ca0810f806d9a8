package org.wanglou.rules.grading;

import java.util.Collection;
import java.util.Optional;
import org.wanglou.model.Grade;
import org.wanglou.model.Level;
import org.wanglou.model.judgement.RowSource;

/**
 * Which incidents open a case: severity and grade at least these; empty means any. Immutable.
 *
 * @param opens whether a fitting incident opens a case
 */
public record PolicyRow(
        String id, Optional<Level> severity, Optional<Grade.Value> grade, boolean opens, RowSource origin) {
    public boolean fits(Level level, Collection<Grade> grades) {
        return (severity.isEmpty() || level.compareTo(severity.get()) >= 0)
                && (grade.isEmpty()
                        || grades.stream().anyMatch(one -> one.value().atLeast(grade.get())));
    }
}
