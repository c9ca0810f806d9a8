package org.wanglou.correlator.stories.desk;

import java.util.Collection;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.correlator.stories.incident.Telling;
import org.wanglou.model.Incident;

/**
 * The ceiling on incidents that one story rule may open for one organisation in an hour of event time; what comes above
 * it is told together, as one summary. It counts the stored incidents, so a restart forgets nothing. Pure.
 */
final class RuleBudget {
    /** Key of the summary's story within rule and organisation, followed by the hour. */
    static final String SUMMARY = "summary/";

    private static final long HOUR_MILLIS = 3_600_000;

    private RuleBudget() {}

    static long hour(long millis) {
        return Math.floorDiv(millis, HOUR_MILLIS);
    }

    /** Whether one more incident may be opened at {@code opened}. */
    static boolean allows(String rule, long opened, Collection<Incident> stored, int ceiling) {
        String prefix = "[" + Jsons.text(rule) + ",";
        long already = stored.stream()
                .filter(incident -> hour(incident.opened()) == hour(opened))
                .filter(incident -> incident.storyKey().startsWith(prefix))
                .filter(incident -> !incident.storyKey().contains(SUMMARY))
                .count();
        return already < ceiling;
    }

    /** The telling of all that is above the ceiling in an hour. */
    static Telling summary(Telling over, int ceiling) {
        long hour = hour(over.signals().get(0).time());
        return new Telling(
                over.rule(),
                SUMMARY + hour,
                over.signals(),
                "规则“" + over.rule() + "”一小时内触发超过 " + ceiling + " 起，其余合并为本事件",
                over.outcome(),
                over.category(),
                over.playbook());
    }
}
