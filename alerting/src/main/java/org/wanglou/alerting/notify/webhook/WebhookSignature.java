package org.wanglou.alerting.notify.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.wanglou.alerting.notify.Secret;
import org.wanglou.crypto.sm.Sm2Signer;

/**
 * The headers that authenticate a webhook: Standard Webhooks 1.0 ({@code webhook-id}, {@code webhook-timestamp},
 * {@code webhook-signature: v1,…} with HMAC-SHA256) and {@code wanglou-signature: sm2;kid=…;sig=…}, an SM2 signature as
 * base64 DER with user id 1234567812345678. Both sign {@code id.timestamp.body}. Pure.
 */
public final class WebhookSignature {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String HMAC = "webhook-signature";
    public static final String SM2 = "wanglou-signature";

    private WebhookSignature() {}

    /** The bytes that both signatures cover. */
    public static byte[] signed(String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        return signed;
    }

    /** HMAC-SHA256. */
    static byte[] hmac(Secret secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.bytes(), "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HmacSHA256, which every Java must have", e);
        }
    }

    /** The headers of one attempt, in order. */
    static Map<String, String> headers(String id, long epochSecond, byte[] body, Secret secret, Sm2Signer signer) {
        String timestamp = Long.toString(epochSecond);
        byte[] signed = signed(id, timestamp, body);
        Base64.Encoder base64 = Base64.getEncoder();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/cloudevents+json; charset=utf-8");
        headers.put(ID, id);
        headers.put(TIMESTAMP, timestamp);
        headers.put(HMAC, "v1," + base64.encodeToString(hmac(secret, signed)));
        headers.put(SM2, "sm2;kid=" + signer.kid() + ";sig=" + base64.encodeToString(signer.sign(signed)));
        return headers;
    }
}
