/**
 * Topics of other Kafka clusters as a source: records in, frames out, offsets committed once our own Kafka has them. One
 * thread for each source.
 */
@NullMarked
package org.wanglou.sensors.listen.kafka;

import org.jspecify.annotations.NullMarked;
