package org.wanglou.sensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Input that no honest system sends; none of it holds a line feed, so that it is one message on every transport. */
final class Hostile {
    private Hostile() {}

    static List<byte[]> lines(long seed, int count) {
        Random random = new Random(seed);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; lines.size() < count; i++) {
            byte[] line = one(random, i);
            for (int at = 0; at < line.length; at++) {
                if (line[at] == '\n') {
                    line[at] = '~';
                }
            }
            if (line.length > 0 && line.length <= 65_000 && !blank(line)) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** What framing may take for nothing at all, or for a count of what follows. */
    private static boolean blank(byte[] line) {
        return line[0] <= ' ' && line[0] >= 0 || line[0] >= '1' && line[0] <= '9' && line[1 % line.length] == ' ';
    }

    private static byte[] one(Random random, int i) {
        return switch (i % 24) {
            case 0 -> utf8("{\"a\":".repeat(1 + random.nextInt(10_000)));
            case 1 -> utf8("[".repeat(1 + random.nextInt(60_000)));
            case 2 -> utf8("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
            case 3 -> utf8("{\"n\":" + "9".repeat(1 + random.nextInt(5_000)) + "}");
            case 4 -> utf8("{\"n\":1e" + random.nextInt(1_000_000) + ",\"@timestamp\":" + random.nextLong() + "}");
            case 5 -> utf8("{\"s\":\"\\ud800\",\"\\udfff\":\"\\udc00\\ud800\",\"l\":[\"\\ud801\"]}");
            case 6 -> utf8("{\"a" + ".b".repeat(1 + random.nextInt(20_000)) + "\":1}");
            case 7 -> utf8("{\"a\":1,\"a\":{\"b\":2},\"a.b\":3,\"\":4,\".\":5,\"..\":{\"\":6}}");
            case 8 -> utf8("<" + random.nextInt(100_000) + ">1 - - - - - -");
            case 9 -> utf8("<-1>Nov 24 25:61:61 h a: b");
            case 10 -> utf8("<13>Feb 30 09:59:58 h app[" + "9".repeat(40) + "]: x");
            case 11 -> utf8("<13>1 9999-99-99T99:99:99Z h a p m " + "[a b=\"".repeat(1 + random.nextInt(9_000)));
            case 12 ->
                utf8("<13>1 2026-11-24T00:00:00Z h a p m " + "[a b=\"\\\"]\"]".repeat(1 + random.nextInt(3_000)));
            case 13 -> utf8("<38>Nov 24 09:59:58 h sshd[1]: Failed password for " + " from ".repeat(8_000) + "port");
            case 14 -> utf8("<38>Nov 24 09:59:58 h sudo: " + "a : TTY=".repeat(4_000) + " ; PWD=/ ; COMMAND=");
            case 15 -> utf8("1.2.3.4 - - [24/Nov/2026:00:00:00 +0800] \"" + "\\\"".repeat(20_000));
            case 16 ->
                utf8("x" + "\u0000".repeat(1 + random.nextInt(100)) + "\u0007\u001b[31m\u007f\u0085\u2028\u202e");
            case 17 -> utf8("z".repeat(64_000));
            case 18 -> noise(random, 1 + random.nextInt(2_000));
            case 19 -> new byte[] {'<', '1', '3', '>', (byte) 0xc0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, (byte) 0x80};
            case 20 -> netflow(random, random.nextInt(65_536));
            case 21 -> utf8("<13>Nov 24 09:59:58 h nginx: " + "1.2.3.4 - ".repeat(5_000) + "[");
            case 22 -> utf8("1".repeat(18) + "%3".repeat(10_000) + "%31".repeat(8_000));
            default -> mutated(random);
        };
    }

    private static byte[] mutated(Random random) {
        byte[] line =
                utf8("<38>Nov 24 09:59:58 web01 sshd[812]: Failed password for root from 203.0.113.7 port 53221 ssh2");
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            line[random.nextInt(line.length)] = (byte) random.nextInt(256);
        }
        return line;
    }

    private static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** Version 5 with a count that may lie. */
    static byte[] netflow(Random random, int count) {
        ByteBuffer flow = ByteBuffer.allocate(24 + 48 * random.nextInt(3) + random.nextInt(20));
        flow.putShort((short) 5)
                .putShort((short) count)
                .putInt(random.nextInt())
                .putInt(random.nextInt());
        byte[] rest = noise(random, flow.remaining());
        flow.put(rest);
        return flow.array();
    }

    static byte[] joined(List<byte[]> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            out.writeBytes(line);
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
