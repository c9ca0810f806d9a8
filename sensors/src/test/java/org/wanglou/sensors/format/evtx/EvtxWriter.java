package org.wanglou.sensors.format.evtx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes event log files as Windows does, for tests: chunks, records, templates defined where they are first used, names
 * likewise. Confined to one thread.
 */
final class EvtxWriter {
    /** Writes a piece of binary XML where the writer stands. */
    interface Part {
        void write(EvtxWriter out);
    }

    /** A value: its type and what writes its bytes. */
    record Value(int type, Part bytes) {}

    static final long TIME = 132_000_000_000_000_000L;

    private final List<byte[]> chunks = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<String, Integer> templates = new HashMap<>();
    private ByteBuffer chunk = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
    private long first = -1;
    private long last;
    private int lastAt;
    private boolean dependencies;

    EvtxWriter() {
        chunk.position(512);
    }

    int at() {
        return chunk.position();
    }

    void bytes(int... bytes) {
        for (int one : bytes) {
            chunk.put((byte) one);
        }
    }

    void u16(int value) {
        chunk.putShort((short) value);
    }

    void u32(int value) {
        chunk.putInt(value);
    }

    void u64(long value) {
        chunk.putLong(value);
    }

    void patch(int at, int value) {
        chunk.putInt(at, value);
    }

    void chars(String text) {
        chunk.put(text.getBytes(StandardCharsets.UTF_16LE));
    }

    EvtxWriter record(long id, Part body) {
        int from = at();
        first = first < 0 ? id : first;
        last = id;
        lastAt = from;
        u32(0x2a2a);
        u32(0);
        u64(id);
        u64(TIME);
        bytes(0x0f, 1, 1, 0);
        body.write(this);
        bytes(0);
        while ((at() + 4) % 8 != 0) {
            bytes(0);
        }
        u32(at() + 4 - from);
        chunk.putInt(from + 4, at() - from);
        return this;
    }

    /** An element with attributes and children, as in a template. */
    static Part element(String name, int dependency, List<Part> attributes, Part... children) {
        return out -> {
            out.bytes(attributes.isEmpty() ? 0x01 : 0x41);
            if (out.dependencies) {
                out.u16(dependency);
            }
            int size = out.at();
            out.u32(0);
            out.name(name);
            if (!attributes.isEmpty()) {
                int length = out.at();
                out.u32(0);
                attributes.forEach(attribute -> attribute.write(out));
                out.chunk.putInt(length, out.at() - length - 4);
            }
            if (children.length == 0) {
                out.bytes(0x03);
            } else {
                out.bytes(0x02);
                for (Part child : children) {
                    child.write(out);
                }
                out.bytes(0x04);
            }
            out.chunk.putInt(size, out.at() - size - 4);
        };
    }

    static Part element(String name, Part... children) {
        return element(name, 0xffff, List.of(), children);
    }

    static Part attribute(String name, Part... parts) {
        return out -> {
            out.bytes(0x06);
            out.name(name);
            for (Part part : parts) {
                part.write(out);
            }
        };
    }

    static Part text(String text) {
        return out -> {
            out.bytes(0x05, 0x01);
            out.u16(text.length());
            out.chars(text);
        };
    }

    static Part slot(int index, int type) {
        return out -> {
            out.bytes(0x0e);
            out.u16(index);
            out.bytes(type);
        };
    }

    /** A template instance; the template is defined the first time its key is used in a chunk. */
    static Part instance(String key, Part definition, Value... values) {
        return out -> {
            out.bytes(0x0c, 1);
            out.u32(key.hashCode() | 1);
            Integer known = out.templates.get(key);
            out.u32(known == null ? out.at() + 4 : known);
            if (known == null) {
                out.templates.put(key, out.at());
                out.u32(0);
                out.u32(key.hashCode() | 1);
                out.u32(0);
                out.u64(0);
                int size = out.at();
                out.u32(0);
                out.bytes(0x0f, 1, 1, 0);
                boolean before = out.dependencies;
                out.dependencies = true;
                definition.write(out);
                out.dependencies = before;
                out.bytes(0);
                out.chunk.putInt(size, out.at() - size - 4);
            }
            out.values(values);
        };
    }

    private void values(Value... values) {
        u32(values.length);
        int table = at();
        chunk.position(table + 4 * values.length);
        for (int i = 0; i < values.length; i++) {
            int from = at();
            boolean before = dependencies;
            dependencies = false;
            values[i].bytes().write(this);
            dependencies = before;
            chunk.putShort(table + 4 * i, (short) (at() - from));
            chunk.put(table + 4 * i + 2, (byte) values[i].type());
        }
    }

    private void name(String name) {
        Integer known = names.get(name);
        u32(known == null ? at() + 4 : known);
        if (known == null) {
            names.put(name, at());
            u32(0);
            u16(name.hashCode());
            u16(name.length());
            chars(name);
            u16(0);
        }
    }

    static Value string(String text) {
        return new Value(1, out -> out.chars(text));
    }

    static Value none() {
        return new Value(0, out -> {});
    }

    static Value u16Value(int value) {
        return new Value(6, out -> out.u16(value));
    }

    static Value u32Value(int value) {
        return new Value(8, out -> out.u32(value));
    }

    static Value u64Value(int type, long value) {
        return new Value(type, out -> out.u64(value));
    }

    static Value nested(Part xml) {
        return new Value(0x21, out -> {
            out.bytes(0x0f, 1, 1, 0);
            xml.write(out);
            out.bytes(0);
        });
    }

    /** Ends the chunk and begins the next one. */
    EvtxWriter next() {
        int free = at();
        chunk.position(0);
        chunk.put("ElfChnk\0".getBytes(StandardCharsets.US_ASCII));
        for (long number : new long[] {first, last, first, last}) {
            u64(number);
        }
        u32(128);
        u32(lastAt);
        u32(free);
        u32(crc(chunk.array(), 512, free, 0, 0));
        chunk.putInt(124, crc(chunk.array(), 0, 120, 128, 512));
        chunks.add(chunk.array());
        chunk = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
        chunk.position(512);
        names.clear();
        templates.clear();
        first = -1;
        return this;
    }

    /** @param flags 1 for a file that was not closed */
    byte[] file(int flags) {
        if (at() > 512) {
            next();
        }
        ByteBuffer header = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        header.put("ElfFile\0".getBytes(StandardCharsets.US_ASCII));
        header.putLong(0).putLong(chunks.size() - 1L).putLong(last + 1).putInt(128);
        header.putShort((short) 1).putShort((short) 3).putShort((short) 4096).putShort((short) chunks.size());
        header.putInt(120, flags);
        header.putInt(124, crc(header.array(), 0, 120, 0, 0));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(header.array());
        chunks.forEach(file::writeBytes);
        return file.toByteArray();
    }

    static int crc(byte[] bytes, int from, int to, int again, int until) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        crc.update(bytes, again, until - again);
        return (int) crc.getValue();
    }
}
