package org.wanglou.crypto.sm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * Named SM2 private keys and named secrets, kept together as one PKCS#12 file.
 *
 * <p>Everything lies in one safe encrypted with PBES2 (PBKDF2, AES-256) under one MAC, so that {@code openssl pkcs12}
 * reads it. The password is meant to be {@link #randomPassword()}, 256 random bits, which is why few rounds of PBKDF2
 * suffice. Immutable.
 */
public final class KeyRing {
    /** A ring without keys. */
    public static final KeyRing EMPTY = new KeyRing(Map.of(), Map.of());

    private static final int ROUNDS = 10_000;

    private final Map<String, PrivateKey> keys;
    private final Map<String, byte[]> secrets;
    private final Map<String, Sm2Signer> signers;

    private KeyRing(Map<String, PrivateKey> keys, Map<String, byte[]> secrets) {
        this.keys = Collections.unmodifiableMap(new TreeMap<>(keys));
        this.secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
        Map<String, Sm2Signer> made = new HashMap<>();
        keys.forEach((name, key) -> made.put(name, Sm2Signer.of(key)));
        this.signers = Map.copyOf(made);
    }

    /** 32 random bytes in base64url: the password of a ring's file. */
    public static char[] randomPassword() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(randomSecret(32))
                .toCharArray();
    }

    /** That many random bytes, for instance an HMAC or SM4 key. */
    public static byte[] randomSecret(int length) {
        byte[] secret = new byte[length];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** This ring with one more key, or another key of that name. */
    public KeyRing withKey(String name, PrivateKey key) {
        Map<String, PrivateKey> changed = new TreeMap<>(keys);
        changed.put(name, key);
        return new KeyRing(changed, secrets);
    }

    /** This ring with one more secret, or another secret of that name. */
    public KeyRing withSecret(String name, byte[] secret) {
        Map<String, byte[]> changed = new TreeMap<>(secrets);
        changed.put(name, secret.clone());
        return new KeyRing(keys, changed);
    }

    /** This ring with fresh SM2 keys for those names that have none. */
    public KeyRing withFreshKeys(Iterable<String> names) {
        KeyRing ring = this;
        for (String name : names) {
            if (!ring.keys.containsKey(name)) {
                ring = ring.withKey(name, Keys.generate().getPrivate());
            }
        }
        return ring;
    }

    /** Names of the SM2 keys, sorted. */
    public Set<String> keyNames() {
        return new TreeSet<>(keys.keySet());
    }

    /** Names of the secrets, sorted. */
    public Set<String> secretNames() {
        return new TreeSet<>(secrets.keySet());
    }

    /** @throws IllegalArgumentException when the ring has no such key */
    public PrivateKey privateKey(String name) {
        return require(keys, "key", name);
    }

    /** @throws IllegalArgumentException when the ring has no such key */
    public PublicKey publicKey(String name) {
        return signer(name).publicKey();
    }

    /** The one signer of that key. */
    public Sm2Signer signer(String name) {
        return require(signers, "key", name);
    }

    /** @throws IllegalArgumentException when the ring has no such secret */
    public byte[] secret(String name) {
        return require(secrets, "secret", name).clone();
    }

    /** The ring as a PKCS#12 file. */
    public byte[] toPkcs12(char[] password) {
        try {
            PKCS12SafeBag[] bags = new PKCS12SafeBag[keys.size() + secrets.size()];
            int at = 0;
            for (Map.Entry<String, PrivateKey> entry : keys.entrySet()) {
                bags[at++] = bag(
                        PKCSObjectIdentifiers.keyBag,
                        PrivateKeyInfo.getInstance(entry.getValue().getEncoded()),
                        entry.getKey());
            }
            for (Map.Entry<String, byte[]> entry : secrets.entrySet()) {
                bags[at++] = bag(
                        PKCSObjectIdentifiers.secretBag,
                        new DERSequence(new ASN1Encodable[] {
                            PKCSObjectIdentifiers.data, new DERTaggedObject(0, new DEROctetString(entry.getValue()))
                        }),
                        entry.getKey());
            }
            PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
            builder.addEncryptedData(
                    new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                            .setProvider(SmProvider.BC)
                            .setIterationCount(ROUNDS)
                            .build(password),
                    bags);
            return builder.build(
                            new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                                    .setProvider(SmProvider.BC)
                                    .setIterationCount(ROUNDS),
                            password)
                    .getEncoded();
        } catch (IOException | PKCSException | OperatorCreationException e) {
            throw new IllegalStateException("the key ring cannot be written", e);
        }
    }

    /**
     * Reads what {@link #toPkcs12} wrote and proves each key by signing and verifying once.
     *
     * @throws IllegalArgumentException when the password is wrong or the bytes are not such a file
     */
    public static KeyRing fromPkcs12(byte[] bytes, char[] password) {
        try {
            PKCS12PfxPdu file = new PKCS12PfxPdu(bytes);
            if (!file.hasMac()
                    || !file.isMacValid(
                            new JcePKCS12MacCalculatorBuilderProvider().setProvider(SmProvider.BC), password)) {
                throw new IllegalArgumentException("the key ring does not open: wrong password, or changed");
            }
            Map<String, PrivateKey> keys = new TreeMap<>();
            Map<String, byte[]> secrets = new TreeMap<>();
            for (ContentInfo content : file.getContentInfos()) {
                PKCS12SafeBagFactory bags = content.getContentType().equals(PKCSObjectIdentifiers.encryptedData)
                        ? new PKCS12SafeBagFactory(
                                content,
                                new JcePKCSPBEInputDecryptorProviderBuilder()
                                        .setProvider(SmProvider.BC)
                                        .build(password))
                        : new PKCS12SafeBagFactory(content);
                for (PKCS12SafeBag bag : bags.getSafeBags()) {
                    read(bag, keys, secrets);
                }
            }
            KeyRing ring = new KeyRing(keys, secrets);
            ring.signers.values().forEach(KeyRing::provePair);
            return ring;
        } catch (IOException | PKCSException e) {
            throw new IllegalArgumentException("not a PKCS#12 key ring: " + e.getMessage(), e);
        }
    }

    private static PKCS12SafeBag bag(ASN1ObjectIdentifier type, ASN1Encodable value, String name) {
        Attribute named = new Attribute(PKCS12SafeBag.friendlyNameAttribute, new DERSet(new DERBMPString(name)));
        return new PKCS12SafeBag(new SafeBag(type, value, new DERSet(named)));
    }

    private static void read(PKCS12SafeBag bag, Map<String, PrivateKey> keys, Map<String, byte[]> secrets)
            throws IOException {
        String name = name(bag);
        if (bag.getType().equals(PKCSObjectIdentifiers.keyBag)) {
            keys.put(
                    name,
                    Keys.privateFromDer(
                            PrivateKeyInfo.getInstance(bag.getBagValue()).getEncoded()));
        } else if (bag.getType().equals(PKCSObjectIdentifiers.secretBag)) {
            ASN1Sequence pair = ASN1Sequence.getInstance(bag.getBagValue());
            ASN1OctetString secret =
                    ASN1OctetString.getInstance(ASN1TaggedObject.getInstance(pair.getObjectAt(1)), true);
            secrets.put(name, secret.getOctets());
        }
    }

    private static String name(PKCS12SafeBag bag) {
        for (Attribute attribute : bag.getAttributes()) {
            if (attribute.getAttrType().equals(PKCS12SafeBag.friendlyNameAttribute)) {
                return DERBMPString.getInstance(attribute.getAttributeValues()[0])
                        .getString();
            }
        }
        throw new IllegalArgumentException("the key ring holds an entry without a name");
    }

    private static void provePair(Sm2Signer signer) {
        byte[] probe = "wanglou key probe".getBytes(StandardCharsets.US_ASCII);
        if (!new Sm2Verifier(signer.publicKey()).verify(probe, signer.sign(probe))) {
            throw new IllegalArgumentException("key " + signer.kid() + " does not verify what it signs");
        }
    }

    private static <T> T require(Map<String, T> from, String kind, String name) {
        T value = from.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the key ring has no " + kind + " named " + name + ", only " + from.keySet());
        }
        return value;
    }
}
