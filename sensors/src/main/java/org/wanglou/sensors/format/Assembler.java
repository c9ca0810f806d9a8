package org.wanglou.sensors.format;

import java.util.List;

/**
 * Makes frames of lines for formats whose events span several, or whose lines need a header that came before. One for each
 * source; bounded. Confined to its source's thread.
 */
public interface Assembler {
    /** Bytes of one frame, beyond which a group is closed whether it is whole or not. */
    int MAX_BYTES = 1 << 20;
    /** Lines of one frame. */
    int MAX_LINES = 2_000;

    /** Takes the next line, without its line end; gives the frames that are whole now, often none or one. */
    List<byte[]> add(byte[] line);

    /** The source ended or has been quiet: what is pending, as it is. */
    List<byte[]> end();

    /** Every line is a frame. */
    Assembler NONE = new Assembler() {
        @Override
        public List<byte[]> add(byte[] line) {
            return List.of(line);
        }

        @Override
        public List<byte[]> end() {
            return List.of();
        }
    };
}
