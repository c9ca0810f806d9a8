package org.wanglou.sensors.listen;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads one window of Lumberjack version 1 or 2: {@code W} with the number of events, then {@code J} (a JSON document) or
 * {@code D} (pairs of key and value) for each, bare or within {@code C} (zlib). Numbers are unsigned, of 32 bits, most
 * significant byte first. Confined to its thread.
 */
final class LumberjackBatch {
    /** Events of one window; Beats send 2,048, Logstash 125. */
    static final int MOST = 16_384;

    /** A document beyond it is cut. */
    static final int EVENT_LIMIT = 512 << 10;

    /** Bytes of the events of one window, also unpacked. */
    static final int BATCH_BYTES = 16 << 20;

    private static final int PAIRS = 1_024;
    private static final int RATIO = 200;
    private static final int SLACK = 1 << 20;

    /** Bytes that are no Lumberjack, or too many. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why);
        }
    }

    /** An event as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(byte[] document, boolean cut, long sequence) {}

    /**
     * One window.
     *
     * @param version as which it is acknowledged, {@code '1'} or {@code '2'}
     */
    record Window(int version, List<Item> items) {
        /** The acknowledgement of all of it; of nothing yet when it is empty. */
        byte[] answer() {
            return ack(
                    version, items.isEmpty() ? 0 : items.get(items.size() - 1).sequence());
        }
    }

    /** {@code A} with a number: everything to it has been taken; 0 says that the receiver is alive. */
    static byte[] ack(int version, long sequence) {
        return new byte[] {
            (byte) version,
            'A',
            (byte) (sequence >>> 24),
            (byte) (sequence >>> 16),
            (byte) (sequence >>> 8),
            (byte) sequence
        };
    }

    private final List<Item> items = new ArrayList<>();
    private int bytes;

    private LumberjackBatch() {}

    /** @param first the window's first byte, the version, which has been read */
    static Window read(int first, Octets in) throws IOException {
        if (first != '1' && first != '2' || in.must() != 'W') {
            throw new Malformed("no window");
        }
        long count = in.word();
        if (count > MOST) {
            throw new Malformed("a window of more than " + MOST);
        }
        LumberjackBatch batch = new LumberjackBatch();
        batch.fill(in, (int) count, false);
        return new Window(first, batch.items);
    }

    /** Reads frames until there are so many events; within a block until it ends. */
    private void fill(Octets in, int count, boolean packed) throws IOException {
        while (items.size() < count) {
            int version = in.next();
            if (version < 0 && packed) {
                return;
            }
            if (version != '1' && version != '2') {
                throw new Malformed("no frame");
            }
            switch (in.must()) {
                case 'J' -> json(in);
                case 'D' -> pairs(in);
                case 'C' -> {
                    if (packed) {
                        throw new Malformed("a block within a block");
                    }
                    unpack(in, count);
                }
                default -> throw new Malformed("unknown frame");
            }
        }
    }

    private void json(Octets in) throws IOException {
        long sequence = in.word();
        add(sequence, text(in, BATCH_BYTES));
    }

    private void pairs(Octets in) throws IOException {
        long sequence = in.word();
        long count = in.word();
        if (count > PAIRS) {
            throw new Malformed("too many pairs");
        }
        Map<String, byte[]> pairs = new TreeMap<>();
        int size = 0;
        for (long i = 0; i < count; i++) {
            String key = new String(text(in, 1 << 10), java.nio.charset.StandardCharsets.UTF_8);
            byte[] value = text(in, BATCH_BYTES - bytes - size);
            size += value.length + key.length();
            pairs.put(key, value);
        }
        add(sequence, LumberjackDocument.of(pairs));
    }

    private byte[] text(Octets in, int most) throws IOException {
        long length = in.word();
        if (length > most) {
            throw new Malformed("too long");
        }
        return in.take((int) length);
    }

    private void add(long sequence, byte[] document) throws Malformed {
        bytes += document.length;
        if (bytes > BATCH_BYTES) {
            throw new Malformed("a window of more than 16 MiB");
        }
        boolean cut = document.length > EVENT_LIMIT;
        items.add(new Item(cut ? java.util.Arrays.copyOf(document, EVENT_LIMIT) : document, cut, sequence));
    }

    private void unpack(Octets in, int count) throws IOException {
        byte[] block = text(in, BATCH_BYTES);
        long most = Math.min(2L * BATCH_BYTES, (long) block.length * RATIO + SLACK);
        Inflater inflater = new Inflater();
        try (InputStream plain = new InflaterInputStream(new ByteArrayInputStream(block), inflater)) {
            Octets unpacked = new Octets((into, from, length) -> {
                int got = plain.read(into, from, length);
                if (inflater.getBytesWritten() > most) {
                    throw new Malformed("a block that unpacks to too much");
                }
                return got;
            });
            fill(unpacked, count, true);
            if (unpacked.next() >= 0) {
                throw new Malformed("more in a block than the window holds");
            }
        } finally {
            inflater.end();
        }
    }
}
