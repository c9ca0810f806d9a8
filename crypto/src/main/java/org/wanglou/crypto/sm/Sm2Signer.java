package org.wanglou.crypto.sm;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;

/**
 * Signs with one SM2 key: SM3withSM2, user id 1234567812345678, DER SEQUENCE of R and S.
 *
 * <p>Each thread keeps an initialised signature, since initialising costs three times as much as signing; one that threw
 * is discarded. Thread-safe.
 */
public final class Sm2Signer {
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final String kid;
    private final ThreadLocal<Signature> signatures = ThreadLocal.withInitial(this::initialised);

    /** @param kid what signatures name the key by, usually {@link Keys#kid} of its public half */
    public Sm2Signer(PrivateKey key, String kid) {
        this.key = key;
        this.kid = kid;
        this.publicKey = Keys.publicOf(key);
    }

    /** A signer named by the key's own id. */
    public static Sm2Signer of(PrivateKey key) {
        return new Sm2Signer(key, Keys.kid(Keys.publicOf(key)));
    }

    public String kid() {
        return kid;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** The signature over the data, DER. */
    public byte[] sign(byte[] data) {
        try {
            Signature signature = signatures.get();
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException | RuntimeException e) {
            signatures.remove();
            throw new IllegalStateException("signing with key " + kid + " failed", e);
        }
    }

    private Signature initialised() {
        try {
            Signature signature = Signature.getInstance(SmProvider.SIGNATURE, SmProvider.BC);
            signature.setParameter(SmProvider.userId());
            signature.initSign(key, new SecureRandom());
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("key " + kid + " cannot sign", e);
        }
    }
}
