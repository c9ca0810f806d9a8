/**
 * How many lines a second one core decodes. Not a test: a main class, run by hand, figures in {@code docs/formats.md}.
 */
@NullMarked
package org.wanglou.sensors.format.speed;

import org.jspecify.annotations.NullMarked;
