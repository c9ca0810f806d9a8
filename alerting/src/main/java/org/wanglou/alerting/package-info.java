/**
 * Response: incidents become cases, messages owed, deadlines and ledger entries owed, in one database transaction.
 *
 * <p>In come incident revisions from the bus and commands of people; out go webhooks. Alerting is the only writer of
 * cases. The stage runs on the worker's thread {@code alerting-0}, the dispatcher on {@code notify-0}.
 */
@NullMarked
package org.wanglou.alerting;

import org.jspecify.annotations.NullMarked;
