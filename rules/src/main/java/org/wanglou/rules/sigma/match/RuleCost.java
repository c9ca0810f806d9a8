package org.wanglou.rules.sigma.match;

/**
 * What a rule has cost since its set was compiled. Counts lag by at most a thousand events for each thread. Immutable.
 *
 * @param evaluated events for which its condition was looked at
 * @param matched events it matched
 * @param steps characters that its regular expressions looked at
 * @param exceeded searches of its expressions that were given up, over budget, and so did not match
 * @param textless whether some way to match it needs no indexable text, so that it is looked at wherever its fields are
 */
public record RuleCost(String ruleId, long evaluated, long matched, long steps, long exceeded, boolean textless) {}
