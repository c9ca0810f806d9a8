/**
 * Whose log it is (谁的日志): an event and its sender come in, the unit and the reason go out. Runs on the listeners'
 * threads; the only state are the bounded NAT sessions. DESIGN 2.1; RFC 6888 and RFC 7422 for logs and port blocks of
 * address translation.
 */
@NullMarked
package org.wanglou.sensors.whose;

import org.jspecify.annotations.NullMarked;
