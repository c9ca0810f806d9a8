package org.wanglou.bus;

/** One thread: poll (read_committed), handle, repeat. Thread-safe. */
public interface Worker extends AutoCloseable {
    void start();

    /** Records not handled yet, over all partitions; -1 before the first poll. */
    long lag();

    /** Empty when well, otherwise the last failure in words. */
    String trouble();

    /** Stops after the batch in hand. */
    @Override
    void close();
}
