package org.wanglou.app.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Container.Piece;
import org.wanglou.sensors.format.Container.Pieces;
import org.wanglou.sensors.format.Format;

/**
 * One file that is no lines, read to its end. What is damaged is told on the error stream with its place, the first 20 of
 * a file in full, then their number; a record that is lost is kept as unparsed. Confined to the command's thread.
 */
final class ContainerInput {
    private static final int MOST_TOLD = 20;

    private final String name;
    private final Format format;
    private final Normalizer normalizer;
    private final PrintWriter err;
    private long messages;
    private long damaged;
    private long lost;

    ContainerInput(String name, Format format, Normalizer normalizer, PrintWriter err) {
        this.name = name;
        this.format = format;
        this.normalizer = normalizer;
        this.err = err;
    }

    /** @param out takes each event; false when nobody reads them any more */
    void read(InputStream in, Predicate<Event> out) {
        Pieces pieces = format.container().orElseThrow().open(in);
        try {
            boolean wanted = true;
            for (Optional<Piece> piece = pieces.next(); wanted && piece.isPresent(); piece = pieces.next()) {
                if (piece.get() instanceof Piece.Message message) {
                    messages++;
                    wanted = normalizer.read(format, message).stream().allMatch(out);
                } else if (piece.get() instanceof Piece.Damage damage) {
                    wanted = damaged(damage, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
        if (damaged > 0) {
            err.println(name + ": " + messages + " records read, " + lost + " lost, " + damaged + " places damaged");
            err.flush();
        }
    }

    private boolean damaged(Piece.Damage damage, Predicate<Event> out) {
        damaged++;
        if (damaged <= MOST_TOLD) {
            err.println(name + ": " + damage.place() + ": " + damage.reason());
        }
        if (damage.lost().length == 0) {
            return true;
        }
        lost++;
        String reason = format.name() + ": " + damage.place() + ": " + damage.reason();
        return out.test(normalizer.unparsed(damage.lost(), reason));
    }
}
