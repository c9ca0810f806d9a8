/** Values to bytes and back: ECS JSON for events, JSON for signals, incidents and ticks. Pure; thread-safe. */
@NullMarked
package org.wanglou.bus.codec;

import org.jspecify.annotations.NullMarked;
