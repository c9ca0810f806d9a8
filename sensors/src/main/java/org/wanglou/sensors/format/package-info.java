/**
 * Frames to events: one class for each format, listed in {@code Formats}. Pure.
 */
@NullMarked
package org.wanglou.sensors.format;

import org.jspecify.annotations.NullMarked;
