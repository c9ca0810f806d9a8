package org.wanglou.bus;

/**
 * One record as it came from a topic.
 *
 * @param key empty array when the record had none
 * @param type {@code wl-type}; ticks are handed on like all else
 * @param trace {@code wl-trace}, empty when absent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying payloads would cost more than it protects
public record Received(
        Topic topic, int partition, long offset, long timestamp, byte[] key, byte[] value, String type, String trace) {}
