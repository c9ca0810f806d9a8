package org.wanglou.sensors.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;

/** Mutations of good lines; {@code -Dwanglou.fuzz.seconds=600} for a long run, {@code -Dwanglou.fuzz.seed} to repeat one. */
class FormatFuzzTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<String> GOOD = List.of(
            "<38>Nov 24 09:59:58 web01 sshd[812]: Failed password for invalid user x from 203.0.113.7 port 53221 ssh2",
            "<38>Nov 24 09:59:58 web01 sshd[812]: Disconnected from authenticating user root 203.0.113.7 port 4 [preauth]",
            "<165>1 2026-11-24T02:00:00.003Z h app 1 ID47 [a@1 b=\"c\\\"]d\" e=\"f\"][x y=\"z\"] text",
            "<86>Nov 24 09:59:58 h sudo:  alice : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh",
            "203.0.113.9 - bob [24/Nov/2026:10:00:00 +0800] \"GET /a?b=c HTTP/1.1\" 200 123 \"http://x/\" \"agent \\\"q\\\"\"",
            "{\"@timestamp\":\"2026-11-24T02:00:00Z\",\"source\":{\"ip\":\"203.0.113.9\"},\"a\":[1,2.5,null,{\"b\":\"c\"}]}");
    private static final List<String> PIECES = List.of(
            "\"", "\\", "[", "]", "{", "}", " ; ", " : ", " from ", " port ", "<", ">", "%", "=", ":", " ", "\u0000",
            "-", "9");

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static void decodeAll(byte[] bytes) {
        for (Format format : Formats.all()) {
            Decoded decoded = format.decode(new Frame(bytes, "", 1_795_591_526_910L, "o", false), ZONE);
            assertThat(decoded).isNotNull();
        }
    }

    @Test
    void whatever_is_done_to_good_lines_no_format_throws() {
        long seed = Long.getLong("wanglou.fuzz.seed", System.nanoTime());
        long seconds = Long.getLong("wanglou.fuzz.seconds", 10);
        System.out.println("fuzz seed=" + seed);
        Random random = new Random(seed);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long count = 0;
        while (System.nanoTime() < end) {
            byte[] bytes = mutate(random);
            try {
                decodeAll(bytes);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + " case " + count + ": " + Arrays.toString(bytes), e);
            }
            count++;
        }
        System.out.println("fuzz cases=" + count);
    }

    private static byte[] mutate(Random random) {
        StringBuilder line = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(line.length() + 1);
            switch (random.nextInt(5)) {
                case 0 ->
                    line.insert(at, PIECES.get(random.nextInt(PIECES.size())).repeat(1 + random.nextInt(200)));
                case 1 -> line.delete(at, Math.min(line.length(), at + random.nextInt(20)));
                case 2 -> line.insert(at, line.substring(at, Math.min(line.length(), at + random.nextInt(40))));
                case 3 -> line.insert(at, (char) random.nextInt(0x3000));
                default -> line.append(GOOD.get(random.nextInt(GOOD.size())));
            }
        }
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /**
     * Time may not grow faster than length: of every repeated piece inside every good line, eight times the length may
     * cost at most forty times as much. Quadratic would be sixty-four; the best of five runs of each, in CPU time of the thread, is compared.
     */
    @Test
    void time_grows_with_the_length_of_a_line_and_not_with_its_square() {
        for (String good : GOOD) {
            for (String piece : PIECES) {
                for (int at = 0; at <= good.length(); at += Math.max(1, good.length() / 6)) {
                    long small = best(good, piece, at, 1_000);
                    if (small == 0 || best(good, piece, at, 8_000) < 40 * small + 2_000_000) {
                        continue;
                    }
                    long again = best(good, piece, at, 1_000);
                    long large = best(good, piece, at, 8_000);
                    assertThat(large)
                            .as("%s × %s at %s: %s ns", piece, good, at, again)
                            .isLessThan(40 * again + 2_000_000);
                }
            }
        }
    }

    private static long best(String good, String piece, int at, int length) {
        String filled = good.substring(0, at) + piece.repeat(length / piece.length()) + good.substring(at);
        byte[] bytes = filled.getBytes(StandardCharsets.UTF_8);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = CPU.getCurrentThreadCpuTime();
            decodeAll(bytes);
            best = Math.min(best, CPU.getCurrentThreadCpuTime() - start);
        }
        return best;
    }
}
