package org.wanglou.model.judgement;

/**
 * What loss and harm a kind of incident usually means (本单位设定). Immutable.
 *
 * @param id such as {@code loss#3}
 * @param category category key, a class prefix such as {@code attack}, or {@code *}
 * @param outcome attempt, success, spread or {@code *}
 * @param dataClass data class of the asset, or {@code *}
 * @param min fewest persons (or counted things when no persons are known) for the row to hold
 * @param loss {@code extreme}, {@code severe}, {@code larger}, {@code minor}
 * @param harm the same words
 */
public record LossRow(
        String id,
        String category,
        String outcome,
        String dataClass,
        long min,
        String loss,
        String harm,
        RowSource origin) {
    /** True when this row speaks about the question. */
    public boolean fits(GradeQuestion question) {
        return (category.equals("*")
                        || category.equals(question.category())
                        || question.category().startsWith(category + "."))
                && (outcome.equals("*") || outcome.equals(question.outcome()))
                && (dataClass.equals("*") || dataClass.equals(question.dataClass()))
                && Math.max(question.persons(), 0) >= min;
    }
}
