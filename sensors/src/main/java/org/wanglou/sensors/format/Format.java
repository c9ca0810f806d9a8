package org.wanglou.sensors.format;

import java.time.ZoneId;
import java.util.Optional;
import org.wanglou.sensors.frame.Frame;

/** Reads one kind of log. Never throws for input, never logs, keeps no state. Thread-safe. */
public interface Format {
    /** The name used in configuration and by {@code wanglou normalize}. */
    String name();

    /** @param zone the source's zone, for times that name none */
    Decoded decode(Frame frame, ZoneId zone);

    /** What makes frames of the lines of a file or stream in this format; a new one for each source. */
    default Assembler assembler() {
        return Assembler.NONE;
    }

    /** What cuts a file in this format into frames when it has no lines; then {@link #assembler} has no part in it. */
    default Optional<Container> container() {
        return Optional.empty();
    }
}
