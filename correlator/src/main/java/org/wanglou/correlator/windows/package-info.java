/**
 * Keyed windows: routed signals in, correlation hits out. The arithmetic of Sigma's {@code event_count},
 * {@code value_count}, {@code temporal} and {@code temporal_ordered} over (t − span, t] in event milliseconds, in plain
 * Java.
 *
 * <p>{@link org.wanglou.correlator.windows.KeyedWindows} is pure and confined to its task's thread;
 * {@link org.wanglou.correlator.windows.WindowStage} keeps its rows in a logged store and forwards what it says.
 */
@NullMarked
package org.wanglou.correlator.windows;

import org.jspecify.annotations.NullMarked;
