package org.wanglou.sensors.format.evtx;

/**
 * What one record may still cost. A record lies in 64 KiB, yet one value can be named a thousand times by a template that
 * is such a value itself: without a limit the text would grow with the power of the depth. Confined to one thread.
 */
final class Budget {
    /** Characters of XML of one record. */
    static final int MOST_CHARS = 256 << 10;
    /** Nodes of one record, read or written. */
    static final int MOST_STEPS = 128 << 10;
    /** Nodes of all records of a chunk. */
    private static final int MOST_CHUNK_STEPS = 2 << 20;
    /** Characters of all records of a chunk. */
    private static final int MOST_CHUNK_CHARS = 16 << 20;

    private int steps;
    private int chunkSteps = MOST_CHUNK_STEPS;
    private int chunkChars = MOST_CHUNK_CHARS;

    void record() {
        steps = MOST_STEPS;
    }

    /** The next record may have so many characters. */
    int chars() {
        return Math.min(MOST_CHARS, chunkChars);
    }

    void wrote(int chars) {
        chunkChars -= Math.min(chars, chunkChars);
    }

    void step() throws Damaged {
        if (--steps < 0 || --chunkSteps < 0) {
            throw new Damaged("expands beyond all measure");
        }
    }
}
