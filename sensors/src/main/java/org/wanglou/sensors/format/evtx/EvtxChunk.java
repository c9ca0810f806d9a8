package org.wanglou.sensors.format.evtx;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.sensors.format.Container.Piece;

/**
 * The records of one chunk. What the header says is used where the header is whole; otherwise records are looked for by
 * their signature, with ids that rise, so that what an older use of the chunk left behind is not taken for new. One bad
 * record costs itself alone. Confined to one thread.
 */
final class EvtxChunk {
    static final int SIZE = 64 << 10;
    private static final long MAGIC = 0x006b6e68_43666c45L;
    private static final int HEADER = 512;
    private static final int RECORD = 0x00002a2a;
    private static final int RECORD_HEADER = 24;
    private static final int MOST_LOST = 4 << 10;
    private static final int NO_CRC = 4;
    private static final int KEY = 1 << 10;

    private final String name;
    private final Bytes bytes;
    private final boolean dirty;
    private final boolean unsummed;
    private final Consumer<Piece> out;
    private final Budget budget = new Budget();
    private final BinXml source;
    private final XmlWriter writer;
    private String digest = "";
    private long lastId;
    /** It may never have been a chunk: then what is no record is no loss. */
    private boolean foreign;

    private boolean any;

    /**
     * @param number from 0, as in the file
     * @param length bytes that are there, fewer than {@link #SIZE} when the file ends in it
     * @param dirty the file was not closed: headers lag behind the records
     * @param unsummed the file says that it has no checksums
     */
    EvtxChunk(long number, byte[] data, int length, boolean dirty, boolean unsummed, Consumer<Piece> out) {
        this.name = "chunk " + number;
        this.bytes = new Bytes(data, length);
        this.dirty = dirty;
        this.unsummed = unsummed;
        this.out = out;
        this.source = new BinXml(bytes, budget);
        this.writer = new XmlWriter(source, budget);
    }

    void read() {
        try {
            if (bytes.length() < SIZE) {
                damage(name, "the file ends in it", new byte[0]);
            }
            if (bytes.length() > HEADER) {
                records(header());
            }
        } catch (Damaged e) {
            damage(name, e.reason(), new byte[0]);
        }
    }

    /** Where the records end; the chunk's end when its header cannot be believed. */
    private int header() throws Damaged {
        int free = bytes.i32(48);
        if (bytes.i64(0) != MAGIC) {
            if (!bytes.zero(0, bytes.length())) {
                damage(name, "has no chunk's signature", new byte[0]);
            }
            foreign = true;
            return bytes.length();
        }
        boolean summed = !unsummed && (bytes.i32(120) & NO_CRC) == 0;
        if (summed && bytes.crc(0, 120, 128, HEADER) != bytes.i32(124)) {
            damage(name, "the checksum of its header is wrong", new byte[0]);
            return bytes.length();
        }
        if (free < HEADER || free > SIZE) {
            damage(name, "its records end nowhere", new byte[0]);
            return bytes.length();
        }
        if (summed && bytes.length() == SIZE && bytes.crc(HEADER, free, 0, 0) != bytes.i32(52) && !dirty) {
            damage(name, "the checksum of its records is wrong", new byte[0]);
        }
        return Math.min(free, bytes.length());
    }

    private void records(int free) throws Damaged {
        int at = HEADER;
        int end = bytes.length();
        while (at + RECORD_HEADER + 4 <= end) {
            boolean beyond = at >= free;
            if (beyond && !(dirty && next(at))) {
                return;
            }
            int size = sizeAt(at);
            if (size > 0) {
                record(at, size);
                at += size;
                continue;
            }
            int found = search(at + 1, free);
            if (found < 0 && bytes.zero(at, free)) {
                return;
            }
            if (!foreign) {
                damage(name, "no record where one should begin, at " + at, bytes.slice(at, MOST_LOST));
            }
            if (found < 0) {
                return;
            }
            at = found;
        }
    }

    /** Whether the record there is the one that follows: in a file not closed it may not be in the header yet. */
    private boolean next(int at) throws Damaged {
        return sizeAt(at) > 0 && any && bytes.i64(at + 8) == lastId + 1;
    }

    /** The size of the record that begins there, 0 when none does. */
    private int sizeAt(int at) throws Damaged {
        if (at + RECORD_HEADER + 4 > bytes.length() || bytes.i32(at) != RECORD) {
            return 0;
        }
        int size = bytes.i32(at + 4);
        return size >= RECORD_HEADER + 4 && size <= bytes.length() - at ? size : 0;
    }

    private int search(int from, int end) throws Damaged {
        for (int at = from; at + RECORD_HEADER + 4 <= end; at++) {
            if (bytes.u8(at) == 0x2a && sizeAt(at) > 0) {
                int size = sizeAt(at);
                if (bytes.i32(at + size - 4) == size && (!any || bytes.i64(at + 8) > lastId)) {
                    return at;
                }
            }
        }
        return -1;
    }

    private void record(int at, int size) throws Damaged {
        long id = bytes.i64(at + 8);
        if (digest.isEmpty()) {
            // Of the first record, which stays as it is while the chunk fills.
            digest = Sm3.hex(bytes.slice(at, Math.min(size, KEY)));
        }
        boolean rises = !any || id > lastId;
        any = true;
        lastId = id;
        String place = name + " record " + Long.toUnsignedString(id);
        budget.record();
        try {
            int end = at + size - 4;
            if (bytes.i32(end) != size) {
                damage(place, "its second size is not its first", new byte[0]);
            }
            List<Node> nodes = source.fragment(at + RECORD_HEADER, end);
            String xml = writer.write(nodes);
            if (xml.isEmpty()) {
                throw new Damaged("is empty");
            }
            if (writer.cut()) {
                damage(place, "is longer than " + Budget.MOST_CHARS + " characters: cut", new byte[0]);
            }
            String origin = "evtx/" + writer.computer() + '/' + writer.channel() + '/' + Long.toUnsignedString(id) + '/'
                    + digest + (rises ? "" : "/" + at);
            out.accept(new Piece.Message(xml.getBytes(StandardCharsets.UTF_8), origin, writer.cut()));
        } catch (Damaged e) {
            damage(place, e.reason(), bytes.slice(at, Math.min(size, MOST_LOST)));
        }
    }

    private void damage(String place, String reason, byte[] lost) {
        out.accept(new Piece.Damage(place, reason, lost));
    }
}
