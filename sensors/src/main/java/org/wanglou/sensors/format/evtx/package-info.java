/**
 * Windows event log files (EVTX, format 3.1 and 3.2) as found on machines: 64 KiB chunks of records in binary XML in, one
 * event XML for each record out, in the caller's thread. After the description of the format in libyal's libevtx
 * documentation and [MS-EVEN6] §3.1.4.7. Everything read is untrusted: each offset is checked, work and memory of a chunk
 * are bounded.
 */
@NullMarked
package org.wanglou.sensors.format.evtx;

import org.jspecify.annotations.NullMarked;
