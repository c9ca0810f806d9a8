package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * TLS 1.3 at a listener, and 1.2 for senders that know no better (rsyslog of Debian 12), then only with fresh keys and
 * authenticated ciphers (RFC 5425 and 9662 for syslog). Immutable.
 *
 * @param context server key and certificate; its trust decides which client certificates are believed
 * @param units SHA-256 of a client certificate, lower-case hex, to the organisation it stands for
 * @param required whether a client must show a certificate
 * @param unlisted whether a certificate that is believed and stands for no organisation will do
 * @param files what it was made from, by the words of the configuration; for showing
 */
public record TlsServer(
        SSLContext context, Map<String, String> units, boolean required, boolean unlisted, Map<String, String> files) {
    private static final Pattern SUITES = Pattern.compile(
            "TLS_(AES|CHACHA20)_.*|TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_(128|256)_GCM|CHACHA20_POLY1305)_SHA(256|384)");

    public TlsServer {
        units = Map.copyOf(units);
        files = Map.copyOf(files);
        if (required && !unlisted && units.isEmpty()) {
            throw new IllegalArgumentException("client certificates are required, but none is listed");
        }
    }

    /** @param required whether a client must show one of the listed certificates */
    public TlsServer(SSLContext context, Map<String, String> units, boolean required) {
        this(context, units, required, false, Map.of());
    }

    /** A server that asks for no client certificate. */
    public static TlsServer of(SSLContext context) {
        return new TlsServer(context, Map.of(), false);
    }

    /** Lays TLS over a connection; the handshake is done. */
    SSLSocket over(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secure.setUseClientMode(false);
        secure.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        secure.setEnabledCipherSuites(Arrays.stream(secure.getSupportedCipherSuites())
                .filter(suite -> SUITES.matcher(suite).matches())
                .toArray(String[]::new));
        if (required) {
            secure.setNeedClientAuth(true);
        } else if (!units.isEmpty()) {
            secure.setWantClientAuth(true);
        }
        secure.startHandshake();
        return secure;
    }

    /** The organisation of the client's certificate; empty when it showed none that is listed. */
    Optional<String> unit(SSLSocket socket) {
        try {
            byte[] certificate = socket.getSession().getPeerCertificates()[0].getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return Optional.ofNullable(units.get(HexFormat.of().formatHex(digest)));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
