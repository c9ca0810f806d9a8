package org.wanglou.crypto.sm;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/** SM2 keys: made, written as PEM, read back and named. Other curves are refused. Thread-safe. */
public final class Keys {
    private static final ECNamedCurveParameterSpec CURVE = ECNamedCurveTable.getParameterSpec(SmProvider.CURVE);
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";

    private Keys() {}

    /** A fresh SM2 key pair. */
    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", SmProvider.BC);
            generator.initialize(new ECGenParameterSpec(SmProvider.CURVE), new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SM2 keys cannot be made", e);
        }
    }

    /** SubjectPublicKeyInfo as PEM, the form {@code openssl -pubin} reads. */
    public static String publicPem(PublicKey key) {
        return pem(PUBLIC, encoded(key));
    }

    /** Unencrypted PKCS#8 as PEM. */
    public static String privatePem(PrivateKey key) {
        return pem(PRIVATE, requireSm2(key).getEncoded());
    }

    /** @throws IllegalArgumentException when the text is no SM2 public key */
    public static PublicKey publicFromPem(String pem) {
        return publicFromDer(bytes(PUBLIC, pem));
    }

    /** @throws IllegalArgumentException when the bytes are no SM2 public key */
    public static PublicKey publicFromDer(byte[] spki) {
        try {
            return requireSm2(factory().generatePublic(new X509EncodedKeySpec(spki)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("not an SM2 public key: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when the text is no SM2 private key */
    public static PrivateKey privateFromPem(String pem) {
        return privateFromDer(bytes(PRIVATE, pem));
    }

    /** @throws IllegalArgumentException when the bytes are no SM2 private key */
    public static PrivateKey privateFromDer(byte[] pkcs8) {
        try {
            return requireSm2(factory().generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("not an SM2 private key", e);
        }
    }

    /** The private key with this number, for published vectors. */
    public static PrivateKey privateFrom(BigInteger d) {
        if (d.signum() <= 0 || d.compareTo(CURVE.getN()) >= 0) {
            throw new IllegalArgumentException("not an SM2 private key: out of range");
        }
        try {
            return factory().generatePrivate(new ECPrivateKeySpec(d, CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an SM2 private key", e);
        }
    }

    /** The public key that belongs to the private one. */
    public static PublicKey publicOf(PrivateKey key) {
        BigInteger d = ((ECPrivateKey) requireSm2(key)).getD();
        try {
            return factory().generatePublic(new ECPublicKeySpec(CURVE.getG().multiply(d), CURVE));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an SM2 private key", e);
        }
    }

    /** The key's id: the first 16 hex digits of SM3 over its SubjectPublicKeyInfo. */
    public static String kid(PublicKey key) {
        return HexFormat.of().formatHex(Arrays.copyOf(Sm3.digest(encoded(key)), 8));
    }

    /** The uncompressed point, 65 bytes beginning with 04. */
    public static byte[] point(PublicKey key) {
        return ((ECPublicKey) requireSm2(key)).getQ().getEncoded(false);
    }

    /** DER of the SubjectPublicKeyInfo, written anew so that one key has one encoding and one id. */
    static byte[] encoded(PublicKey key) {
        try {
            ECPublicKeySpec spec = new ECPublicKeySpec(((ECPublicKey) requireSm2(key)).getQ(), CURVE);
            return factory().generatePublic(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an SM2 public key", e);
        }
    }

    private static PublicKey requireSm2(PublicKey key) {
        if (key instanceof ECPublicKey ec && sm2(ec.getParameters())) {
            return key;
        }
        throw new IllegalArgumentException("not an SM2 public key: algorithm " + key.getAlgorithm());
    }

    private static PrivateKey requireSm2(PrivateKey key) {
        if (key instanceof ECPrivateKey ec && sm2(ec.getParameters())) {
            return key;
        }
        throw new IllegalArgumentException("not an SM2 private key: algorithm " + key.getAlgorithm());
    }

    private static boolean sm2(ECParameterSpec spec) {
        return spec.getCurve().equals(CURVE.getCurve())
                && spec.getG().equals(CURVE.getG())
                && spec.getN().equals(CURVE.getN());
    }

    private static KeyFactory factory() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC", SmProvider.BC);
    }

    private static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static byte[] bytes(String label, String pem) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("no '" + begin + "' block in the PEM text"
                    + (label.equals(PRIVATE) ? "; convert it with: openssl pkcs8 -topk8 -nocrypt" : ""));
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the PEM text is not base64: " + e.getMessage(), e);
        }
    }
}
