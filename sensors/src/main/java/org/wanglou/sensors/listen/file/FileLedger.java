package org.wanglou.sensors.listen.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.crypto.sm.Sm3;

/**
 * Which file on disk is which known file. A known file is found again by the file system's key and its first bytes, and
 * otherwise by content; what begins alike but does not go on alike is another one. Up to 1,024 files that are gone are
 * remembered, so that a packed or restored copy is not read twice; up to 256 are open. Confined to the tail's thread.
 */
final class FileLedger {
    private static final long STILL_MILLIS = 30_000;
    private static final long PACKED_MILLIS = 2_000;
    private static final long VERDICT_MILLIS = 5_000;
    private static final long LIST_MILLIS = 1_000;

    /** A file that was looked at and is none to be read now, until it changes or the known files do. */
    private record Verdict(long size, long modified, long change, long until) {
        boolean holds(Found found, long now, long changes) {
            return size == found.size() && modified == found.modified() && change == changes && now < until;
        }
    }

    private final FileSet set;
    private final int limit;
    private final Clock clock;
    private final List<TrackedFile> tracked = new ArrayList<>();
    private final Map<Path, Verdict> verdicts = new HashMap<>();
    private List<FileSet.Candidate> listed = List.of();
    private long listedAt = Long.MIN_VALUE / 2;
    private boolean fresh;
    private long change;

    FileLedger(FileSet set, int limit, Clock clock) {
        this.set = set;
        this.limit = limit;
        this.clock = clock;
    }

    /** @param first nothing was ever saved: rotated files that are there already are history */
    void load(List<Offsets.Saved> saved, boolean first) {
        saved.forEach(one -> tracked.add(new TrackedFile(one, limit)));
        fresh = first;
    }

    List<TrackedFile> all() {
        return tracked;
    }

    int inFlight() {
        int sum = 0;
        for (TrackedFile file : tracked) {
            sum += file.inFlight();
        }
        return sum;
    }

    List<Offsets.Saved> saved() {
        List<Offsets.Saved> saved = new ArrayList<>(tracked.size());
        for (TrackedFile file : tracked) {
            saved.add(file.saved());
        }
        return saved;
    }

    List<FileTail.FileState> states() {
        List<FileTail.FileState> states = new ArrayList<>();
        for (TrackedFile file : tracked) {
            if (file.present || file.open()) {
                states.add(new FileTail.FileState(
                        file.path.toString(), file.size, file.lines.position(), file.committed()));
            }
        }
        return states;
    }

    /** Looks what is there. True when a file became known. */
    boolean scan() throws IOException {
        List<Found> unknown = new ArrayList<>();
        tracked.forEach(file -> file.present = false);
        for (FileSet.Candidate candidate : candidates()) {
            Optional<Found> found = Found.look(candidate);
            if (found.isPresent() && !known(found.get())) {
                unknown.add(found.get());
            }
        }
        for (TrackedFile file : tracked) {
            file.primary &= file.present;
        }
        boolean news = fresh;
        for (Found found : unknown) {
            news |= unknown(found);
        }
        fresh = false;
        KnownFiles.bound(tracked);
        return news;
    }

    /** What there is; folders below are listed once a second, for there may be thousands. */
    private List<FileSet.Candidate> candidates() throws IOException {
        long now = clock.millis();
        if (!set.deep() || now - listedAt >= LIST_MILLIS || now < listedAt) {
            listed = set.list();
            listedAt = now;
        }
        return listed;
    }

    /** True when it is the file of that key that is being read, unless its content was replaced. */
    private boolean known(Found found) throws IOException {
        for (TrackedFile file : tracked) {
            boolean same = found.size() == file.size && found.modified() == file.modified;
            if (!file.key.equals(found.key()) || !file.open() && !same) {
                continue;
            }
            if (!same && !file.packed && (found.size() < file.lines.position() || !file.intact())) {
                file.close(); // truncated: what it was may lie in a copy
                file.key = "";
                change++;
                return false;
            }
            file.path = found.candidate().path();
            note(file, found);
            return true;
        }
        return false;
    }

    private void note(TrackedFile file, Found found) {
        file.size = found.size();
        file.modified = found.modified();
        file.present = true;
        file.primary = found.candidate().primary() && !found.candidate().packed();
    }

    private boolean unknown(Found found) {
        Path path = found.candidate().path();
        long time = clock.millis();
        Verdict verdict = verdicts.get(path);
        boolean packed = found.candidate().packed();
        // A packed file is looked at when it has been still for a while: its packer has ended.
        if (verdict != null && verdict.holds(found, time, change)
                || packed && time - found.modified() < PACKED_MILLIS) {
            return false;
        }
        verdict = new Verdict(found.size(), found.modified(), change, time + VERDICT_MILLIS);
        Content content = null;
        try {
            content = Content.open(path, packed, found.candidate().follow());
            boolean taken = Found.look(found.candidate())
                            .filter(again -> again.key().equals(found.key()))
                            .isPresent()
                    && identify(found, content);
            if (taken) {
                verdicts.remove(path);
                change++;
                return true;
            }
            verdicts.put(path, verdict);
        } catch (NoSuchFileException e) {
            // gone since it was listed
        } catch (IOException e) {
            verdicts.put(path, verdict);
        }
        if (content != null) {
            content.close();
        }
        return false;
    }

    private boolean identify(Found found, Content content) throws IOException {
        byte[] head = content.slice(0, TrackedFile.HEAD);
        boolean still = clock.millis() - found.modified() >= STILL_MILLIS;
        if (head.length == 0 || !Resemblance.firstLine(head) && !still) {
            return false;
        }
        TrackedFile lost = null;
        boolean copy = false;
        for (TrackedFile file : tracked) {
            if (!file.continuedBy(content, !found.candidate().primary())) {
                continue;
            }
            if (file.open()) {
                copy |= found.candidate().packed() || found.size() <= file.size;
            } else if (lost == null || Resemblance.nearer(found).compare(file, lost) < 0) {
                lost = file;
            }
        }
        if (lost != null) {
            resume(lost, found, content);
            return true;
        }
        if (copy && !(set.exact() && found.candidate().primary())) {
            return false; // of a file that is being read
        }
        if (!found.candidate().primary() && !still && shorterThanKnown(found, head)) {
            return false; // a copy that is being made
        }
        fresh(found, content, head);
        return true;
    }

    private boolean shorterThanKnown(Found found, byte[] head) {
        String start = TrackedFile.start(head, head.length);
        for (TrackedFile file : tracked) {
            if (file.start.equals(start) && found.size() < file.lines.lineStart()) {
                return true;
            }
        }
        return false;
    }

    private void resume(TrackedFile file, Found found, Content content) throws IOException {
        file.bind(found.candidate().path(), found.key(), found.candidate().packed(), content);
        file.active = clock.millis();
        note(file, found);
    }

    private void fresh(Found found, Content content, byte[] head) throws IOException {
        String start = TrackedFile.start(head, head.length);
        int generation = 0;
        for (TrackedFile file : tracked) {
            if (file.start.equals(start)) {
                generation = Math.max(generation, file.generation + 1);
            }
        }
        boolean history = fresh && !found.candidate().primary();
        long offset = !history ? 0 : found.candidate().packed() ? Long.MAX_VALUE / 2 : found.size();
        int known = history ? head.length : 0;
        TrackedFile file = new TrackedFile(
                new Offsets.Saved(
                        found.candidate().path().toString(),
                        found.key(),
                        start,
                        known,
                        Sm3.hex(java.util.Arrays.copyOf(head, known)),
                        offset,
                        List.of(),
                        generation,
                        0,
                        0),
                limit);
        tracked.add(file);
        resume(file, found, content);
        if (history) {
            file.close();
        }
    }

    /** Files with something to read, or to be let go. */
    List<TrackedFile> readable() {
        List<TrackedFile> readable = new ArrayList<>();
        for (TrackedFile file : tracked) {
            if (file.open()) {
                readable.add(file);
            }
        }
        return readable;
    }

    /** A file that could not be read is left alone until it changes. */
    void failed(TrackedFile file) {
        file.close();
        verdicts.put(file.path, new Verdict(file.size, file.modified, change, Long.MAX_VALUE));
    }

    void close() {
        tracked.forEach(TrackedFile::close);
    }
}
