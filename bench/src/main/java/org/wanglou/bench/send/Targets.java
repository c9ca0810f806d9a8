package org.wanglou.bench.send;

import java.util.ArrayList;
import java.util.List;

/**
 * Servers of the sample registry, each of another unit, and addresses of strangers. One unit hears of at most 60 incidents
 * of a rule in an hour before the rest is told as one, so many attackers need many units. Pure.
 */
public final class Targets {
    private static final List<String> HOSTS = hosts();

    private Targets() {}

    private static List<String> hosts() {
        List<String> hosts = new ArrayList<>(List.of("portal", "web01", "www.svc.shifan.example"));
        for (int city = 1; city <= 16; city++) {
            hosts.add("www.city%02d.shifan.example".formatted(city));
        }
        return List.copyOf(hosts);
    }

    /** The n-th server, round robin over the units. */
    public static String host(int n) {
        return HOSTS.get(n % HOSTS.size());
    }

    /** The n-th address of 198.18.0.0/15, which nobody owns (RFC 2544); n up to 130,000. */
    public static String address(int n) {
        return "198." + (18 + n / 65_000) + "." + (n / 250 % 256) + "." + (1 + n % 250);
    }
}
