package org.wanglou.ui.report.document;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.crypto.sm.Sm3;

/**
 * The detached signature over a report's exact bytes: SM2 with SM3, user id {@value #USER_ID}, DER of R and S.
 *
 * <p>Its text form has one fact per line, so that {@code sed} and {@code openssl} can take it apart:
 * <pre>
 * wanglou-report-signature/1
 * report RPT-…
 * alg sm2-sm3
 * id 1234567812345678
 * kid 16 hex digits
 * sm3 64 hex digits
 * signature base64
 * -----BEGIN PUBLIC KEY-----
 * </pre>
 * Immutable.
 *
 * @param report the document's id
 * @param sm3 hex SM3 of the document's bytes
 * @param signature base64 of the DER signature
 * @param publicKey PEM, for convenience: trust comes from elsewhere
 */
public record ReportSignature(String report, String kid, String sm3, String signature, String publicKey) {
    public static final String FORMAT = "wanglou-report-signature/1";
    public static final String ALGORITHM = "sm2-sm3";
    public static final String USER_ID = "1234567812345678";

    private static final Pattern FORM = Pattern.compile(FORMAT
            + "\nreport ([0-9A-Za-z-]{1,64})\nalg " + ALGORITHM + "\nid " + USER_ID
            + "\nkid ([0-9A-Za-z._-]{1,64})\nsm3 ([0-9a-f]{64})\nsignature ([A-Za-z0-9+/=]{1,200})\n"
            + "(-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]{1,400}-----END PUBLIC KEY-----\n)");

    public static ReportSignature sign(Sm2Signer signer, String report, byte[] document) {
        return new ReportSignature(
                report,
                signer.kid(),
                Sm3.hex(document),
                Base64.getEncoder().encodeToString(signer.sign(document)),
                Keys.publicPem(signer.publicKey()));
    }

    /** The text form. */
    public String text() {
        return FORMAT + "\nreport " + report + "\nalg " + ALGORITHM + "\nid " + USER_ID + "\nkid " + kid + "\nsm3 "
                + sm3 + "\nsignature " + signature + "\n" + publicKey;
    }

    /** @throws IllegalArgumentException when the text is no such signature */
    public static ReportSignature parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a signature of form " + FORMAT);
        }
        return new ReportSignature(form.group(1), form.group(2), form.group(3), form.group(4), form.group(5));
    }

    /** The key that the text carries; empty when it is none, or not written as {@link Keys#publicPem} does. */
    public Optional<PublicKey> carriedKey() {
        try {
            PublicKey key = Keys.publicFromPem(publicKey);
            return Keys.publicPem(key).equals(publicKey) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether that key signed these bytes. */
    public boolean verifies(byte[] document, PublicKey key) {
        byte[] der;
        try {
            der = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return Base64.getEncoder().encodeToString(der).equals(signature) && new Sm2Verifier(key).verify(document, der);
    }

    /** As {@link #text}, UTF-8. */
    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
