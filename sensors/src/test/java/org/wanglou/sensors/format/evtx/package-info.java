/** Event log files written by the tests themselves, and what is read of them. */
@NullMarked
package org.wanglou.sensors.format.evtx;

import org.jspecify.annotations.NullMarked;
