package org.wanglou.alerting.cases;

import java.util.Map;
import org.wanglou.model.Grade;
import org.wanglou.model.Incident;

/**
 * What a person confirms (研判结论).
 *
 * @param category category key, empty when the machine's stands
 * @param grades grade by scheme; schemes left out take what the tables propose for the impact
 * @param impact what was really hit
 * @param learnedAt when the unit found out or was told (发现或获知), milliseconds UTC; statutory clocks count from it
 * @param learnedHow how, such as 平台告警 or 上级通报
 * @param reason why, for the record
 */
public record Confirmation(
        String category,
        Map<String, Grade.Value> grades,
        Incident.Impact impact,
        long learnedAt,
        String learnedHow,
        String reason) {
    public Confirmation {
        grades = Map.copyOf(grades);
    }
}
