package org.wanglou.sensors.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A file with a structure of its own instead of lines, cut into the frames its format decodes. Thread-safe. */
public interface Container {
    /** The bytes such a file begins with. A new array each time. */
    byte[] magic();

    /**
     * Begins to read one file. The stream is read forward and stays the caller's to close.
     *
     * @param in the file from its first byte on
     */
    Pieces open(InputStream in);

    /** The pieces of one file, in its order; confined to one thread. */
    interface Pieces {
        /**
         * The next piece, empty at the end. Damage in the file is a piece, not a failure.
         *
         * @throws IOException when the file cannot be read
         */
        Optional<Piece> next() throws IOException;
    }

    /** What a file holds. */
    sealed interface Piece {
        /**
         * One message.
         *
         * @param bytes what the format decodes
         * @param origin what {@code event.id} is made from, a function of the content alone
         * @param cut true when it was longer than the limit and lost a part
         */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Message(byte[] bytes, String origin, boolean cut) implements Piece {}

        /**
         * Something that is not as it should be; reading goes on behind it.
         *
         * @param place where in the file, such as {@code chunk 3 record 4711}
         * @param reason what is wrong with it; never quotes the input
         * @param lost the bytes of a message that could not be read, at most 4 KiB; empty when none is lost
         */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Damage(String place, String reason, byte[] lost) implements Piece {}
    }
}
