package org.wanglou.crypto.sm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ids as {@link Sm3#id} makes them, of many things whose first parts are mostly the same, such as the frames of one source:
 * the state of the hash behind the first block of 64 bytes is kept and taken up again where that block comes again, which
 * halves the work. Every event has an id, so the compression is written out here; the test holds it against Bouncy Castle.
 * Thread-safe.
 */
public final class Sm3Ids {
    private static final int BLOCK = 64;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final int[] START = {
        0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e
    };
    /** The constants of GB/T 32905 §4.2, turned by the number of their round. */
    private static final int[] TURNED = turned();

    /** @param state behind the block */
    @SuppressWarnings("ArrayRecordComponent") // compared by mismatch, changed by nobody
    private record First(byte[] block, int[] state) {}

    private volatile @Nullable First first;

    private static int[] turned() {
        int[] turned = new int[64];
        for (int i = 0; i < 64; i++) {
            turned[i] = Integer.rotateLeft(i < 16 ? 0x79cc4519 : 0x7a879d8a, i);
        }
        return turned;
    }

    /** The same text that {@link Sm3#id} gives for these parts. */
    public String id(String... parts) {
        byte[][] utf8 = new byte[parts.length][];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            utf8[i] = parts[i].getBytes(StandardCharsets.UTF_8);
            length += 4 + utf8[i].length;
        }
        // 80, zeros to the end of a block, and the length in bits in its last eight bytes
        byte[] padded = new byte[(length + 8) / BLOCK * BLOCK + BLOCK];
        int at = 0;
        for (byte[] part : utf8) {
            big(padded, at, part.length);
            System.arraycopy(part, 0, padded, at + 4, part.length);
            at += 4 + part.length;
        }
        padded[length] = (byte) 0x80;
        big(padded, padded.length - 8, length >>> 29);
        big(padded, padded.length - 4, length << 3);
        return hex(hash(padded));
    }

    private int[] hash(byte[] padded) {
        int[] words = new int[68];
        if (padded.length == BLOCK) {
            int[] state = START.clone();
            compress(state, padded, 0, words);
            return state;
        }
        First known = first;
        if (known == null || Arrays.mismatch(padded, 0, BLOCK, known.block(), 0, BLOCK) >= 0) {
            int[] behind = START.clone();
            compress(behind, padded, 0, words);
            known = new First(Arrays.copyOf(padded, BLOCK), behind);
            first = known;
        }
        int[] state = known.state().clone();
        for (int from = BLOCK; from < padded.length; from += BLOCK) {
            compress(state, padded, from, words);
        }
        return state;
    }

    private static void big(byte[] into, int at, int number) {
        into[at] = (byte) (number >>> 24);
        into[at + 1] = (byte) (number >>> 16);
        into[at + 2] = (byte) (number >>> 8);
        into[at + 3] = (byte) number;
    }

    private static String hex(int[] state) {
        byte[] text = new byte[32];
        for (int i = 0; i < 32; i++) {
            text[i] = HEX[state[i >> 3] >>> 28 - 4 * (i & 7) & 15];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** GB/T 32905 §5.3: expansion and compression of one block; {@code w} is room to work in. */
    private static void compress(int[] state, byte[] block, int from, int[] w) {
        for (int j = 0; j < 16; j++) {
            int at = from + 4 * j;
            w[j] = block[at] << 24 | (block[at + 1] & 0xff) << 16 | (block[at + 2] & 0xff) << 8 | block[at + 3] & 0xff;
        }
        for (int j = 16; j < 68; j++) {
            int x = w[j - 16] ^ w[j - 9] ^ Integer.rotateLeft(w[j - 3], 15);
            w[j] = x
                    ^ Integer.rotateLeft(x, 15)
                    ^ Integer.rotateLeft(x, 23)
                    ^ Integer.rotateLeft(w[j - 13], 7)
                    ^ w[j - 6];
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int j = 0; j < 64; j++) {
            int a12 = Integer.rotateLeft(a, 12);
            int ss1 = Integer.rotateLeft(a12 + e + TURNED[j], 7);
            int ff = j < 16 ? a ^ b ^ c : a & b | a & c | b & c;
            int gg = j < 16 ? e ^ f ^ g : e & f | ~e & g;
            int tt1 = ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4]);
            int tt2 = gg + h + ss1 + w[j];
            d = c;
            c = Integer.rotateLeft(b, 9);
            b = a;
            a = tt1;
            h = g;
            g = Integer.rotateLeft(f, 19);
            f = e;
            e = tt2 ^ Integer.rotateLeft(tt2, 9) ^ Integer.rotateLeft(tt2, 17);
        }
        state[0] ^= a;
        state[1] ^= b;
        state[2] ^= c;
        state[3] ^= d;
        state[4] ^= e;
        state[5] ^= f;
        state[6] ^= g;
        state[7] ^= h;
    }
}
