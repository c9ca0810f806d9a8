package org.wanglou.app.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.wanglou.sensors.listen.TlsServer;

/** Reads {@code sensors[].tls}: PEM files in, a {@link TlsServer} or problems out. No message quotes a key. Immutable. */
final class TlsFiles {
    private static final long LARGEST = 1 << 20;

    private final Path base;

    /** @param base directory from which relative paths count */
    TlsFiles(Path base) {
        this.base = base;
    }

    /** Empty when something is wrong, which has then been said. */
    Optional<TlsServer> read(Section tls) {
        List<X509Certificate> chain = certificates(tls, "certificate");
        Optional<PrivateKey> key = key(tls);
        boolean authority = tls.has("clientAuthority");
        List<X509Certificate> trusted =
                authority ? new ArrayList<>(certificates(tls, "clientAuthority")) : new ArrayList<>();
        Map<String, String> units = new LinkedHashMap<>();
        Map<String, String> shown = new TreeMap<>();
        for (Section unit : tls.sections("units")) {
            unit(unit, authority, trusted, units, shown);
        }
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (!fits(key.get(), chain.get(0))) {
                tls.problem("key", "is not the key of the certificate", "name the key it was requested with");
                return Optional.empty();
            }
            boolean required = authority || !units.isEmpty();
            for (String word : List.of("certificate", "key", "clientAuthority")) {
                if (tls.has(word)) {
                    shown.put(word, tls.text(word));
                }
            }
            return Optional.of(new TlsServer(context(key.get(), chain, trusted), units, required, authority, shown));
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            tls.problem("", "cannot be used: " + e.getMessage(), "check that key and certificates belong together");
            return Optional.empty();
        }
    }

    private void unit(
            Section unit,
            boolean authority,
            List<X509Certificate> trusted,
            Map<String, String> units,
            Map<String, String> shown) {
        String text = unit.text("certificate");
        String organization = unit.text("organization");
        String digest = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (text.isEmpty() || organization.isEmpty()) {
            return;
        }
        if (!digest.matches("[0-9a-f]{64}")) {
            List<X509Certificate> own = certificates(unit, "certificate");
            if (own.isEmpty()) {
                return;
            }
            trusted.add(own.get(0));
            digest = sha256(own.get(0));
        } else if (!authority) {
            unit.problem("certificate", "a digest alone cannot be checked", "name the PEM file, or a clientAuthority");
            return;
        }
        if (units.putIfAbsent(digest, organization) != null) {
            unit.problem("certificate", "stands twice", "a certificate stands for one unit");
        }
        shown.put("units " + text, organization);
    }

    private Optional<byte[]> bytes(Section section, String word) {
        if (!section.has(word)) {
            section.problem(word, "is missing", "name a PEM file");
            return Optional.empty();
        }
        Path file = base.resolve(section.text(word));
        try {
            if (Files.size(file) <= LARGEST) {
                return Optional.of(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            // said below
        }
        section.problem(word, file + " cannot be read", "check the path and that this user may read it");
        return Optional.empty();
    }

    private List<X509Certificate> certificates(Section section, String word) {
        Optional<byte[]> bytes = bytes(section, word);
        if (bytes.isEmpty()) {
            return List.of();
        }
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Certificate one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes.get()))) {
                if (one instanceof X509Certificate certificate) {
                    found.add(certificate);
                }
            }
        } catch (GeneralSecurityException e) {
            found.clear();
        }
        if (found.isEmpty()) {
            section.problem(word, "holds no certificate", "name a PEM file that begins -----BEGIN CERTIFICATE-----");
        }
        return found;
    }

    private Optional<PrivateKey> key(Section tls) {
        Optional<byte[]> bytes = bytes(tls, "key");
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(bytes.get(), StandardCharsets.ISO_8859_1);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END PRIVATE KEY-----");
        if (from >= 0 && to > from) {
            try {
                byte[] der = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
                for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
                    Optional<PrivateKey> key = key(algorithm, der);
                    if (key.isPresent()) {
                        return key;
                    }
                }
            } catch (IllegalArgumentException e) {
                // no Base64: said below
            }
        }
        tls.problem(
                "key",
                "holds no private key in PKCS #8 without a password",
                "convert it: openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key");
        return Optional.empty();
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] text = {1, 2, 3};
        try {
            Signature sign = Signature.getInstance(algorithm);
            sign.initSign(key);
            sign.update(text);
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(certificate.getPublicKey());
            check.update(text);
            return check.verify(sign.sign());
        } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
            return false;
        }
    }

    private static SSLContext context(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted)
            throws GeneralSecurityException, IOException {
        char[] nothing = {};
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("server", key, nothing, chain.toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, nothing);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        int number = 0;
        for (X509Certificate one : trusted) {
            trust.setCertificateEntry("client" + number++, one);
        }
        TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusts.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }
}
