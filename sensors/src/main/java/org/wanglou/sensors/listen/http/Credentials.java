package org.wanglou.sensors.listen.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A source's token in the ways in which shippers can say it: {@code Bearer TOKEN}, {@code Splunk TOKEN}, {@code ApiKey
 * base64(id:TOKEN)}, {@code Basic base64(user:TOKEN)}. Id and user are free. Immutable.
 */
public final class Credentials {
    private final byte[] token;

    public Credentials(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether an {@code Authorization} header says the token; the comparison's time does not depend on where it differs. */
    public boolean admit(Optional<String> authorization) {
        String given = authorization.orElse("").strip();
        int blank = given.indexOf(' ');
        if (blank < 0) {
            return false;
        }
        String rest = given.substring(blank + 1).strip();
        byte[] said =
                switch (given.substring(0, blank).toLowerCase(Locale.ROOT)) {
                    case "bearer", "splunk" -> rest.getBytes(StandardCharsets.ISO_8859_1);
                    case "apikey", "basic" -> second(rest);
                    default -> new byte[0];
                };
        return MessageDigest.isEqual(token, said);
    }

    private static byte[] second(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
            int colon = pair.indexOf(':');
            return colon < 0 ? new byte[0] : pair.substring(colon + 1).getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
