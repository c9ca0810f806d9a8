package org.wanglou.crypto.x509;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key and the certificate it signed for itself, for a TLS server: EC P-256, ECDSA with SHA-256, serverAuth, no CA.
 * Immutable.
 */
public record SelfSigned(PrivateKey key, X509Certificate certificate) {
    /** Browsers refuse server certificates that are valid longer. */
    public static final Duration LONGEST = Duration.ofDays(397);

    /** Clocks of visitors may be behind ours by so much. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Makes one.
     *
     * @param names DNS names it stands for; the first is its common name
     * @param addresses addresses it stands for
     * @throws IllegalArgumentException without a name, or valid for longer than {@link #LONGEST}
     */
    public static SelfSigned make(List<String> names, List<InetAddress> addresses, Instant from, Duration valid) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a server certificate needs a name");
        }
        if (valid.isNegative() || valid.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a server certificate is valid for at most " + LONGEST.toDays() + " days, not " + valid.toDays());
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            KeyPair pair = generator.generateKeyPair();
            var subject = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, names.get(0))
                    .addRDN(BCStyle.O, "Wanglou")
                    .build();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(127, RANDOM).setBit(126),
                    Date.from(from.minus(SKEW)),
                    Date.from(from.minus(SKEW).plus(valid)),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names, addresses));
            return new SelfSigned(
                    pair.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    private static GeneralNames alternatives(List<String> names, List<InetAddress> addresses) {
        List<GeneralName> all = new ArrayList<>();
        names.forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> all.add(
                new GeneralName(GeneralName.iPAddress, address.getHostAddress().replaceAll("%.*", ""))));
        return new GeneralNames(all.toArray(new GeneralName[0]));
    }
}
