package org.wanglou.correlator.wire;

/**
 * The value of a record on {@code wanglou.switches}: from this offset of this partition on, the task went by the digest.
 *
 * @param task stage and partition, such as {@code detect/0}; also the record's key
 * @param before digest up to there; empty when there was none
 */
public record Switch(
        String task, String kind, String before, String digest, String topic, int partition, long offset) {}
