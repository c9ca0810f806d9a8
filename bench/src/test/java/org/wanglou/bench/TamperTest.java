package org.wanglou.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wanglou.bench.check.Aftermath;
import org.wanglou.bench.process.Program;
import org.wanglou.bench.send.Lines;
import org.wanglou.bench.send.SyslogSender;
import org.wanglou.bench.send.Targets;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.store.ledger.LedgerVerifier;
import org.wanglou.store.ledger.Verdict;

class TamperTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Random random = new Random(Seeds.draw("TamperTest"));

    private static void attack(Stand stand, int from, int to) throws Exception {
        for (int attacker = from; attacker < to; attacker++) {
            try (SyslogSender sender = new SyslogSender(stand.instance())) {
                for (int i = 0; i < 20; i++) {
                    sender.datagram(
                            Lines.sshFailure(Instant.now(), Targets.host(attacker), "root", Targets.address(attacker)));
                }
            }
        }
        await().atMost(LIMIT).until(() -> stand.responder().arrivals().size() >= to);
    }

    @Test
    void a_changed_byte_a_deleted_leaf_and_yesterday_s_directory_are_each_named() throws Exception {
        try (Stand stand = Stand.fresh("tamper")) {
            stand.start();
            attack(stand, 0, 4);
            stand.stop();
            Path ledger = stand.instance().data().resolve("ledger");
            Path yesterday = copy(ledger, stand.instance().root().resolve("yesterday"));
            stand.start();
            attack(stand, 4, 8);
            stand.stop();
            Path today = copy(ledger, stand.instance().root().resolve("today"));
            try (Aftermath aftermath = stand.aftermath()) {
                assertThat(aftermath.ledgerCheck().problems()).isEmpty();
            }
            assertThat(verify(stand, today, Optional.empty()).problems()).isEmpty();

            changedBytes(stand, today);
            deletedLeaf(stand, today);
            oldDirectory(stand, ledger, yesterday, today);
        }
    }

    private void changedBytes(Stand stand, Path sound) throws Exception {
        Path scratch = copy(sound, stand.instance().root().resolve("scratch"));
        int flips = 0;
        for (Path file : files(scratch)) {
            byte[] bytes = Files.readAllBytes(file);
            int step = Seeds.full() ? 1 : Math.max(1, bytes.length / 25);
            for (int at = random.nextInt(step);
                    at < bytes.length;
                    at += Seeds.full() ? 1 : 1 + random.nextInt(2 * step)) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                Verdict verdict = verify(stand, scratch, Optional.empty());
                assertThat(verdict.ok())
                        .as("byte %d of %s changed: %s", at, scratch.relativize(file), verdict.problems())
                        .isFalse();
                flips++;
            }
            Files.write(file, bytes);
        }
        System.out.println("TamperTest changed bytes " + flips + ", all named");
        assertThat(flips).isGreaterThan(50);
        Path file = files(scratch).stream()
                .filter(one -> one.endsWith("entries.seg"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Program.Finished command = Program.command(
                LIMIT,
                "verify",
                scratch.toString(),
                "--key",
                stand.instance().ledgerKey().toString());
        assertThat(command.exit()).as(command.output()).isEqualTo(1);
        assertThat(command.output()).contains("entries.seg");
    }

    /** One leaf is taken out of both copies of the entries, lengths and checksums whole. */
    private void deletedLeaf(Stand stand, Path sound) throws Exception {
        Path scratch = copy(sound, stand.instance().root().resolve("deleted"));
        Path log = scratch.resolve("entries.seg");
        List<byte[]> records = split(Files.readAllBytes(log), 8, ByteBuffer::getInt);
        int gone = 1 + random.nextInt(records.size() - 2);
        records.remove(gone);
        Files.write(log, joined(records));
        for (Path tile : files(scratch)) {
            if (scratch.relativize(tile).toString().startsWith("tile/entries/")) {
                List<byte[]> leaves = split(Files.readAllBytes(tile), 2, head -> Short.toUnsignedInt(head.getShort()));
                leaves.remove(gone);
                Files.write(tile, joined(leaves));
            }
        }
        Verdict verdict = verify(stand, scratch, Optional.empty());
        assertThat(verdict.problems()).anySatisfy(problem -> assertThat(problem.where() + " " + problem.message())
                .contains("leaf " + gone));
    }

    private static List<byte[]> split(byte[] bytes, int head, java.util.function.ToIntFunction<ByteBuffer> length) {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= head) {
            int start = buffer.position();
            byte[] record = new byte[head + length.applyAsInt(buffer)];
            buffer.position(start);
            buffer.get(record);
            records.add(record);
        }
        return records;
    }

    private static byte[] joined(List<byte[]> records) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        records.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static void oldDirectory(Stand stand, Path ledger, Path yesterday, Path today) throws Exception {
        Verdict verdict = verify(stand, yesterday, Optional.of(Files.readString(today.resolve("checkpoint"))));
        assertThat(verdict.problems()).extracting(Verdict.Problem::code).contains("old");

        remove(ledger);
        copy(yesterday, ledger);
        try (Aftermath aftermath = stand.aftermath()) {
            assertThat(aftermath.ledgerCheck().problems())
                    .extracting(Verdict.Problem::code)
                    .contains("old");
        }
        Program refused = stand.launch();
        int exit = refused.awaitEnd(Stand.READY_LIMIT);
        assertThat(exit).as("a start on yesterday's ledger is refused").isNotZero();
        assertThat(refused.log()).contains("ledger").containsPattern("older|behind|old copy");
        remove(ledger);
        copy(today, ledger);
        stand.start();
        stand.stop();
    }

    private static Verdict verify(Stand stand, Path directory, Optional<String> head) throws IOException {
        return new LedgerVerifier(
                        Optional.of(Keys.publicFromPem(
                                Files.readString(stand.instance().ledgerKey()))),
                        head)
                .directory(directory);
    }

    /** Every file that says something; the lock says nothing. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .sorted()
                    .toList();
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one));
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target);
                }
            }
        }
        return to;
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
