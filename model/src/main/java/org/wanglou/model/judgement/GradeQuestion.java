package org.wanglou.model.judgement;

/**
 * What grading must answer about one incident. Immutable.
 *
 * @param key the incident's story key
 * @param category category key
 * @param outcome attempt, success or spread
 * @param protectionLevel highest level among the assets, 0 when unknown
 * @param cii true when an asset is critical information infrastructure
 * @param dataClass such as {@code personal}; empty when none
 * @param persons persons concerned, -1 when unknown
 * @param hours outage in hours, 0 when none
 * @param loss loss a person has entered; empty lets the table propose
 * @param harm harm a person has entered; empty lets the table propose
 */
public record GradeQuestion(
        String key,
        String category,
        String outcome,
        int protectionLevel,
        boolean cii,
        String dataClass,
        long persons,
        double hours,
        String loss,
        String harm) {}
