package org.wanglou.alerting.notify.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wanglou.model.Addresses;
import org.wanglou.model.registry.PrefixMap;

/**
 * Decides whether an outgoing URL may be opened, and to which address (security: T05).
 *
 * <p>Only https to public addresses passes, plus the exact {@code host:port} entries of {@code notify.allow}; http
 * passes for such an entry on loopback only. A name is resolved once, <em>every</em> address it has is judged, and the
 * caller connects to the address that was judged, so a name that changes its mind between check and connection
 * (DNS rebinding) gains nothing. Address literals must be written in their one canonical way: decimal, octal, hex and
 * shortened forms are refused, because resolvers disagree about them. Immutable.
 */
public final class SsrfGuard {
    /** What is no public unicast address, by IANA's special-purpose registries (RFC 6890 and successors). */
    private static final List<String> SPECIAL = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "2620:4f:8000::/48",
            "3fff::/20");

    private final PrefixMap<String> special;
    private final Set<String> allowed;
    private final Resolver resolver;

    /** Turns a host name into all its addresses; the system's resolver in production. */
    public interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;

        /** Asks the system. */
        static Resolver system() {
            return host -> List.of(InetAddress.getAllByName(host));
        }
    }

    /** What was decided about a URL. */
    public sealed interface Decision permits Pass, Refusal {}

    /**
     * The URL may be opened, at this address only.
     *
     * @param hostHeader host, with the port when it is not the scheme's own
     * @param path path and query as they go into the request line
     */
    public record Pass(InetAddress address, String host, int port, boolean tls, String hostHeader, String path)
            implements Decision {}

    /**
     * The URL may not be opened.
     *
     * @param lasting true when the URL itself is wrong, false when its name may resolve otherwise later
     */
    public record Refusal(String reason, boolean lasting) implements Decision {}

    /**
     * @param allow {@code notify.allow}: exact {@code host:port}, IPv6 as {@code [::1]:8443}
     */
    public SsrfGuard(List<String> allow, Resolver resolver) {
        PrefixMap.Builder<String> prefixes = PrefixMap.builder();
        SPECIAL.forEach(prefix -> prefixes.put(prefix, prefix));
        this.special = prefixes.build();
        Set<String> entries = new HashSet<>();
        for (String entry : allow) {
            if (!entry.matches("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9.-]+):[0-9]{1,5}")) {
                throw new IllegalArgumentException("notify.allow: \"" + entry.replaceAll("[^ -~]", "?")
                        + "\" is not host:port, such as 127.0.0.1:8443 or [::1]:8443");
            }
            entries.add(entry.toLowerCase(Locale.ROOT));
        }
        this.allowed = Set.copyOf(entries);
        this.resolver = resolver;
    }

    /** Judges the URL; resolves its name at most once. */
    public Decision check(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return refused("not a URL: " + e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !scheme.equals("http")) {
            return refused("scheme must be https");
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (host.isEmpty()) {
            return refused("no usable host name");
        }
        if (host.endsWith(".")) {
            return refused("host name ends with a dot");
        }
        if (uri.getRawUserInfo() != null) {
            return refused("user information in the URL");
        }
        if (uri.getRawFragment() != null) {
            return refused("fragment in the URL");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        if (port < 1 || port > 65535) {
            return refused("port out of range");
        }
        boolean exempt = allowed.contains(host + ":" + port);
        if (!tls && !exempt) {
            return refused("http is for loopback entries of notify.allow only");
        }
        return judge(uri, host, port, tls, exempt);
    }

    private Decision judge(URI uri, String host, int port, boolean tls, boolean exempt) {
        boolean literal6 = host.startsWith("[");
        String bare = literal6 ? host.substring(1, host.length() - 1) : host;
        List<InetAddress> addresses;
        try {
            if (literal6 || looksNumeric(bare)) {
                byte[] bytes = bare.indexOf('%') >= 0
                        ? new byte[0]
                        : Addresses.parse(bare).orElse(new byte[0]);
                if (bytes.length == 0 || !literal6 && !Addresses.format(bytes).equals(bare)) {
                    return refused("address is not written in its canonical form");
                }
                if (literal6 && bytes.length == 4) {
                    return refused("IPv4-mapped IPv6 address");
                }
                addresses = List.of(InetAddress.getByAddress(bytes));
            } else {
                addresses = resolver.resolve(bare);
            }
        } catch (UnknownHostException e) {
            return new Refusal("name does not resolve: " + bare, false);
        }
        if (addresses.isEmpty()) {
            return new Refusal("name does not resolve: " + bare, false);
        }
        for (InetAddress address : addresses) {
            String fault = fault(address, tls, exempt);
            if (!fault.isEmpty()) {
                return new Refusal(fault, literal6 || looksNumeric(bare));
            }
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String target = path + query;
        if (!target.matches("[!-~]+")) {
            return refused("path holds characters outside ASCII; percent-encode them");
        }
        String hostHeader = port == (tls ? 443 : 80) ? host : host + ":" + port;
        return new Pass(addresses.get(0), bare, port, tls, hostHeader, target);
    }

    /** Empty when the address may be connected to. */
    private String fault(InetAddress address, boolean tls, boolean exempt) {
        if (!tls) {
            return address.isLoopbackAddress() ? "" : "http is for loopback only";
        }
        if (exempt) {
            return address.isMulticastAddress() || address.isAnyLocalAddress() ? "no unicast address" : "";
        }
        byte[] bytes = address.getAddress();
        String text = Addresses.format(bytes);
        if (bytes.length == 16 && (bytes[0] & 0xe0) != 0x20) {
            return "address " + text + " is not global unicast (2000::/3)";
        }
        return special.find(text)
                .map(prefix -> "address " + text + " lies in " + prefix + ", which is not public")
                .orElse("");
    }

    /** True for hosts some resolver would read as a number: the last label starts with a digit (no TLD does). */
    private static boolean looksNumeric(String host) {
        List<String> labels = new ArrayList<>(List.of(host.split("\\.")));
        String last = labels.isEmpty() ? "" : labels.get(labels.size() - 1);
        return last.isEmpty() || Character.digit(last.charAt(0), 10) >= 0;
    }

    private static Refusal refused(String reason) {
        return new Refusal(reason, true);
    }
}
