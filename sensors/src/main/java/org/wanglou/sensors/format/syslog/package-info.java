/**
 * Syslog (RFC 5424, RFC 3164): the header is read once; the text of each program by one {@code ProgramMessage}. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.syslog;

import org.jspecify.annotations.NullMarked;
