/**
 * Retention by lag: Kafka never deletes the unread. In: positions of all readers, offsets and sizes of the topics, the
 * usable bytes of the disk. Out: a topic's retention lifted and put back, sensors held back. On thread {@code
 * bus-retention-0}.
 */
@NullMarked
package org.wanglou.bus.retention;

import org.jspecify.annotations.NullMarked;
