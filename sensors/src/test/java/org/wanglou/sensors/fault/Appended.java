package org.wanglou.sensors.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.wanglou.sensors.fault.Way.Lines;

/** A program that writes its log. */
final class Appended implements Way.Shipper {
    private final Path file;

    Appended(Path file) {
        this.file = file;
    }

    @Override
    public boolean ship(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(Lines.syslog(i)).append('\n');
        }
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
