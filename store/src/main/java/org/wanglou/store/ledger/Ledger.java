package org.wanglou.store.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.crypto.merkle.Checkpoint;
import org.wanglou.crypto.merkle.ConsistencyProof;
import org.wanglou.crypto.merkle.InclusionProof;
import org.wanglou.crypto.merkle.MerkleTree;
import org.wanglou.crypto.merkle.NewerHead;
import org.wanglou.crypto.merkle.TlogProof;
import org.wanglou.crypto.merkle.TreeHash;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;

/**
 * The ledger of one origin in one directory, open for its single writer.
 *
 * <p>Order of writing: entries to {@code entries.seg} and to disk (1), tiles (2), signed head to {@code state} (3), the
 * same to {@code checkpoint} (4), and only then the caller hears of it (5). {@code state} is the truth about what was
 * signed: opening replays what lies beyond it, cuts a torn tail off, and refuses when anything below it is missing or
 * different. A head is never signed twice for one size. After a failed write the ledger refuses work until it is opened
 * anew, for what reached the disk is then unknown. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
    static final String STATE = "state";
    static final String CHECKPOINT = "checkpoint";
    static final String KEY = "key.pem";
    private static final String LOCK = "lock";
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final Path dir;
    private final Sm2Signer signer;
    private final IntConsumer afterStep;
    private final FileChannel lockFile;
    private final TileFiles tiles;
    private final EntryLog entries;
    private final MerkleTree tree;
    private final Map<Long, Long> indexBySeq = new HashMap<>();
    /** Entries from the last full tile on: the signed ones of the partial tile and all unsigned ones. */
    private final List<byte[]> tail = new ArrayList<>();

    private long tailStart;
    private Checkpoint signed;
    private String signedText;
    private boolean broken;
    private boolean closed;

    /**
     * Opens the ledger, or founds it when the directory is empty, with a signed head of size 0.
     *
     * @throws Refused when the directory does not hold what was signed, or another process has it open
     */
    public static Ledger open(Path dir, String origin, Sm2Signer signer) {
        return open(dir, origin, signer, step -> {});
    }

    /** @param afterStep is told the number of each step done; tests copy the directory there, as a crash would leave it */
    static Ledger open(Path dir, String origin, Sm2Signer signer, IntConsumer afterStep) {
        try {
            Files.createDirectories(dir);
            FileChannel lockFile = lock(dir);
            try {
                return new Ledger(dir, origin, signer, lockFile, afterStep);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger in " + dir + " cannot be opened", e);
        }
    }

    private Ledger(Path dir, String origin, Sm2Signer signer, FileChannel lockFile, IntConsumer afterStep)
            throws IOException {
        this.dir = dir;
        this.signer = signer;
        this.lockFile = lockFile;
        this.afterStep = afterStep;
        this.tiles = new TileFiles(dir);
        this.tree = new MerkleTree(TreeHash.ofOrigin(origin));
        if (!Files.exists(dir.resolve(STATE))) {
            found(origin);
        }
        this.signedText = text(STATE);
        this.signed = readState(origin);
        long valid = replay();
        requireSignedRoot();
        requireTiles();
        republish();
        this.entries = new EntryLog(dir, valid);
        log.info("ledger open origin={} signed={} unsigned={}", origin, signed.size(), tree.size() - signed.size());
    }

    /** Step 1: adds the entries; when this returns they are on disk. Their indices, in order. */
    public synchronized List<Long> append(List<LedgerEntry> added) {
        requireWhole();
        List<byte[]> bytes = new ArrayList<>(added.size());
        Map<Long, Long> places = new HashMap<>();
        for (LedgerEntry entry : added) {
            if (indexBySeq.containsKey(entry.seq()) || places.put(entry.seq(), 0L) != null) {
                throw new IllegalArgumentException("the ledger has an entry of seq " + entry.seq() + " already");
            }
            bytes.add(entry.bytes());
        }
        write(() -> entries.append(bytes));
        List<Long> indices = new ArrayList<>(added.size());
        for (int i = 0; i < bytes.size(); i++) {
            indices.add(remember(added.get(i).seq(), bytes.get(i)));
        }
        afterStep.accept(1);
        return indices;
    }

    /** Steps 2 to 5: signs and publishes the head over everything appended; the present head when nothing is new. */
    public synchronized Checkpoint seal() {
        requireWhole();
        long size = tree.size();
        if (size == signed.size()) {
            return signed;
        }
        Checkpoint head = new Checkpoint(signed.origin(), size, tree.root());
        // Our own witness: what is signed now must continue what was signed last.
        if (!ConsistencyProof.of(tree, signed.size(), size).verify(tree.hash(), signed.root(), head.root())) {
            broken = true;
            throw new Refused("the tree in memory does not continue the signed head of size " + signed.size());
        }
        long before = signed.size();
        write(() -> {
            tiles.write(tree, tail, tailStart, before, size);
            afterStep.accept(2);
            String text = head.sign(signer);
            TileFiles.replace(dir.resolve(STATE), text.getBytes(StandardCharsets.UTF_8));
            afterStep.accept(3);
            TileFiles.replace(dir.resolve(CHECKPOINT), text.getBytes(StandardCharsets.UTF_8));
            afterStep.accept(4);
            signedText = text;
            signed = head;
            tiles.dropOutgrown(before, size);
        });
        int full = (int) (size / TileFiles.WIDTH * TileFiles.WIDTH - tailStart);
        tail.subList(0, full).clear();
        tailStart += full;
        return head;
    }

    public String origin() {
        return head().origin();
    }

    /** All entries, signed or not. */
    public synchronized long size() {
        return tree.size();
    }

    /** The last signed head. */
    public synchronized Checkpoint head() {
        return signed;
    }

    /** The last signed head as signed note. */
    public synchronized String checkpointText() {
        return signedText;
    }

    /** The place of the entry with that seq, signed or not. */
    public synchronized OptionalLong indexOf(long seq) {
        Long index = indexBySeq.get(seq);
        return index == null ? OptionalLong.empty() : OptionalLong.of(index);
    }

    /** Hash of that leaf. */
    public synchronized byte[] leafHash(long index) {
        return tree.subtree(0, index);
    }

    /** Bytes of that entry. */
    public synchronized byte[] entry(long index) {
        if (index < 0 || index >= tree.size()) {
            throw new IndexOutOfBoundsException("no entry " + index + " among " + tree.size());
        }
        if (index >= tailStart) {
            return tail.get((int) (index - tailStart)).clone();
        }
        try {
            return tiles.read("entries", index / TileFiles.WIDTH, TileFiles.WIDTH)
                    .map(tile -> tile.entries(TileFiles.WIDTH))
                    .filter(list -> list.size() == TileFiles.WIDTH)
                    .map(list -> list.get((int) (index % TileFiles.WIDTH)))
                    .filter(entry -> Arrays.equals(tree.hash().leaf(entry), tree.subtree(0, index)))
                    .orElseThrow(() -> new Refused("entry " + index + " in "
                            + TileFiles.name("entries", index / TileFiles.WIDTH, TileFiles.WIDTH)
                            + " is missing or changed since the ledger was opened"));
        } catch (IOException e) {
            throw new UncheckedIOException("entry " + index + " cannot be read", e);
        }
    }

    /**
     * Proves the leaf within the last signed head.
     *
     * @throws IndexOutOfBoundsException when it is not signed yet
     */
    public synchronized InclusionProof prove(long index) {
        return InclusionProof.of(tree, index, signed.size());
    }

    /** The proof with leaf and checkpoint, as a file that verifies offline. */
    public synchronized String proofText(long index) {
        String leaf = new String(entry(index), StandardCharsets.UTF_8);
        return new TlogProof(leaf, index, prove(index).path(), signedText).text();
    }

    /** The last signed head with the proof that it continues the first {@code size} leaves. */
    public synchronized String headSince(long size) {
        return NewerHead.since(tree, size, signed.size(), signedText).text();
    }

    /** Why this ledger does not continue that signed head; empty when it does. Cheap. */
    public synchronized Optional<String> problemAgainst(String checkpointText) {
        if (checkpointText.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint known;
        try {
            known = Checkpoint.verified(checkpointText, signer.publicKey());
        } catch (Checkpoint.NotTrusted e) {
            return Optional.of("the known head is not to be trusted: " + e.getMessage());
        }
        if (!known.origin().equals(signed.origin())) {
            return Optional.of("the known head is of " + known.origin() + ", the ledger of " + signed.origin());
        }
        if (known.size() > signed.size()) {
            return Optional.of("the directory is older than the known head: " + signed.size() + " leaves, the head has "
                    + known.size());
        }
        return Arrays.equals(tree.root(known.size()), known.root())
                ? Optional.empty()
                : Optional.of("the first " + known.size() + " leaves are not those of the known head");
    }

    Path directory() {
        return dir;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            entries.close();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger in " + dir + " cannot be closed", e);
        }
    }

    /** Says why a ledger is not opened or goes on no further. */
    public static final class Refused extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    private static FileChannel lock(Path dir) throws IOException {
        FileChannel file = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new Refused("the ledger in " + dir + " is open in another process or thread");
        }
        return file;
    }

    private void found(String origin) throws IOException {
        for (String name : List.of(EntryLog.NAME, CHECKPOINT)) {
            if (Files.exists(dir.resolve(name))) {
                throw refused("the file 'state' is missing beside '" + name + "'");
            }
        }
        Checkpoint empty = new Checkpoint(origin, 0, tree.root());
        TileFiles.replace(dir.resolve(KEY), Keys.publicPem(signer.publicKey()).getBytes(StandardCharsets.US_ASCII));
        TileFiles.replace(dir.resolve(STATE), empty.sign(signer).getBytes(StandardCharsets.UTF_8));
    }

    /** Not strict about UTF-8: a flipped byte is a wrong signature, not a failed read. */
    private String text(String name) throws IOException {
        return new String(Files.readAllBytes(dir.resolve(name)), StandardCharsets.UTF_8);
    }

    private Checkpoint readState(String origin) {
        Checkpoint state;
        try {
            state = Checkpoint.verified(signedText, signer.publicKey());
        } catch (Checkpoint.NotTrusted e) {
            throw refused("the file 'state': " + e.getMessage());
        }
        if (!state.origin().equals(origin)) {
            throw refused("it is the ledger of " + state.origin() + ", not of " + origin);
        }
        return state;
    }

    /** Reads all entries into the tree; returns how many bytes of the file are whole entries. */
    private long replay() throws IOException {
        if (!Files.exists(dir.resolve(EntryLog.NAME))) {
            if (signed.size() > 0) {
                throw refused("the file '" + EntryLog.NAME + "' is missing");
            }
            return 0;
        }
        try (EntryLog.Reader reader = new EntryLog.Reader(dir)) {
            for (Optional<byte[]> next = reader.next(); next.isPresent(); next = reader.next()) {
                byte[] bytes = next.get();
                remember(seqOf(bytes), bytes);
                if (tail.size() == TileFiles.WIDTH && tree.size() <= signed.size()) {
                    requireEntriesTile(tail);
                    tailStart += tail.size();
                    tail.clear();
                }
            }
            if (tree.size() < signed.size()) {
                String why = reader.fault().isEmpty() ? "the file ends there" : reader.fault();
                throw refused("'" + EntryLog.NAME + "' holds " + tree.size() + " of the " + signed.size()
                        + " signed entries; leaf " + tree.size() + " is missing or damaged: " + why);
            }
            if (!reader.fault().isEmpty()) {
                log.warn("ledger tail cut entries={} reason=\"{}\"", tree.size(), reader.fault());
            }
            return reader.valid();
        }
    }

    private long seqOf(byte[] bytes) {
        try {
            return LedgerEntry.seqOf(bytes);
        } catch (IllegalArgumentException e) {
            throw refused("leaf " + tree.size() + " in '" + EntryLog.NAME + "': " + e.getMessage());
        }
    }

    private long remember(long seq, byte[] bytes) {
        long index = tree.append(bytes);
        tail.add(bytes);
        indexBySeq.put(seq, index);
        return index;
    }

    private void requireSignedRoot() {
        if (!Arrays.equals(tree.root(signed.size()), signed.root())) {
            throw refused("the first " + signed.size() + " entries of '" + EntryLog.NAME
                    + "' do not give the signed root " + signed.rootHex());
        }
    }

    private void requireTiles() throws IOException {
        int open = (int) (signed.size() - tailStart);
        if (open > 0) {
            requireEntriesTile(tail.subList(0, open));
        }
        for (int level = 0; level < TileFiles.levels(signed.size()); level++) {
            long count = TileFiles.count(level, signed.size());
            for (long n = 0; n * TileFiles.WIDTH < count; n++) {
                int width = TileFiles.width(n, count);
                requireSame(Integer.toString(level), n, width, TileFiles.hashTile(tree, level, n, width));
            }
        }
    }

    private void requireEntriesTile(List<byte[]> expected) throws IOException {
        requireSame("entries", tailStart / TileFiles.WIDTH, expected.size(), TileFiles.entriesTile(expected));
    }

    private void requireSame(String level, long n, int width, byte[] expected) throws IOException {
        TileFiles.Tile tile = tiles.read(level, n, width)
                .orElseThrow(() -> refused("the file '" + TileFiles.name(level, n, width) + "' is missing"));
        if (tile.bytes().length < expected.length
                || !Arrays.equals(tile.bytes(), 0, expected.length, expected, 0, expected.length)) {
            throw refused("the file '" + tile.name() + "' is not what was signed");
        }
    }

    /** Step 4 again when a crash came between 3 and 4; any other difference is not a crash's. */
    private void republish() throws IOException {
        Path path = dir.resolve(CHECKPOINT);
        if (Files.exists(path)) {
            String text = text(CHECKPOINT);
            if (text.equals(signedText)) {
                return;
            }
            Checkpoint published;
            try {
                published = Checkpoint.verified(text, signer.publicKey());
            } catch (Checkpoint.NotTrusted e) {
                throw refused("the file 'checkpoint': " + e.getMessage());
            }
            if (published.size() >= signed.size() || !Arrays.equals(tree.root(published.size()), published.root())) {
                throw refused("the file 'checkpoint' names " + published + ", which 'state' does not continue");
            }
        }
        TileFiles.replace(path, signedText.getBytes(StandardCharsets.UTF_8));
    }

    private Refused refused(String why) {
        return new Refused("the ledger in " + dir + " is not opened: " + why
                + "; restore the directory from a backup that 'wanglou verify' accepts against the newest known head");
    }

    private void requireWhole() {
        if (closed || broken) {
            throw new Refused("the ledger in " + dir + " is " + (closed ? "closed" : "stopped after a failed write"));
        }
    }

    private void write(Write work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            // What of it reached the disk is unknown, and a failed force must not be tried again.
            broken = true;
            throw e instanceof IOException io
                    ? new UncheckedIOException("the ledger in " + dir + " cannot be written", io)
                    : (RuntimeException) e;
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
