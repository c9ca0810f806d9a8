/**
 * What rules can reach: which fields the formats write, and so which rules run, run with limits, or cannot. Rules and a
 * table in, verdicts out; pure, any thread.
 */
@NullMarked
package org.wanglou.rules.sigma.reach;

import org.jspecify.annotations.NullMarked;
