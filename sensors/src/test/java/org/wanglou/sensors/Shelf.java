package org.wanglou.sensors;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.wanglou.bus.Publisher;
import org.wanglou.bus.Topic;
import org.wanglou.bus.Wire;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.bus.codec.TickCodec;
import org.wanglou.model.Event;
import org.wanglou.model.Tick;

/** A publisher that keeps what is published, and can be told that Kafka is away or does not answer. */
class Shelf implements Publisher {
    final List<Event> events = new CopyOnWriteArrayList<>();
    final ConcurrentLinkedQueue<byte[]> raw = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<byte[]> letters = new ConcurrentLinkedQueue<>();
    final List<Tick> ticks = new CopyOnWriteArrayList<>();
    volatile boolean away;
    /** Only the bytes are kept: for many events. */
    volatile boolean plain;

    @Override
    public CompletableFuture<Void> publish(
            Topic topic, int partition, byte @Nullable [] key, byte[] value, long time, String type, String trace) {
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("kafka is away"));
        }
        try {
            if (type.equals(Wire.TICK_1)) {
                ticks.add(TickCodec.decode(value));
            } else if (topic == Topic.DEAD_LETTER) {
                letters.add(value);
            } else {
                raw.add(value);
                if (!plain) {
                    events.add(EventCodec.decode(value));
                }
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public int partitions(Topic topic) {
        return 2;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
