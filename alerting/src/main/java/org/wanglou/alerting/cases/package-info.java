/**
 * What people decide about cases. Every command goes through {@link org.wanglou.alerting.cases.CaseDesk}: one
 * transaction writes the case's next revision with a note, the ledger entry owed, messages, clocks and the change feed.
 */
@NullMarked
package org.wanglou.alerting.cases;

import org.jspecify.annotations.NullMarked;
