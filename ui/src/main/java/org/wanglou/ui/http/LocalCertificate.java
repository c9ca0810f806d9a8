package org.wanglou.ui.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.wanglou.crypto.x509.SelfSigned;

/**
 * The certificate of a console that was given none: self-signed, for this machine's name, {@code localhost} and the
 * loopback addresses. Kept as PKCS#12 by the caller. The operator compares {@link #fingerprint} with what the browser
 * shows. Immutable.
 */
public final class LocalCertificate {
    private static final String ALIAS = "console";
    private static final Duration RENEW = Duration.ofDays(30);

    private final KeyStore store;
    private final char[] password;

    private LocalCertificate(KeyStore store, char[] password) {
        this.store = store;
        this.password = password.clone();
    }

    /**
     * Makes one that is valid for 397 days.
     *
     * @param names more names and addresses by which the console is reached; address literals become addresses
     */
    public static LocalCertificate make(Set<String> names, char[] password, Instant now) {
        List<String> hosts = new ArrayList<>(List.of("localhost"));
        List<InetAddress> addresses = new ArrayList<>();
        try {
            addresses.add(InetAddress.getByName("127.0.0.1"));
            addresses.add(InetAddress.getByName("::1"));
            for (String name : names) {
                if (HostCheck.literal(name)) {
                    addresses.add(InetAddress.getByName(name));
                } else {
                    hosts.add(name);
                }
            }
            String own = InetAddress.getLocalHost().getHostName();
            if (!hosts.contains(own) && own.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,200}") && !HostCheck.literal(own)) {
                hosts.add(own);
            }
        } catch (UnknownHostException e) {
            // A machine that does not know its own name is still reached as localhost.
            hosts.remove("");
        }
        SelfSigned made = SelfSigned.make(hosts, addresses, now, SelfSigned.LONGEST);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, made.key(), password, new Certificate[] {made.certificate()});
            return new LocalCertificate(store, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the console's certificate cannot be kept", e);
        }
    }

    /**
     * Reads what {@link #pkcs12} wrote, or a deployer's key store with one key entry named {@code console}.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public static LocalCertificate read(byte[] pkcs12, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password);
            if (!store.isKeyEntry(ALIAS)) {
                throw new IllegalArgumentException("the key store has no key named '" + ALIAS + "'");
            }
            return new LocalCertificate(store, password);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the console's key store cannot be read: damaged, or another password", e);
        }
    }

    /** The key store's bytes, encrypted with the password. */
    public byte[] pkcs12() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the console's certificate cannot be kept", e);
        }
    }

    /** Whether it ends within 30 days and is to be made anew. */
    public boolean stale(Instant now) {
        return certificate().getNotAfter().toInstant().isBefore(now.plus(RENEW));
    }

    public X509Certificate certificate() {
        try {
            return (X509Certificate) store.getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 of the certificate as browsers show it: pairs of upper-case hex digits with colons. */
    public String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@link org.wanglou.ui.ConsoleConfig#tls}. */
    public SSLContext sslContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the console's certificate cannot be used", e);
        }
    }
}
