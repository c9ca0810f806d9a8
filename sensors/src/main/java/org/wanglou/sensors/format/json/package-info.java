/**
 * JSON formats. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.json;

import org.jspecify.annotations.NullMarked;
