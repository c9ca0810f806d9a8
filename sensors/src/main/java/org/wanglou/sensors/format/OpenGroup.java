package org.wanglou.sensors.format;

import java.util.function.Predicate;

/**
 * A group that one line begins and that goes on as long as lines look like it, among lines of other kinds. Confined.
 */
final class OpenGroup implements Assembler {
    private final Predicate<byte[]> begins;
    private final Predicate<byte[]> goesOn;
    private final Predicate<byte[]> ends;
    private final PendingLines pending = new PendingLines(MAX_LINES);
    private byte[] first = {};

    /**
     * @param goesOn true for a line that may stand in an open group
     * @param ends true for a line that is the last of its group
     */
    OpenGroup(Predicate<byte[]> begins, Predicate<byte[]> goesOn, Predicate<byte[]> ends) {
        this.begins = begins;
        this.goesOn = goesOn;
        this.ends = ends;
    }

    /** Whether the line begins a group of this kind, or goes on in the one that is open. */
    boolean takes(byte[] line) {
        return begins.test(line) || pending.lines() > 0 && goesOn.test(line);
    }

    @Override
    public void add(byte[] line, long tag, Groups groups) {
        // a time that stands alone before the line that also begins its group belongs to it
        boolean heading =
                pending.lines() == 1 && first.length > 6 && first[2] == 'T' && line.length > 2 && line[2] != 'T';
        if (pending.lines() > 0 && begins.test(line) && !heading) {
            pending.end(groups);
        }
        if (pending.lines() == 0) {
            first = line;
        }
        pending.add(line, tag, groups);
        if (ends.test(line)) {
            pending.end(groups);
        }
    }

    @Override
    public void end(Groups groups) {
        pending.end(groups);
    }

    @Override
    public int pending() {
        return pending.lines();
    }
}
