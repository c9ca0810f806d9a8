/**
 * What alerting owes to the ledger: which decisions are sealed, as which canonical JSON. Pure but for the transaction that
 * takes the entry; the ledger's own thread seals it afterwards.
 */
@NullMarked
package org.wanglou.alerting.evidence;

import org.jspecify.annotations.NullMarked;
