package org.wanglou.crypto.sm;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Authenticated encryption with SM4-GCM: 16-byte key, random 96-bit IV, 128-bit tag.
 *
 * <p>Random IVs bound a key to 2^32 messages; rotate before. Thread-safe.
 */
public final class Sm4Gcm {
    /** Bytes of a key. */
    public static final int KEY_LENGTH = 16;

    private static final int IV_LENGTH = 12;
    private static final int TAG_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Sm4Gcm() {}

    /** IV ‖ ciphertext ‖ tag. The additional data is authenticated and not contained. */
    public static byte[] seal(byte[] key, byte[] aad, byte[] plain) {
        byte[] iv = new byte[IV_LENGTH];
        RANDOM.nextBytes(iv);
        return seal(key, iv, aad, plain);
    }

    static byte[] seal(byte[] key, byte[] iv, byte[] aad, byte[] plain) {
        try {
            byte[] out = Arrays.copyOf(iv, IV_LENGTH + plain.length + TAG_LENGTH);
            run(true, key, iv, aad, plain, 0, plain.length, out, IV_LENGTH);
            return out;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("SM4-GCM failed to encrypt", e);
        }
    }

    /**
     * What {@link #seal} was given.
     *
     * @throws IllegalArgumentException when key, additional data or sealed bytes are not those of one seal
     */
    public static byte[] open(byte[] key, byte[] aad, byte[] sealed) {
        if (sealed.length < IV_LENGTH + TAG_LENGTH) {
            throw new IllegalArgumentException("sealed bytes are too short: " + sealed.length);
        }
        byte[] iv = Arrays.copyOf(sealed, IV_LENGTH);
        byte[] plain = new byte[sealed.length - IV_LENGTH - TAG_LENGTH];
        try {
            run(false, key, iv, aad, sealed, IV_LENGTH, sealed.length - IV_LENGTH, plain, 0);
            return plain;
        } catch (InvalidCipherTextException e) {
            throw new IllegalArgumentException("sealed bytes do not open: wrong key, other context, or changed", e);
        }
    }

    private static void run(
            boolean encrypt, byte[] key, byte[] iv, byte[] aad, byte[] in, int from, int length, byte[] out, int to)
            throws InvalidCipherTextException {
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("an SM4 key has " + KEY_LENGTH + " bytes, not " + key.length);
        }
        GCMModeCipher cipher = GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(encrypt, new AEADParameters(new KeyParameter(key), TAG_LENGTH * 8, iv, aad));
        // A failed open must not leave unauthenticated plain text behind: work in a buffer of the cipher's size.
        byte[] work = new byte[cipher.getOutputSize(length)];
        int done = cipher.processBytes(in, from, length, work, 0);
        done += cipher.doFinal(work, done);
        System.arraycopy(work, 0, out, to, done);
    }
}
