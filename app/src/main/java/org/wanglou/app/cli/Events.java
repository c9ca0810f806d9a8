package org.wanglou.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wanglou.app.cli.LineSource.Line;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Event;

/**
 * ECS events of NDJSON lines. A line that is none is told on the error stream, counted and left out. Confined to the
 * command's thread.
 */
public final class Events implements Iterator<Event> {
    private static final int TOLD = 20;

    private final LineSource lines;
    private final PrintWriter err;
    private @Nullable Event ready;
    private long malformed;

    public Events(LineSource lines, PrintWriter err) {
        this.lines = lines;
        this.err = err;
    }

    @Override
    public boolean hasNext() {
        while (ready == null) {
            Optional<Line> line = lines.next();
            if (line.isEmpty()) {
                return false;
            }
            if (line.get().bytes().length > 0) {
                ready = read(line.get());
            }
        }
        return true;
    }

    private @Nullable Event read(Line line) {
        try {
            return EventCodec.decode(line.bytes());
        } catch (IOException e) {
            malformed++;
            if (malformed <= TOLD) {
                err.println(
                        line.file() + ":" + line.number() + ": not an event: one JSON object is expected on a line");
            }
            return null;
        }
    }

    @Override
    public Event next() {
        Event event = hasNext() ? ready : null;
        if (event == null) {
            throw new NoSuchElementException();
        }
        ready = null;
        return event;
    }

    /** 0, or 1 when some line was no event; then says how many. */
    public int exitCode() {
        if (malformed > TOLD) {
            err.println(malformed + " lines were no events");
        }
        return malformed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
