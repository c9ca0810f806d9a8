/**
 * What remains to be decided once the scan has named candidates: a rule's condition as a tree over tests that many rules share.
 * Trees are immutable; what is known of the event at hand is with the thread.
 */
@NullMarked
package org.wanglou.rules.sigma.match.decide;

import org.jspecify.annotations.NullMarked;
