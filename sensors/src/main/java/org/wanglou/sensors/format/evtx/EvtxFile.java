package org.wanglou.sensors.format.evtx;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import org.wanglou.sensors.format.Container;

/**
 * One event log file, read forward, a chunk at a time: chunks until the file ends, whatever its header counts (the header of
 * a file that was not closed counts too few). Holds one chunk and its records. Confined to one thread.
 */
final class EvtxFile implements Container.Pieces {
    private static final int HEADER = 128;
    private static final int BLOCK = 4096;
    private static final int DIRTY = 1;
    private static final int NO_CRC = 4;

    private final InputStream in;
    private final ArrayDeque<Container.Piece> pieces = new ArrayDeque<>();
    private long chunk;
    private boolean begun;
    private boolean ended;
    private boolean dirty;
    private boolean unsummed;

    EvtxFile(InputStream in) {
        this.in = in;
    }

    @Override
    public Optional<Container.Piece> next() throws IOException {
        while (pieces.isEmpty() && !ended) {
            if (begun) {
                chunk();
            } else {
                begun = true;
                header();
            }
        }
        return Optional.ofNullable(pieces.poll());
    }

    private void header() throws IOException {
        byte[] data = in.readNBytes(BLOCK);
        Bytes bytes = new Bytes(data, data.length);
        try {
            int flags = bytes.i32(120);
            dirty = (flags & DIRTY) != 0;
            unsummed = (flags & NO_CRC) != 0;
            if (!java.util.Arrays.equals(bytes.slice(0, 8), EvtxContainer.signature())) {
                dirty = false;
                unsummed = false;
                damage("is no EVTX file: its signature is missing");
            } else if (!unsummed && bytes.crc(0, 120, 0, 0) != bytes.i32(124)) {
                damage("its checksum is wrong");
            }
            int block = bytes.u16(40);
            boolean whole = data.length == BLOCK;
            if (block > BLOCK && block % 512 == 0) {
                whole &= in.readNBytes(block - BLOCK).length == block - BLOCK;
            }
            if (!whole) {
                ended = true;
                damage("the file ends in it");
            }
        } catch (Damaged e) {
            ended = true;
            damage("shorter than " + HEADER + " bytes");
        }
    }

    private void damage(String reason) {
        pieces.add(new Container.Piece.Damage("file header", reason, new byte[0]));
    }

    private void chunk() throws IOException {
        byte[] data = in.readNBytes(EvtxChunk.SIZE);
        if (data.length == 0) {
            ended = true;
            return;
        }
        int length = data.length;
        ended = length < EvtxChunk.SIZE;
        new EvtxChunk(chunk, data, length, dirty, unsummed, pieces::add).read();
        chunk++;
    }
}
