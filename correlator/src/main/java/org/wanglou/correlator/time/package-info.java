/** Time as input: watermarks from ticks, and the partitioner that hands every tick to every partition. */
@NullMarked
package org.wanglou.correlator.time;

import org.jspecify.annotations.NullMarked;
