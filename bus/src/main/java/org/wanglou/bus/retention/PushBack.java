package org.wanglou.bus.retention;

/** Where the guard turns when what is unread needs more disk than there is. Thread-safe. */
public interface PushBack {
    /** Usable bytes of the tightest file system. */
    long usableBytes();

    /** Below this many usable bytes input waits while any retention is lifted; it goes on at one and a half of it. */
    long lowBytes();

    /** Input waits. */
    void pause(String reason);

    /** Input goes on. */
    void resume();
}
