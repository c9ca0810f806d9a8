package org.wanglou.ui.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of every answer, whatever it is. Immutable. */
public final class SecurityHeaders {
    /** What a page may load and do: its own scripts and styles, no inline ones, no markup made of text. */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types vue default";

    /** What is saved as a file runs nothing if it is opened after all. */
    static final String DOWNLOAD_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private final Map<String, String> headers = new LinkedHashMap<>();

    SecurityHeaders(boolean tls) {
        headers.put("Content-Security-Policy", PAGE_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "same-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Cache-Control", "no-store");
        if (tls) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    Map<String, String> all() {
        return headers;
    }
}
