package org.wanglou.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;

/**
 * The value of the header {@code wanglou-signature}: {@code sm2;kid=<id>;sig=<base64 DER>} over webhook-id, a full stop,
 * webhook-timestamp, a full stop and the exact body. Thread-safe.
 */
public final class WebhookSignature {
    public static final String HEADER = "wanglou-signature";

    private static final Pattern FORM = Pattern.compile("sm2;kid=([0-9a-f]{16});sig=([A-Za-z0-9+/]+={0,2})");

    private WebhookSignature() {}

    /** The header's value. */
    public static String of(Sm2Signer signer, String id, String timestamp, byte[] body) {
        return "sm2;kid=" + signer.kid() + ";sig="
                + Base64.getEncoder().encodeToString(signer.sign(signed(id, timestamp, body)));
    }

    /** Whether the value is a signature by that key over these three. */
    public static boolean verify(PublicKey key, String value, String id, String timestamp, byte[] body) {
        Matcher form = FORM.matcher(value);
        if (!form.matches() || !form.group(1).equals(Keys.kid(key))) {
            return false;
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(form.group(2));
        } catch (IllegalArgumentException e) {
            return false;
        }
        return new Sm2Verifier(key).verify(signed(id, timestamp, body), der);
    }

    /** The bytes that are signed. */
    public static byte[] signed(String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        return signed;
    }
}
