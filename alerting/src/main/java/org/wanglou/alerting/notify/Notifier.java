package org.wanglou.alerting.notify;

import java.time.Instant;
import org.wanglou.model.cases.Message;

/**
 * One kind of way out, such as a webhook. Makes one attempt and says how it ended; never throws for what the receiver or
 * the network does, and never tries again by itself: the dispatcher does. Thread-safe.
 */
public interface Notifier {
    /** The word in routes and messages, such as {@code webhook}. */
    String kind();

    /** Sends exactly {@link Message#body()}; takes at most about ten seconds. */
    Delivery send(Message message, Instant now);
}
