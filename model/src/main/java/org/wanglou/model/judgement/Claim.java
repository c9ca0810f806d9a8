package org.wanglou.model.judgement;

/** Says that signals of a rule belong to a pack's own story, so that the default assembly leaves them. Immutable. */
public record Claim(String ruleId, String story) {}
