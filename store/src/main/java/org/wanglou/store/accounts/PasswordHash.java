package org.wanglou.store.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with its parameters in the hash, in the PHC string format: {@code
 * $argon2id$v=19$m=65536,t=3,p=1$salt$hash}. Thread-safe.
 *
 * @param memoryKib memory of one hash in KiB
 * @param passes how often it is gone over
 */
public record PasswordHash(int memoryKib, int passes) {
    /** 64 MiB, three passes, one lane. */
    public static final PasswordHash STRONG = new PasswordHash(64 * 1024, 3);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int MAX_MEMORY_KIB = 1 << 20;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

    String hash(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(derive(password, salt, memoryKib, passes));
    }

    /** Whether the password gives that hash. A text that is no hash matches nothing but costs as much. */
    boolean matches(String password, String hash) {
        Matcher parts = FORM.matcher(hash);
        if (!parts.matches()) {
            derive(password, new byte[16], memoryKib, passes);
            return false;
        }
        byte[] found = derive(
                password,
                Base64.getDecoder().decode(parts.group(3)),
                Math.min(Integer.parseInt(parts.group(1)), MAX_MEMORY_KIB),
                Integer.parseInt(parts.group(2)));
        return MessageDigest.isEqual(found, Base64.getDecoder().decode(parts.group(4)));
    }

    private static byte[] derive(String password, byte[] salt, int memoryKib, int passes) {
        Argon2BytesGenerator argon = new Argon2BytesGenerator();
        argon.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] out = new byte[BYTES];
        argon.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
        return out;
    }
}
