package org.wanglou.bus.retention;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Input that waits for as long as anybody holds it, so that of two guards the second to be satisfied lets it go on.
 * Thread-safe.
 */
public final class InputHold {
    private final Consumer<Boolean> pause;
    private final Map<String, String> holders = new TreeMap<>();

    /** @param pause told true when the first takes hold and false when the last lets go, never twice the same */
    public InputHold(Consumer<Boolean> pause) {
        this.pause = pause;
    }

    /** Takes hold under a name; a second time only replaces the reason. */
    public synchronized void hold(String holder, String reason) {
        if (holders.put(holder, reason) == null && holders.size() == 1) {
            pause.accept(true);
        }
    }

    /** Lets go; nothing if it did not hold. */
    public synchronized void release(String holder) {
        if (holders.remove(holder) != null && holders.isEmpty()) {
            pause.accept(false);
        }
    }

    /** Why input waits, by holder; empty when it does not. */
    public synchronized Map<String, String> reasons() {
        return Map.copyOf(holders);
    }
}
