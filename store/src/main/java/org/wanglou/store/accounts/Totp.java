package org.wanglou.store.accounts;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238: HMAC-SHA-1, 30 s, six digits, which is what authenticator programs read).
 * Thread-safe.
 */
public final class Totp {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final long STEP_MILLIS = 30_000;
    private static final int MODULUS = 1_000_000;

    private Totp() {}

    /** A fresh secret of 160 bits in Base32. */
    public static String secret() {
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            secret.append(BASE32.charAt(RANDOM.nextInt(32)));
        }
        return secret.toString();
    }

    /** The URI that an authenticator program reads as a QR code. */
    public static String uri(String account, String secret) {
        return "otpauth://totp/Wanglou:" + account + "?secret=" + secret + "&issuer=Wanglou";
    }

    /** The six digits of that moment. */
    public static String code(String secret, long nowMillis) {
        return codeOf(secret, nowMillis / STEP_MILLIS);
    }

    /** Whether these are the six digits of that moment, one step before or one after; for trying out a fresh secret. */
    public static boolean matches(String secret, String code, long nowMillis) {
        return step(secret, code, nowMillis, Long.MIN_VALUE).isPresent();
    }

    /**
     * The step whose code this is: now, one before or one after, but later than the last one used, so that a code seen
     * over a shoulder is worth nothing.
     */
    static OptionalLong step(String secret, String code, long nowMillis, long lastUsed) {
        long now = nowMillis / STEP_MILLIS;
        OptionalLong found = OptionalLong.empty();
        for (long step = now - 1; step <= now + 1; step++) {
            boolean same = java.security.MessageDigest.isEqual(
                    codeOf(secret, step).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            if (same && step > lastUsed) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    private static String codeOf(String secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
            int binary = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", binary % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA1", e);
        }
    }

    private static byte[] bytes(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        long buffer = 0;
        int bits = 0;
        for (char c : base32.toCharArray()) {
            buffer = buffer << 5 | BASE32.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }
}
