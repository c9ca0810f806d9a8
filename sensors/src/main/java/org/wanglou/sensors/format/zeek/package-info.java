/**
 * Zeek's logs, JSON and tab-separated: one table of fields for each log, shared by both. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.zeek;

import org.jspecify.annotations.NullMarked;
