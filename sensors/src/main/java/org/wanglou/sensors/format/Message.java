package org.wanglou.sensors.format;

import java.time.ZoneId;
import org.wanglou.model.Event;

/** Reads the text of one message, whatever brought it: a line of a file or what follows a syslog header. Thread-safe. */
public interface Message {
    /**
     * Fills the event and says true, or declines and leaves it as it is.
     *
     * @param zone the source's zone, for times that name none
     */
    boolean read(String text, Event.Builder event, ZoneId zone);
}
