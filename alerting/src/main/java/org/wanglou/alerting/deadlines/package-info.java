/**
 * Statutory and internal clocks (网络安全事件报告时限). A clock is a row; {@link org.wanglou.alerting.deadlines.Clocks}
 * starts, restarts and cancels rows inside the transaction of a decision, {@link org.wanglou.alerting.deadlines.Deadlines}
 * wakes when one is due. Until a person confirms a grade there are expected limits only, and no breach.
 */
@NullMarked
package org.wanglou.alerting.deadlines;

import org.jspecify.annotations.NullMarked;
