/**
 * Sockets to frames. Each listener owns its threads and counts what it drops; none reads content.
 */
@NullMarked
package org.wanglou.sensors.listen;

import org.jspecify.annotations.NullMarked;
