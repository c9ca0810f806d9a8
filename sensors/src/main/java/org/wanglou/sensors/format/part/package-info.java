/**
 * What formats are built of: scanners for the ways in which logs write fields (key=value, CSV, JSON, brackets), the times
 * they use, and the tables that say which of a vendor's fields is which of ECS. Text in, fields of an event out. Pure;
 * runs on the listener's thread.
 */
@NullMarked
package org.wanglou.sensors.format.part;

import org.jspecify.annotations.NullMarked;
