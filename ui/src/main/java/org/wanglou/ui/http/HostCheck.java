package org.wanglou.ui.http;

import java.util.Locale;
import java.util.Set;
import org.wanglou.model.Addresses;

/**
 * Which {@code Host} headers are answered: loopback names, configured names, and the very address the connection came in
 * on. A page of another site that rebinds its name to us (DNS rebinding) comes with its own name and is refused.
 * Immutable.
 */
public final class HostCheck {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Set<String> names;

    public HostCheck(Set<String> names) {
        this.names = Set.copyOf(
                names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
    }

    /**
     * @param host the header's value, with or without port; empty when missing
     * @param localAddress the address the connection was made to
     */
    public boolean answers(String host, String localAddress) {
        String name = name(host);
        if (LOOPBACK.contains(name) || names.contains(name)) {
            return true;
        }
        return Addresses.canonical(unbracketed(name))
                .filter(literal -> Addresses.canonical(unbracketed(localAddress))
                        .filter(literal::equals)
                        .isPresent())
                .isPresent();
    }

    /** Whether the text is an address and not a name. */
    static boolean literal(String text) {
        return Addresses.canonical(unbracketed(text)).isPresent();
    }

    /** The host without port, lower case. */
    private static String name(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    private static String unbracketed(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
