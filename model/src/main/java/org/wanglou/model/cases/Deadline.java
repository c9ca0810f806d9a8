package org.wanglou.model.cases;

/**
 * One clock as a row: the row is the truth, the scheduler only wakes.
 *
 * @param id unique: case id + rule id
 * @param caseId its case
 * @param ruleId row of deadlines.csv
 * @param name zh-CN, such as 初报
 * @param scheme grading scheme whose value starts it
 * @param dutyHolder organisation id of the unit concerned (涉事单位)
 * @param addressee to whom it is owed
 * @param clause law and article
 * @param verified false when the row is 待核
 * @param startedAt milliseconds UTC: detection while expected, 发现或获知 once confirmed
 * @param dueAt milliseconds UTC
 * @param state see {@link State}
 * @param metAt milliseconds UTC, 0 before
 * @param metHow channel, receipt number and person, empty before
 */
public record Deadline(
        String id,
        String caseId,
        String ruleId,
        String name,
        String scheme,
        String dutyHolder,
        String addressee,
        String clause,
        boolean verified,
        long startedAt,
        long dueAt,
        State state,
        long metAt,
        String metHow) {
    /** Expected: machine's proposal only, no breach exists. Running: confirmed. */
    public enum State {
        EXPECTED,
        EXPECTED_PASSED,
        RUNNING,
        MISSED,
        MET,
        CANCELLED
    }
}
