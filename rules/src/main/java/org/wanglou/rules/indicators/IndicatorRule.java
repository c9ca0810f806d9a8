package org.wanglou.rules.indicators;

import java.util.List;
import org.wanglou.model.Level;

/**
 * What a hit on a list means. Two tag sets, because direction matters: who calls out to a bad address is compromised,
 * who is called by one is attacked. Immutable.
 */
public record IndicatorRule(
        String id,
        String title,
        String version,
        Level level,
        List<String> outboundTags,
        List<String> inboundTags,
        String packId,
        IndicatorSet set) {
    public IndicatorRule {
        outboundTags = List.copyOf(outboundTags);
        inboundTags = List.copyOf(inboundTags);
    }

    /** The tags of one hit. */
    public List<String> tags(IndicatorSet.Hit hit) {
        return hit.inbound() ? inboundTags : outboundTags;
    }
}
