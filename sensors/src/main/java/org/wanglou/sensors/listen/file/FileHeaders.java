package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Where the column headers of a file stand, so that whoever goes on in the middle of it reads the one in force again. Those
 * before the committed offset are forgotten but for the last. Confined to the tail's thread.
 */
final class FileHeaders {
    private static final int LONGEST = 16 << 10;
    private static final int SEARCHED = 64 << 10;

    /** A header's place; length 0: none. */
    record Place(long at, int length) {
        long end() {
            return at + length;
        }
    }

    private final ArrayDeque<Place> places = new ArrayDeque<>();

    FileHeaders(long at, int length) {
        if (length > 0) {
            places.add(new Place(at, Math.min(length, LONGEST)));
        }
    }

    /** A line of a header; those that follow each other are one. */
    void note(long at, long next) {
        Place last = places.peekLast();
        if (last != null && at < last.end()) {
            return; // read again
        }
        if (last != null && last.end() == at && next - last.at() <= LONGEST) {
            places.removeLast();
            places.addLast(new Place(last.at(), (int) (next - last.at())));
        } else {
            places.addLast(new Place(at, (int) Math.min(next - at, LONGEST)));
        }
    }

    /** The header that lines from an offset on are read by. */
    Place inForce(long offset) {
        Place first = places.peekFirst();
        while (first != null && places.size() > 1) {
            Place second = places.stream().skip(1).findFirst().orElseThrow();
            if (second.at() >= offset) {
                break;
            }
            places.removeFirst();
            first = second;
        }
        return first == null || first.at() >= offset ? new Place(0, 0) : first;
    }

    /** Gives the header in force at an offset to the lines after it; one nobody noted is looked for at the beginning. */
    void restore(Content content, long offset, FileJoin into) throws IOException {
        if (offset == 0) {
            return;
        }
        Place place = inForce(offset);
        boolean known = place.length() > 0;
        long from = known ? place.at() : 0;
        int length = (int) Math.min(known ? place.length() : SEARCHED, offset - from);
        byte[] bytes = content.slice(from, length);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int end = i > start && bytes[i - 1] == '\r' ? i - 1 : i;
                byte[] line = Arrays.copyOfRange(bytes, start, end);
                if (into.header(line)) {
                    into.restore(line);
                    note(from + start, from + i + 1);
                }
                start = i + 1;
            }
        }
    }
}
