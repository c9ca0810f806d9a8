/**
 * The ledger, the audit trail and reports over HTTP. In: the ledger as its writer has it open, its directory, the rows it
 * seals. Out: heads, proofs that are checked at that moment, bundles and reports as files. Runs on {@code ui-http-*}.
 */
@NullMarked
package org.wanglou.ui.evidence;

import org.jspecify.annotations.NullMarked;
