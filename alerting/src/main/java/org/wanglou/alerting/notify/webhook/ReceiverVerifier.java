package org.wanglou.alerting.notify.webhook;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.crypto.sm.Sm2Verifier;

/**
 * The receiver's side: tells whether a request came from Wanglou unchanged and recently. Used by the demonstration's
 * receiver; {@code docs/responders/webhook.md} shows the same with OpenSSL. Immutable.
 */
public final class ReceiverVerifier {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern SM2 = Pattern.compile("sm2;kid=([0-9a-f]{16});sig=([A-Za-z0-9+/]+=*)");

    private final Secret secret;
    private final List<Sm2Verifier> keys;

    /**
     * @param keys the notification keys that are trusted: the present one and, for a while after a rotation, the last
     */
    public ReceiverVerifier(Secret secret, List<Sm2Verifier> keys) {
        this.secret = secret;
        this.keys = List.copyOf(keys);
    }

    /**
     * What was found. A receiver answers 2xx only to {@link #ok}.
     *
     * @param id the message id by which repeats are recognised, empty when missing
     * @param problem empty when all is well
     */
    public record Verdict(String id, boolean hmac, boolean sm2, boolean recent, String problem) {
        public boolean ok() {
            return hmac && sm2 && recent;
        }
    }

    /**
     * Verifies both signatures over exactly the bytes that came.
     *
     * @param headers the request's headers; names in any case
     * @param nowMillis the receiver's clock, milliseconds UTC
     */
    public Verdict verify(Map<String, String> headers, byte[] body, long nowMillis) {
        Map<String, String> named = new TreeMap<>();
        headers.forEach((name, value) -> named.put(name.toLowerCase(Locale.ROOT), value));
        String id = named.getOrDefault(WebhookSignature.ID, "");
        String timestamp = named.getOrDefault(WebhookSignature.TIMESTAMP, "");
        if (id.isEmpty() || !timestamp.matches("[0-9]{1,12}")) {
            return new Verdict(id, false, false, false, "webhook-id or webhook-timestamp is missing or malformed");
        }
        byte[] signed = WebhookSignature.signed(id, timestamp, body);
        boolean hmac = hmacHolds(named.getOrDefault(WebhookSignature.HMAC, ""), signed);
        boolean sm2 = sm2Holds(named.getOrDefault(WebhookSignature.SM2, ""), signed);
        boolean recent = Math.abs(nowMillis - Long.parseLong(timestamp) * 1000) <= TOLERANCE.toMillis();
        String problem = !hmac
                ? "webhook-signature does not fit"
                : !sm2
                        ? "wanglou-signature does not fit or names an unknown key"
                        : !recent ? "webhook-timestamp is more than 5 minutes from now" : "";
        return new Verdict(id, hmac, sm2, recent, problem);
    }

    /** Standard Webhooks: several signatures separated by spaces, one that fits is enough. */
    private boolean hmacHolds(String header, byte[] signed) {
        byte[] expected = WebhookSignature.hmac(secret, signed);
        for (String part : header.split(" ")) {
            if (part.startsWith("v1,") && MessageDigest.isEqual(expected, decoded(part.substring(3)))) {
                return true;
            }
        }
        return false;
    }

    private boolean sm2Holds(String header, byte[] signed) {
        Matcher matcher = SM2.matcher(header);
        if (!matcher.matches()) {
            return false;
        }
        byte[] der = decoded(matcher.group(2));
        return keys.stream().anyMatch(key -> key.kid().equals(matcher.group(1)) && key.verify(signed, der));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
