/**
 * Flow exports. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.flow;

import org.jspecify.annotations.NullMarked;
