/**
 * Messages: who is told, what the message says, and how it gets there at least once.
 *
 * <p>A message's bytes are fixed in the transaction that owes it; {@link org.wanglou.alerting.notify.Dispatcher} sends
 * those bytes until the receiver has taken them or the message is given up visibly. The message id is the idempotency key.
 */
@NullMarked
package org.wanglou.alerting.notify;

import org.jspecify.annotations.NullMarked;
