package org.wanglou.model.judgement;

import org.wanglou.model.Grade;

/**
 * One row of a grading scheme. Immutable.
 *
 * @param id such as {@code gbt20986-2023#m7}
 * @param scheme {@code gbt20986-2023} or {@code cac-2025}
 * @param kind {@code matrix} (importance × loss), {@code harm}, or the measure of a threshold: {@code persons},
 *     {@code hours}, {@code default}
 * @param importance {@code special}, {@code important}, {@code general}; empty unless matrix
 * @param loss {@code extreme}, {@code severe}, {@code larger}, {@code minor}; empty unless matrix
 * @param harm {@code extreme}, {@code severe}, {@code larger}, {@code minor}; empty unless harm
 * @param dataClass data class a persons threshold applies to; empty for any
 * @param min threshold, included (“以上”均包括本数)
 * @param value the grade that follows
 * @param origin source and clause
 */
public record GradeRow(
        String id,
        String scheme,
        String kind,
        String importance,
        String loss,
        String harm,
        String dataClass,
        double min,
        Grade.Value value,
        RowSource origin) {}
