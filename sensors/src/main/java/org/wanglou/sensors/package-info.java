/**
 * The outside world becomes events: listener, framing, format, then the sink that stamps, masks and publishes.
 */
@NullMarked
package org.wanglou.sensors;

import org.jspecify.annotations.NullMarked;
