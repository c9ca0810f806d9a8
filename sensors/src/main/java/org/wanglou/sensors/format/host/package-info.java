/**
 * What operating systems record beside syslog: the Linux audit trail. Text in, fields of an event out. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.host;

import org.jspecify.annotations.NullMarked;
