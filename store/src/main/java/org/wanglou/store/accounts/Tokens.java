package org.wanglou.store.accounts;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.wanglou.crypto.sm.Sm3;

/** Random tokens of 256 bits in URL-safe letters, and the digest under which one is kept. Thread-safe. */
final class Tokens {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int MAX_CHARACTERS = 128;

    private Tokens() {}

    static String fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A whole token is looked up by its digest, so comparing takes no time that could tell of its letters. */
    static String digest(String token) {
        String bounded = token.length() <= MAX_CHARACTERS ? token : "";
        return Sm3.hex(bounded.getBytes(StandardCharsets.UTF_8));
    }
}
