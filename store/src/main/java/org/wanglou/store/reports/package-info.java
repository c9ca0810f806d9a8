/**
 * Signed reports kept for good, and what a report reads of a period: cases, clocks, messages and seals in bulk, without
 * the bodies that {@link org.wanglou.store.cases.CaseDatabase} hands out one by one.
 *
 * <p>Works on a transaction of the case database, so that a report and its ledger entry are written together. On the
 * caller's thread.
 */
@NullMarked
package org.wanglou.store.reports;

import org.jspecify.annotations.NullMarked;
