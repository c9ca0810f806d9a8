package org.wanglou.alerting.notify;

import java.util.Arrays;
import java.util.Base64;

/** A shared HMAC secret of 24 to 64 bytes that prints as asterisks. Immutable. */
public final class Secret {
    private static final String PREFIX = "whsec_";

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        if (bytes.length < 24 || bytes.length > 64) {
            throw new IllegalArgumentException("a webhook secret must have 24 to 64 bytes, has " + bytes.length
                    + "; make one with 'wanglou keys'");
        }
        this.bytes = bytes;
    }

    public static Secret of(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** Reads the form of Standard Webhooks, {@code whsec_} + base64. */
    public static Secret parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret starts with " + PREFIX + " followed by base64");
        }
        try {
            return new Secret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a webhook secret is " + PREFIX + " followed by base64 of 24 to 64 bytes", e);
        }
    }

    /** The bytes, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The form that is handed to the receiver's administrator. Not for logs. */
    public String reveal() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "***";
    }
}
