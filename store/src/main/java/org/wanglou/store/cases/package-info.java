/**
 * The case database: incidents, cases, messages owed, deadlines, ledger entries owed and the change feed, in H2 or
 * PostgreSQL behind one contract. Alerting is the only writer of cases.
 */
@NullMarked
package org.wanglou.store.cases;

import org.jspecify.annotations.NullMarked;
