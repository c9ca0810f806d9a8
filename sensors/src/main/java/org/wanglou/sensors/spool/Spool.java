package org.wanglou.sensors.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue of sealed parcels on disk, bounded in bytes: numbered segments of 4 MiB, each record {length, CRC-32C, length of
 * the source's name, the name, sealed parcel}. A segment is deleted when all of it was taken; how far the first one was
 * taken is in {@code taken}. A crash leaves at worst a torn last record, which is left out, and some parcels that are
 * taken again, under the same event ids.
 *
 * <p>The source's name is clear so that the accounts can be closed without the key; all else is sealed. Thread-safe.
 */
public final class Spool implements AutoCloseable {
    private static final int SEGMENT = 4 << 20;

    /** A parcel taken from the front; empty when its record does not open. */
    public record Taken(String source, @Nullable Parcel parcel) {}

    /** One file. {@code sources} has the name of each record's source: a damaged record cannot be asked for it. */
    private static final class Segment {
        private final Path path;
        private final List<String> sources = new ArrayList<>();
        private long bytes;

        Segment(Path path, long bytes) {
            this.path = path;
            this.bytes = bytes;
        }
    }

    private final Path folder;
    private final Sealer sealer;
    private final long most;
    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private final Map<String, Long> waiting = new HashMap<>();
    private long bytes;
    private long count;
    private long oldestTime = Long.MAX_VALUE;
    private @Nullable FileChannel out;
    private long outNumber;
    private int taken;
    private List<Taken> front = List.of();
    private long frontNumber = -1;

    private Spool(Path folder, Sealer sealer, long most) {
        this.folder = folder;
        this.sealer = sealer;
        this.most = most;
    }

    /** Opens what an earlier run left. */
    public static Spool open(Path folder, Sealer sealer, long mostBytes) throws IOException {
        Files.createDirectories(folder);
        Spool spool = new Spool(folder, sealer, mostBytes);
        spool.recover();
        return spool;
    }

    private void recover() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.spool")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                long number = Long.parseLong(name.substring(0, name.length() - ".spool".length()));
                segments.put(number, new Segment(file, Files.size(file)));
            }
        }
        outNumber = segments.isEmpty() ? 0 : segments.lastKey();
        Path mark = folder.resolve("taken");
        long[] at = Files.exists(mark) ? mark(Files.readString(mark)) : new long[] {-1, 0};
        for (Map.Entry<Long, Segment> one : new TreeMap<>(segments).entrySet()) {
            Segment segment = one.getValue();
            List<Taken> records = SpoolFile.read(segment.path, Optional.empty());
            int skip = one.getKey() == at[0] ? (int) Math.min(at[1], records.size()) : 0;
            if (one.getKey() < at[0] || skip == records.size()) {
                Files.delete(segment.path);
                segments.remove(one.getKey());
                continue;
            }
            if (one.getKey().equals(segments.firstKey())) {
                taken = skip;
            }
            records.forEach(record -> segment.sources.add(record.source()));
            bytes += segment.bytes;
            for (Taken record : records.subList(skip, records.size())) {
                waiting.merge(record.source(), 1L, Long::sum);
                count++;
            }
        }
        if (count > 0) {
            oldestTime = 0;
        }
    }

    private static long[] mark(String text) {
        String[] parts = text.strip().split(" ");
        try {
            return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new long[] {-1, 0};
        }
    }

    /** Puts a parcel at the end; false when there is no room. */
    public synchronized boolean offer(Parcel parcel) throws IOException {
        byte[] sealed = sealer.seal(parcel.bytes());
        byte[] name = parcel.source().getBytes(StandardCharsets.UTF_8);
        int length = SpoolFile.HEADER + name.length + sealed.length;
        if (bytes + length > most) {
            return false;
        }
        ByteBuffer record = SpoolFile.record(name, sealed);
        Segment segment = segments.get(outNumber);
        if (out == null || segment == null || segment.bytes > SEGMENT) {
            roll();
            segment = segments.get(outNumber);
        }
        if (out == null || segment == null) {
            throw new IOException("spool is closed");
        }
        write(out, record, segment.bytes);
        segment.bytes += length;
        segment.sources.add(parcel.source());
        bytes += length;
        count++;
        waiting.merge(parcel.source(), 1L, Long::sum);
        oldestTime = Math.min(oldestTime, parcel.timeMillis());
        return true;
    }

    /** A record that did not go in whole, as on a full disk, is taken out again: nothing behind it could be read. */
    private void write(FileChannel to, ByteBuffer record, long start) throws IOException {
        try {
            while (record.hasRemaining()) {
                to.write(record);
            }
        } catch (IOException e) {
            try {
                to.truncate(start);
            } catch (IOException again) {
                out = null; // what comes next goes to another segment
                e.addSuppressed(again);
                to.close();
            }
            throw e;
        }
    }

    private void roll() throws IOException {
        sync();
        if (out != null) {
            out.close();
        }
        outNumber++;
        Path path = folder.resolve(String.format(java.util.Locale.ROOT, "%016d.spool", outNumber));
        out = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        segments.put(outNumber, new Segment(path, 0));
    }

    /** Makes what was put in durable against power loss. */
    public synchronized void sync() throws IOException {
        if (out != null) {
            out.force(false);
        }
    }

    /** Parcels waiting. */
    public synchronized long count() {
        return count;
    }

    /** Parcels waiting of each source. */
    public synchronized Map<String, Long> waiting() {
        return new HashMap<>(waiting);
    }

    /** Bytes on disk. */
    public synchronized long bytes() {
        return bytes;
    }

    /** No waiting parcel is of an earlier event time; {@link Long#MAX_VALUE} when none waits. */
    public synchronized long oldestTimeMillis() {
        return count == 0 ? Long.MAX_VALUE : oldestTime;
    }

    /** The next parcels in order, without taking them; all of them of one segment. */
    public synchronized List<Taken> peek(int most) throws IOException {
        while (!segments.isEmpty()) {
            long number = segments.firstKey();
            Segment segment = segments.firstEntry().getValue();
            if (taken >= segment.sources.size()) {
                if (number == outNumber && segment.sources.isEmpty()) {
                    return List.of();
                }
                drop(number, segment);
                continue;
            }
            if (number == outNumber && out != null) {
                out.close(); // what comes now goes to the next segment: this one is read once
                out = null;
            }
            if (frontNumber != number) {
                front = whole(segment);
                frontNumber = number;
            }
            int end = Math.min(front.size(), taken + most);
            return taken < end ? List.copyOf(front.subList(taken, end)) : List.of();
        }
        return List.of();
    }

    /** Takes so many of the parcels that were looked at; they are taken also when the disk does not keep that. */
    public synchronized void take(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            waiting.merge(front.get(taken + i).source(), -1L, Long::sum);
        }
        taken += number;
        count -= number;
        if (count == 0) {
            oldestTime = Long.MAX_VALUE;
        }
        Segment segment = segments.get(frontNumber);
        if (segment != null && taken >= segment.sources.size()) {
            drop(frontNumber, segment);
        } else {
            Path next = folder.resolve("taken.new");
            Files.writeString(next, frontNumber + " " + taken);
            Files.move(
                    next, folder.resolve("taken"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void drop(long number, Segment segment) throws IOException {
        if (number == outNumber && out != null) {
            out.close();
            out = null;
        }
        Files.deleteIfExists(segment.path);
        segments.remove(number);
        bytes -= segment.bytes;
        taken = 0;
        front = List.of();
        frontNumber = -1;
    }

    /** As many records as were put in. Behind a damaged length nothing can be read: those do not open either. */
    private List<Taken> whole(Segment segment) throws IOException {
        List<Taken> read = SpoolFile.read(segment.path, Optional.of(sealer));
        List<Taken> whole = new ArrayList<>(segment.sources.size());
        for (int i = 0; i < segment.sources.size(); i++) {
            boolean opens = i < read.size() && read.get(i).parcel() != null;
            whole.add(opens ? read.get(i) : new Taken(segment.sources.get(i), null));
        }
        return whole;
    }

    @Override
    public synchronized void close() throws IOException {
        sync();
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
