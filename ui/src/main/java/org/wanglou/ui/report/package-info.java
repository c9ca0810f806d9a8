/**
 * Reports: one organisation's subtree and one period become a signed JSON document and a page to read (DESIGN 10). Facts
 * come in from the case database, the archive and the ledger; documents, signatures and pages go out, and each report made
 * owes a ledger entry. On the caller's thread, one report at a time.
 *
 * <p>Every figure names the sealed records it was computed from. {@link org.wanglou.ui.report.ReportVerifier} checks a
 * report offline.
 */
@NullMarked
package org.wanglou.ui.report;

import org.jspecify.annotations.NullMarked;
