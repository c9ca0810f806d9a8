package org.wanglou.crypto.sm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** The SM3 hash (GB/T 32905), HMAC over it, and short ids made from it. Thread-safe. */
public final class Sm3 {
    /** Bytes of a digest. */
    public static final int LENGTH = 32;

    private static final int ID_LENGTH = 16;

    private Sm3() {}

    /** The 32-byte digest of the parts, one after the other. */
    public static byte[] digest(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        return finish(digest);
    }

    /** The digest in lower-case hex. */
    public static String hex(byte[]... parts) {
        return HexFormat.of().formatHex(digest(parts));
    }

    /** HMAC-SM3, 32 bytes. */
    public static byte[] hmac(byte[] key, byte[] data) {
        HMac mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(key));
        mac.update(data, 0, data.length);
        byte[] out = new byte[LENGTH];
        mac.doFinal(out, 0);
        return out;
    }

    /**
     * An id of 32 lower-case hex digits: the first 16 bytes of SM3 over each part as four bytes of big-endian length and
     * then its UTF-8, so that ("ab", "c") and ("a", "bc") differ.
     */
    public static String id(String... parts) {
        byte[][] bytes = new byte[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
        }
        return HexFormat.of().formatHex(idBytes(bytes));
    }

    /** As {@link #id}, 16 bytes over byte parts. */
    public static byte[] idBytes(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) {
            digest.update((byte) (part.length >>> 24));
            digest.update((byte) (part.length >>> 16));
            digest.update((byte) (part.length >>> 8));
            digest.update((byte) part.length);
            digest.update(part, 0, part.length);
        }
        return Arrays.copyOf(finish(digest), ID_LENGTH);
    }

    private static byte[] finish(SM3Digest digest) {
        byte[] out = new byte[LENGTH];
        digest.doFinal(out, 0);
        return out;
    }
}
