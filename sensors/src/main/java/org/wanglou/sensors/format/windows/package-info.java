/**
 * Windows events in the shapes in which they travel: JSON of Winlogbeat, of dump tools and of NXLog, event XML, Snare's
 * lines. Each shape fills {@code winlog.*}; {@code WindowsEcs} makes ECS of it, once for all. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.windows;

import org.jspecify.annotations.NullMarked;
