package org.wanglou.bench.oracle;

import java.util.List;

/**
 * One expected episode of a counting rule.
 *
 * @param key canonical JSON array of the group-by values
 * @param first first instant at which the condition holds, milliseconds UTC
 * @param last last such instant
 * @param count events, or distinct values, in (first − span, last]
 * @param evidence ids of these events by (time, id), at most {@link WindowOracle#EVIDENCE_MAX}
 * @param organization the unit most of these events concern; of equals the smallest id
 */
public record Episode(
        String rule, String key, long first, long last, long count, List<String> evidence, String organization) {
    public Episode {
        evidence = List.copyOf(evidence);
    }
}
