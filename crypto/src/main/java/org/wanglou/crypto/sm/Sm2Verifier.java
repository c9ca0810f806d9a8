package org.wanglou.crypto.sm;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/**
 * Verifies signatures of one SM2 key: SM3withSM2, user id 1234567812345678, DER SEQUENCE of R and S. Thread-safe.
 */
public final class Sm2Verifier {
    private final PublicKey key;
    private final String kid;
    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::initialised);

    public Sm2Verifier(PublicKey key) {
        this.key = key;
        this.kid = Keys.kid(key);
    }

    public String kid() {
        return kid;
    }

    public PublicKey publicKey() {
        return key;
    }

    /** Whether this key made the signature over the data; false for anything that is no signature at all. */
    public boolean verify(byte[] data, byte[] der) {
        try {
            Signature signature = signatures.get();
            signature.update(data);
            return signature.verify(der);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Bytes that do not parse are no signature; the instance's state is unknown after a throw.
            signatures.remove();
            return false;
        }
    }

    private Signature initialised() {
        try {
            Signature signature = Signature.getInstance(SmProvider.SIGNATURE, SmProvider.BC);
            signature.setParameter(SmProvider.userId());
            signature.initVerify(key);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("key " + kid + " cannot verify", e);
        }
    }
}
