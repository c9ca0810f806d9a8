package org.wanglou.alerting.cases;

import static org.wanglou.alerting.cases.Refused.invalid;

import java.util.List;
import org.wanglou.model.Incident;

/** What people enter, checked once at the desk. Pure. */
final class Input {
    /** A person's clock may be ahead of ours by so much. */
    private static final long SKEW_MILLIS = 60_000;

    private static final int MOST_TEXT = 4_000;

    private Input() {}

    /** Text that must be there. */
    static String required(String text, String complaint) {
        if (text.isBlank()) {
            throw invalid(complaint);
        }
        return text(text);
    }

    /** Text that every store can keep: bounded, no control characters but line break and tab, no lone surrogates. */
    static String text(String text) {
        if (text.length() > MOST_TEXT) {
            throw invalid("文字不能超过 " + MOST_TEXT + " 字");
        }
        boolean odd = text.codePoints()
                .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'
                        || Character.getType(c) == Character.SURROGATE);
        if (odd) {
            throw invalid("文字含有无法保存的控制字符");
        }
        return text;
    }

    /** A category key or nothing. */
    static String category(String key) {
        if (!key.matches("[a-z0-9.-]{0,64}")) {
            throw invalid("事件类别无效");
        }
        return key;
    }

    /** A time that has come. */
    static long past(long millis, long now, String complaint) {
        if (millis <= 0 || millis > now + SKEW_MILLIS) {
            throw invalid(complaint);
        }
        return millis;
    }

    static Incident.Impact impact(Incident.Impact impact) {
        if (impact.persons() < -1 || !(impact.hours() >= 0 && impact.hours() <= 100_000) || impact.assets() < 0) {
            throw invalid("影响人数、时长须为非负数");
        }
        if (!List.of("attempt", "success", "spread").contains(impact.outcome())
                || !impact.dataClass().matches("[a-z0-9.-]{0,64}")) {
            throw invalid("影响结果须为 attempt、success 或 spread，数据类别须为代码");
        }
        return impact;
    }
}
