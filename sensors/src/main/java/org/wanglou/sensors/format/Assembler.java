package org.wanglou.sensors.format;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes frames of lines for formats whose events span several, or whose lines need a header that came before. One for each
 * file, connection, body or peer; bounded. Confined to whoever feeds it.
 */
public interface Assembler {
    /** Bytes of one frame, beyond which a group is closed whether it is whole or not. */
    int MAX_BYTES = 1 << 20;
    /** Lines of one frame. */
    int MAX_LINES = 2_000;

    /** Takes what has become whole. */
    interface Groups {
        /**
         * One frame.
         *
         * @param bytes its lines with a line feed between them
         * @param tags what was given with each of its lines, in their order; a header put before a line has none
         * @param cut whether the bounds closed it, or the group before it of which it is the rest
         */
        void group(byte[] bytes, long[] tags, boolean cut);
    }

    /**
     * Takes the next line, without its line end, and hands on the frames that are whole now: often none or one.
     *
     * @param tag names the line to its giver
     */
    void add(byte[] line, long tag, Groups groups);

    /** The source ended or has been quiet: hands on what is pending, as it is. */
    void end(Groups groups);

    /** Lines that were taken and not handed on. */
    int pending();

    /** Whether a line is no event but tells how to read those after it: whoever goes on in the middle gives it again. */
    default boolean header(byte[] line) {
        return false;
    }

    /** As {@link #add(byte[], long, Groups)}, for whoever wants the frames alone. */
    default List<byte[]> add(byte[] line) {
        List<byte[]> whole = new ArrayList<>(1);
        add(line, 0, (bytes, tags, cut) -> keep(bytes, whole));
        return whole;
    }

    /** As {@link #end(Groups)}, for whoever wants the frames alone. */
    default List<byte[]> end() {
        List<byte[]> whole = new ArrayList<>(1);
        end((bytes, tags, cut) -> keep(bytes, whole));
        return whole;
    }

    private static void keep(byte[] bytes, List<byte[]> whole) {
        if (bytes.length > 0) {
            whole.add(bytes);
        }
    }

    /** Every line is a frame. */
    Assembler NONE = new Assembler() {
        @Override
        public void add(byte[] line, long tag, Groups groups) {
            groups.group(line, new long[] {tag}, false);
        }

        @Override
        public void end(Groups groups) {
            // it holds nothing
        }

        @Override
        public int pending() {
            return 0;
        }
    };
}
