package org.wanglou.correlator.windows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.correlator.time.Multicast;
import org.wanglou.model.Entities;
import org.wanglou.model.Signal;

/**
 * The rows of the windows' store. An entry: route ‖ key ‖ time ‖ signal hash (48 bytes) → event id, values, entities. A
 * header: route ‖ key (32 bytes) → key text, span, episodes. Big-endian, so that a key's rows lie together in time order
 * (times before 1970 sort last, which nothing relies on).
 */
final class WindowRows {
    private static final byte VERSION = 1;

    private WindowRows() {}

    static boolean isHeader(byte[] rowKey) {
        return rowKey.length == Multicast.ROUTED;
    }

    static byte[] owner(byte[] rowKey) {
        return Arrays.copyOf(rowKey, Multicast.ROUTED);
    }

    static byte[] entryKey(byte[] key, Entry entry) {
        return ByteBuffer.allocate(Multicast.ROUTED + 16)
                .put(key)
                .putLong(entry.time())
                .putLong(entry.hash())
                .array();
    }

    static byte[] entry(Entry entry, List<List<String>> counted) {
        return write(out -> {
            out.writeByte(VERSION);
            out.writeUTF(entry.eventId());
            out.writeLong(entry.weight());
            out.writeByte(counted.size());
            for (int i = 0; i < counted.size(); i++) {
                out.writeInt(counted.get(i).hashCode());
                out.writeLong(entry.values()[i]);
            }
            Entities entities = entry.entities();
            out.writeUTF(entities.source());
            out.writeUTF(entities.target());
            out.writeUTF(entities.user());
            out.writeUTF(entities.asset());
            out.writeUTF(entities.organization());
        });
    }

    static Entry entry(byte[] rowKey, byte[] row, List<List<String>> counted) {
        ByteBuffer place = ByteBuffer.wrap(rowKey, Multicast.ROUTED, 16);
        long time = place.getLong();
        long hash = place.getLong();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            in.readByte();
            String eventId = in.readUTF();
            long weight = in.readLong();
            Map<Integer, Long> stored = new HashMap<>();
            for (int i = in.readByte(); i > 0; i--) {
                stored.put(in.readInt(), in.readLong());
            }
            long[] values = new long[counted.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = stored.getOrDefault(counted.get(i).hashCode(), 0L);
            }
            Entities entities = new Entities(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
            return new Entry(time, hash, eventId, values, entities, weight);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] header(KeyWindow window) {
        return write(out -> {
            out.writeByte(VERSION);
            out.writeUTF(window.keyText());
            out.writeLong(window.foldedUntil());
            List<Episode> episodes = window.episodes();
            out.writeInt(episodes.size());
            for (Episode episode : episodes) {
                out.writeUTF(episode.ruleId());
                out.writeUTF(episode.id());
                out.writeLong(episode.first());
                out.writeLong(episode.last());
                out.writeInt(episode.revision());
                out.writeLong(episode.published());
                out.writeLong(episode.publishedLast());
                out.writeLong(episode.nextCheck());
                out.writeByte(episode.status().ordinal());
                out.writeUTF(episode.organization());
                out.writeInt(episode.heldIds().size());
                for (String id : episode.heldIds()) {
                    out.writeUTF(id);
                }
                out.writeLong(episode.heldFirst());
            }
        });
    }

    /** What a header row says. */
    record Header(String keyText, long foldedUntil, List<Episode> episodes) {}

    static Header header(byte[] row) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            in.readByte();
            String keyText = in.readUTF();
            long foldedUntil = in.readLong();
            List<Episode> episodes = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                episodes.add(episode(in));
            }
            return new Header(keyText, foldedUntil, episodes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Episode episode(DataInputStream in) throws IOException {
        String ruleId = in.readUTF();
        String id = in.readUTF();
        long first = in.readLong();
        long last = in.readLong();
        int revision = in.readInt();
        long published = in.readLong();
        long publishedLast = in.readLong();
        long nextCheck = in.readLong();
        Signal.Status status = Signal.Status.values()[in.readByte()];
        String organization = in.readUTF();
        List<String> held = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            held.add(in.readUTF());
        }
        return new Episode(
                ruleId,
                id,
                first,
                last,
                revision,
                published,
                publishedLast,
                nextCheck,
                status,
                organization,
                List.copyOf(held),
                in.readLong());
    }

    private interface Writer {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writer.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
