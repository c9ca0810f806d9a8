/**
 * Firewalls and devices of vendors outside China, and the two exchange formats CEF and LEEF. A device is a table of its
 * fields, how its pairs are written, and what follows from them. Text in, fields of an event out. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.vendor;

import org.jspecify.annotations.NullMarked;
