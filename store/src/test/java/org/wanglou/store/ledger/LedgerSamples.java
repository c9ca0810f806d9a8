package org.wanglou.store.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm3;

/** Entries, keys and directories for the ledger's tests. */
final class LedgerSamples {
    static final String ORIGIN = "wanglou/test/ledger/sm3";
    static final KeyPair PAIR = Keys.generate();
    static final Sm2Signer SIGNER = Sm2Signer.of(PAIR.getPrivate());

    private LedgerSamples() {}

    static LedgerEntry entry(long seq) {
        return new LedgerEntry(
                1,
                "incident.open",
                "inc_" + seq,
                1,
                "370100",
                seq,
                1_764_000_000_000L + seq,
                "machine",
                Sm3.hex(Long.toString(seq).getBytes(StandardCharsets.US_ASCII)),
                "incident",
                "");
    }

    static List<LedgerEntry> entries(long from, long to) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (long seq = from; seq < to; seq++) {
            entries.add(entry(seq));
        }
        return entries;
    }

    /** A closed ledger with that many leaves, sealed in a few steps. */
    static Path ledger(Path dir, int leaves) {
        try (Ledger ledger = Ledger.open(dir, ORIGIN, SIGNER)) {
            for (int from = 0; from < leaves; from += 100) {
                ledger.append(entries(from, Math.min(from + 100, leaves)));
                ledger.seal();
            }
        }
        return dir;
    }

    static Path copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void flip(Path file, long at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= 1;
        Files.write(file, bytes);
    }

    static String checkpoint(Path ledger) {
        try {
            return Files.readString(ledger.resolve("checkpoint"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
