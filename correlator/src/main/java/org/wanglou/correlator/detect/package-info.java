/**
 * Detection: events in, signals out, one copy for each route. Stateless but for exact counts by source.
 *
 * <p>To add a detector: one class here and one line in {@link org.wanglou.correlator.detect.Detectors}.
 */
@NullMarked
package org.wanglou.correlator.detect;

import org.jspecify.annotations.NullMarked;
