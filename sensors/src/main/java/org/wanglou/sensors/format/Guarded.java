package org.wanglou.sensors.format;

import java.time.ZoneId;
import java.util.Optional;
import org.wanglou.sensors.frame.Frame;

/**
 * A format that cannot bring its listener down: should its code fail at an input nobody thought of, the input is malformed,
 * kept and counted as such. Tests run the formats without it, so that such a failure is found there.
 *
 * @param format what is guarded
 */
record Guarded(Format format) implements Format {
    @Override
    public String name() {
        return format.name();
    }

    @Override
    public Assembler assembler() {
        return format.assembler();
    }

    @Override
    public Optional<Container> container() {
        return format.container();
    }

    @Override
    public Decoded decode(Frame frame, ZoneId zone) {
        try {
            return format.decode(frame, zone);
        } catch (RuntimeException e) {
            return new Decoded.Malformed(
                    format.name() + " failed at this input: " + e.getClass().getSimpleName());
        }
    }
}
