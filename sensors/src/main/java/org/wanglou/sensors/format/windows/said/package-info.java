/**
 * The rendered message of a Windows event, in English or Chinese, back to the fields it was rendered from: for shapes that
 * carry nothing else (Snare, NXLog's syslog, tables with a description). Pure.
 */
@NullMarked
package org.wanglou.sensors.format.windows.said;

import org.jspecify.annotations.NullMarked;
