package org.wanglou.rules.indicators;

import java.util.Locale;
import java.util.Optional;

/** What an indicator is about. The word is the one of CSV lists, reports and configuration. */
public enum IndicatorType {
    /** An address or a block, IPv4 or IPv6. */
    IP("ip"),
    /** A name with all names below it. */
    DOMAIN("domain"),
    /** An address of the web, compared in its normal form without the fragment. */
    URL("url"),
    /** All addresses of the web that begin so, at the border of a path segment. */
    URL_PREFIX("url-prefix"),
    /** A path, on whatever host. */
    URL_PATH("url-path"),
    /** MD5, SHA-1, SHA-2, SHA-3 or SM3 of a file; told apart by length. */
    HASH("hash"),
    JA3("ja3"),
    JA3S("ja3s"),
    JA4("ja4"),
    EMAIL("email"),
    /** Fingerprint (MD5, SHA-1, SHA-256) of a certificate. */
    CERTIFICATE("certificate"),
    CERTIFICATE_SERIAL("certificate-serial"),
    FILE_NAME("filename"),
    USER_AGENT("user-agent");

    private final String word;

    IndicatorType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The type of a word, in any case. */
    public static Optional<IndicatorType> named(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        for (IndicatorType type : values()) {
            if (type.word.equals(lower)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
