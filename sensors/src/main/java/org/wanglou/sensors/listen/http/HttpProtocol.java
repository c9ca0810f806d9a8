package org.wanglou.sensors.listen.http;

import java.util.Optional;

/** What one family of paths means. To add one: its class, its contract test and one line in {@link Protocols}. Thread-safe. */
public interface HttpProtocol {
    /** Its name in counters. */
    String name();

    /** Whether a request is of this protocol, told by its path. */
    boolean serves(Call call);

    /** Whether a request is answered without a token: nothing but "I am here". */
    default boolean open(Call call) {
        return false;
    }

    /**
     * Answers what brings no events: probes, wrong methods. Empty: its body is events.
     *
     * @param paused whether nothing is taken now
     */
    Optional<Answer> probe(Call call, boolean paused);

    /** Makes frames of a body, waits for their fate and says it. The body is not changed. */
    Answer take(Call call, byte[] body, Feed feed) throws InterruptedException;

    /**
     * Says in the protocol's own way that a request is not served.
     *
     * @param status what plain HTTP would say: 400, 401, 404, 405, 413, 415, 429, 431, 503
     * @param why our own words
     */
    Answer refuse(Call call, int status, String why);
}
