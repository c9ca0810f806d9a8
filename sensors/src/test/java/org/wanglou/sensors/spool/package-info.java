/** Tests of the spool. */
@NullMarked
package org.wanglou.sensors.spool;

import org.jspecify.annotations.NullMarked;
