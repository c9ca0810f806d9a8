package org.wanglou.bench.intel;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.Indicator;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.Origin;

/**
 * Made-up indicators: 40 % domains, 25 % IPv4, 5 % IPv6, 20 % SHA-256, 5 % MD5, 5 % URLs, of twenty sources, every fourth
 * with an end and a description. The value of a number is always the same; those from {@code total} on are on no list.
 */
record Values(long seed, int total) {
    private static final String[] ZONES = {".com", ".net", ".cn", ".com.cn", ".org", ".info", ".top", ".xyz"};

    static IndicatorType type(int number) {
        int part = Math.floorMod(number, 20);
        return part < 8
                ? IndicatorType.DOMAIN
                : part < 14 ? IndicatorType.IP : part < 19 ? IndicatorType.HASH : IndicatorType.URL;
    }

    String value(int number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number * 0x9E3779B97F4A7C15L);
        int part = Math.floorMod(number, 20);
        return switch (type(number)) {
            case DOMAIN -> domain(random, number);
            case IP ->
                part == 13
                        ? Addresses.format(octets(random, 16))
                        : (1 + random.nextInt(223)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                                + random.nextInt(256);
            case HASH -> HexFormat.of().formatHex(octets(random, part == 18 ? 16 : 32));
            default -> "http://" + domain(random, number) + "/" + Long.toHexString(random.nextLong()) + "/gate.php";
        };
    }

    private static byte[] octets(SplittableRandom random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        octets[0] |= 0x20;
        return octets;
    }

    private static String domain(SplittableRandom random, int number) {
        StringBuilder name = new StringBuilder(24);
        int labels = 1 + random.nextInt(2);
        for (int i = 0; i < labels; i++) {
            int letters = 4 + random.nextInt(10);
            for (int j = 0; j < letters; j++) {
                name.append((char) ('a' + random.nextInt(26)));
            }
            name.append(i + 1 < labels ? "." : Integer.toString(number & 0xff));
        }
        return name.append(ZONES[random.nextInt(ZONES.length)]).toString();
    }

    Indicator indicator(int number) {
        Origin origin = new Origin("feed-" + number % 20, number % 3 == 0 ? "TLP:AMBER" : "");
        Indicator one = Indicator.of(
                        type(number), value(number), number % 4 == 0 ? "campaign " + number % 500 : "", origin)
                .trusted(number % 101, 0);
        return number % 4 == 0 ? one.between(1_600_000_000_000L, 2_000_000_000_000L + number) : one;
    }
}
