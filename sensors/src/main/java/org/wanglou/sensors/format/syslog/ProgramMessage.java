package org.wanglou.sensors.format.syslog;

import org.wanglou.model.Event;

/** Reads the text of one program's syslog messages. Thread-safe. */
interface ProgramMessage {
    /** Fills the event and says true, or declines and leaves it as it is. */
    boolean read(String text, Event.Builder event);
}
