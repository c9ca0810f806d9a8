package org.wanglou.ui;

import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * How the console is reached. Immutable.
 *
 * @param host address or name to bind, such as {@code 127.0.0.1} or {@code 0.0.0.0}
 * @param port 0 for any free one
 * @param tls key and certificate, from {@link org.wanglou.ui.http.LocalCertificate#sslContext} or the deployer's own;
 *     empty serves plain HTTP, which is refused on any address that is not loopback
 * @param hosts names by which browsers may call it besides loopback and the address they connect to; others are refused
 *     (DNS rebinding)
 * @param metricsToken bearer token that reads {@code /metrics}; empty for sessions only
 * @param demo whether accounts may be used without a password; only on loopback
 * @param node name of this instance, such as {@code 370000}
 * @param version of the program
 */
public record ConsoleConfig(
        String host,
        int port,
        Optional<SSLContext> tls,
        Set<String> hosts,
        String metricsToken,
        boolean demo,
        String node,
        String version) {
    public ConsoleConfig {
        hosts = Set.copyOf(hosts);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("console port must be 0 to 65535, is " + port);
        }
        boolean loopback = host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
        if (!loopback && (tls.isEmpty() || demo)) {
            throw new IllegalArgumentException("console host " + host + " is reachable from outside: it needs "
                    + (demo ? "demo to be off" : "a certificate; or bind 127.0.0.1"));
        }
    }

    /** Plain HTTP on loopback, for the demo. */
    public static ConsoleConfig demo(int port, String node, String version) {
        return new ConsoleConfig("127.0.0.1", port, Optional.empty(), Set.of(), "", true, node, version);
    }
}
