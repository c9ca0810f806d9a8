/**
 * Faults: Kafka ends and comes back, the spool is full, the disk is full, the collecting process is killed. What comes
 * out is compared with the senders' numbered lines and the kernel's counters, for every transport in {@link
 * org.wanglou.sensors.fault.Way}.
 */
@org.jspecify.annotations.NullMarked
package org.wanglou.sensors.fault;
