/**
 * Samples written in the other ways in which devices and relays write the same thing: in come lines and their variations,
 * out must come the same fields. One thread; seeds are printed.
 */
@NullMarked
package org.wanglou.sensors.format.vary;

import org.jspecify.annotations.NullMarked;
