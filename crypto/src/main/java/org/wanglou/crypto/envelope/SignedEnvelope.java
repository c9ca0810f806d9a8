package org.wanglou.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.crypto.sm.Sm2Signer;
import org.wanglou.crypto.sm.Sm2Verifier;
import org.wanglou.crypto.sm.Sm3;

/**
 * A detached signature over a JSON document: the document's digest in canonical form, who signed it and when, and the
 * signature over all of these.
 *
 * <p>What is signed is the canonical JSON of the other four fields, {@link #signedText()}. Immutable.
 *
 * @param alg {@value #ALG}
 * @param kid id of the key
 * @param signedAt ISO-8601 UTC
 * @param bodySm3 hex SM3 of the document's canonical JSON
 * @param signature base64 of DER R, S
 */
public record SignedEnvelope(String alg, String kid, String signedAt, String bodySm3, String signature) {
    public static final String ALG = "sm2-sm3";

    /** Canonical form of exactly these five fields; their values need no escapes. */
    private static final Pattern FORM = Pattern.compile("\\{\"alg\":\"([a-z0-9-]+)\",\"bodySm3\":\"([0-9a-f]{64})\","
            + "\"kid\":\"([0-9A-Za-z._-]+)\",\"signature\":\"([A-Za-z0-9+/=]+)\",\"signedAt\":\"([0-9TZ:.-]+)\"}");

    /** Signs the document in canonical form. */
    public static SignedEnvelope sign(Sm2Signer signer, String json, Instant signedAt) {
        SignedEnvelope unsigned = new SignedEnvelope(ALG, signer.kid(), signedAt.toString(), bodySm3(json), "");
        byte[] signature = signer.sign(unsigned.signedText().getBytes(StandardCharsets.UTF_8));
        return new SignedEnvelope(
                ALG,
                unsigned.kid,
                unsigned.signedAt,
                unsigned.bodySm3,
                Base64.getEncoder().encodeToString(signature));
    }

    /** @throws IllegalArgumentException when the text is no such envelope */
    public static SignedEnvelope parse(String json) {
        Matcher form = FORM.matcher(Jcs.canonical(json));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "not a signature: the fields alg, kid, signedAt, bodySm3 and signature are expected");
        }
        return new SignedEnvelope(form.group(1), form.group(3), form.group(5), form.group(2), form.group(4));
    }

    /** The envelope as canonical JSON. */
    public String toJson() {
        return "{\"alg\":\"" + alg + "\",\"bodySm3\":\"" + bodySm3 + "\",\"kid\":\"" + kid + "\",\"signature\":\""
                + signature + "\",\"signedAt\":\"" + signedAt + "\"}";
    }

    /** The text whose UTF-8 is signed. */
    public String signedText() {
        return "{\"alg\":\"" + alg + "\",\"bodySm3\":\"" + bodySm3 + "\",\"kid\":\"" + kid + "\",\"signedAt\":\""
                + signedAt + "\"}";
    }

    /** What is wrong with this signature over that document by that key; empty when nothing is. */
    public Optional<String> problem(String json, PublicKey key) {
        if (!alg.equals(ALG)) {
            return Optional.of("algorithm '" + alg + "' is not " + ALG);
        }
        if (!kid.equals(Keys.kid(key))) {
            return Optional.of("signed by key " + kid + ", not by the trusted key " + Keys.kid(key));
        }
        if (!bodySm3.equals(bodySm3(json))) {
            return Optional.of("the document was changed: its digest is not the signed one");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return Optional.of("the signature is not base64");
        }
        return new Sm2Verifier(key).verify(signedText().getBytes(StandardCharsets.UTF_8), der)
                ? Optional.empty()
                : Optional.of("the signature is wrong: signature, time or key id was changed");
    }

    public boolean verify(String json, PublicKey key) {
        return problem(json, key).isEmpty();
    }

    private static String bodySm3(String json) {
        return Sm3.hex(Jcs.canonical(json).getBytes(StandardCharsets.UTF_8));
    }
}
