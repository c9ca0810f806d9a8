package org.wanglou.sensors.listen;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How many datagrams the kernel has thrown away because a socket's buffer was full: last column of {@code /proc/net/udp}
 * and {@code udp6} (Linux, net/ipv4/udp.c {@code udp4_format_sock}). Elsewhere the answer is -1: nobody counts. Immutable.
 */
final class KernelDrops {
    private final Path folder;

    /** @param folder {@code /proc/net} */
    KernelDrops(Path folder) {
        this.folder = folder;
    }

    /** Datagrams dropped so far at a socket bound to that address, -1 when the kernel does not tell. */
    long of(InetSocketAddress bound) {
        Set<String> wanted = names(bound);
        long drops = -1;
        for (String table : List.of("udp", "udp6")) {
            try {
                for (String line : Files.readAllLines(folder.resolve(table), StandardCharsets.US_ASCII)) {
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length >= 13 && wanted.contains(columns[1])) {
                        drops = Math.max(drops, 0) + Long.parseLong(columns[columns.length - 1]);
                    }
                }
            } catch (IOException | NumberFormatException e) {
                // no such table here
            }
        }
        return drops;
    }

    /** The address as the tables write it: 32-bit words in the machine's order, here little-endian, and the port. */
    private static Set<String> names(InetSocketAddress bound) {
        InetAddress address = bound.getAddress();
        String port = String.format(Locale.ROOT, ":%04X", bound.getPort());
        Set<String> names = new HashSet<>();
        if (address.isAnyLocalAddress()) {
            names.add("00000000" + port);
            names.add("0".repeat(32) + port);
        } else {
            String words = words(address.getAddress());
            names.add(words + port);
            if (address instanceof Inet4Address) {
                names.add("0000000000000000FFFF0000" + words + port); // IPv4-mapped, as Java binds it
            }
        }
        return names;
    }

    private static String words(byte[] address) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < address.length; word += 4) {
            for (int i = 3; i >= 0; i--) {
                words.append(String.format(Locale.ROOT, "%02X", address[word + i]));
            }
        }
        return words.toString();
    }
}
