package org.wanglou.model;

import java.util.List;
import java.util.Map;

/**
 * One detection's word that events deserve attention (告警).
 *
 * @param id 32 hex digits: SM3 of (rule id, event id) cut to 16 bytes; of a correlation: of (rule id, key, id of the
 *     event that completed it), fixed at first publication
 * @param ruleId the rule's id
 * @param ruleVersion digest or version of the exact rule text
 * @param title the rule's title
 * @param kind which sort of detector spoke
 * @param time event time in milliseconds UTC; of a correlation the time of its first crossing
 * @param level Sigma level
 * @param tags {@code attack.*}, {@code gbt20986.*}, {@code wanglou.*}
 * @param entities whom and what it is about
 * @param fields fields that correlation rules need and the enrichment the judgement used
 * @param evidence the events behind it
 * @param revision 1 for the first word, then upwards
 * @param status open while its window is within the grace
 * @param episode for correlations the first and last time at which the condition held; for others both = time
 * @param chain chain level: 0 for a base signal, n for a correlation over level n-1
 * @param key for correlations the canonical JSON array of group-by values; empty for base signals
 */
public record Signal(
        String id,
        String ruleId,
        String ruleVersion,
        String title,
        Kind kind,
        long time,
        Level level,
        List<String> tags,
        Entities entities,
        Map<String, String> fields,
        Evidence evidence,
        int revision,
        Status status,
        Episode episode,
        int chain,
        String key) {
    public Signal {
        tags = List.copyOf(tags);
        fields = Map.copyOf(fields);
    }

    /** Which sort of detector spoke. */
    public enum Kind {
        RULE,
        INDICATOR,
        FLOW,
        BEHAVIOUR,
        CORRELATION
    }

    /** Open: may still change. Settled: final. Retracted: what was said turned out untrue. */
    public enum Status {
        OPEN,
        SETTLED,
        RETRACTED
    }

    /** First and last time at which the condition held, milliseconds UTC. */
    public record Episode(long first, long last) {}

    /**
     * The events behind a signal.
     *
     * @param eventIds at most 256 ids, earliest by (time, id) first
     * @param first time of the earliest event, milliseconds UTC
     * @param last time of the latest event
     * @param count how many events (or distinct values) the episode holds
     * @param approximate true when a bound folded the oldest entries into buckets
     */
    public record Evidence(List<String> eventIds, long first, long last, long count, boolean approximate) {
        public Evidence {
            eventIds = List.copyOf(eventIds);
        }
    }
}
