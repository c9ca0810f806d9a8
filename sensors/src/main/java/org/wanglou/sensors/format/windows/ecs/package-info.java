/**
 * From {@code winlog.*}, whichever shape it came in, to ECS 8, as the Security, Sysmon and PowerShell modules of Winlogbeat
 * map it: values in one spelling, what happened by channel and event id, whose account, process, file, key and address. Pure.
 */
@NullMarked
package org.wanglou.sensors.format.windows.ecs;

import org.jspecify.annotations.NullMarked;
