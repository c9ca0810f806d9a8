package org.wanglou.rules.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Addresses;
import org.wanglou.rules.indicators.table.Segment;
import org.wanglou.rules.indicators.table.SegmentBuilder;
import org.wanglou.rules.indicators.value.Canonical;

class SegmentTest {
    private static final Origin FEED = new Origin("feed", "TLP:GREEN");

    private static Indicator of(IndicatorType type, String value) {
        return Indicator.of(type, value, "about " + value, FEED);
    }

    private static List<String> exact(Segment segment, IndicatorType type, String value) {
        List<String> found = new ArrayList<>();
        segment.exact(
                type,
                Canonical.octets(type, value).orElseThrow(),
                one -> found.add(one.indicator().value()));
        return found;
    }

    @Test
    void of_twenty_thousand_values_each_is_found_and_no_other() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        SegmentBuilder builder = new SegmentBuilder(random.nextLong());
        Map<String, Indicator> all = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] hash = new byte[16 + 4 * random.nextInt(2)];
            random.nextBytes(hash);
            String domain = "h" + random.nextInt(5_000_000) + ".example" + random.nextInt(50) + ".com";
            Indicator one =
                    switch (i % 3) {
                        case 0 -> of(IndicatorType.HASH, HexFormat.of().formatHex(hash));
                        case 1 -> of(IndicatorType.DOMAIN, domain);
                        default -> of(IndicatorType.IP, Addresses.format(Arrays.copyOf(hash, 4)));
                    };
            one = one.between(random.nextInt(1000), 1_000 + random.nextInt(1_000_000))
                    .trusted(random.nextInt(101), random.nextInt(3))
                    .on(Indicator.Side.values()[random.nextInt(3)], random.nextInt(3));
            if (all.putIfAbsent(one.value(), one) == null) {
                builder.add(one, -1);
            }
        }
        Segment segment = builder.build();
        assertThat(segment.size()).isEqualTo(all.size());
        Map<String, Indicator> told = new HashMap<>();
        segment.each(one -> told.put(one.value(), one));
        assertThat(told).isEqualTo(all);
        all.values().forEach(one -> assertThat(found(segment, one.type(), one.value()))
                .containsExactly(one));
        for (int i = 0; i < 20_000; i++) {
            String domain = "h" + random.nextInt(5_000_000) + ".example" + random.nextInt(50) + ".com";
            Indicator known = all.get(domain);
            assertThat(found(segment, IndicatorType.DOMAIN, domain))
                    .isEqualTo(known == null ? List.of() : List.of(known));
        }
    }

    private static List<Indicator> found(Segment segment, IndicatorType type, String value) {
        List<Indicator> found = new ArrayList<>();
        switch (type) {
            case IP -> segment.address(Addresses.parse(value).orElseThrow(), one -> found.add(one.indicator()));
            case DOMAIN -> segment.domain(value.getBytes(StandardCharsets.US_ASCII), one -> found.add(one.indicator()));
            default ->
                segment.exact(type, Canonical.octets(type, value).orElseThrow(), one -> found.add(one.indicator()));
        }
        return found;
    }

    @Test
    void what_several_sources_say_of_one_value_is_kept_and_the_same_word_is_not() {
        SegmentBuilder builder = new SegmentBuilder(7);
        for (int i = 0; i < 40; i++) {
            builder.add(Indicator.of(IndicatorType.EMAIL, "a@example.com", "", new Origin("s" + i % 20, "")), -1);
        }
        Segment segment = builder.build();
        assertThat(exact(segment, IndicatorType.EMAIL, "A@Example.com")).hasSize(SegmentBuilder.SAME_MAX);
        assertThat(segment.values()).isEqualTo(1);
        assertThat(segment.repeated()).isEqualTo(24);
    }

    @Test
    void a_value_of_one_type_is_none_of_another() {
        SegmentBuilder builder = new SegmentBuilder(7);
        String hex = "0123456789abcdef0123456789abcdef";
        builder.add(of(IndicatorType.JA3, hex), -1);
        Segment segment = builder.build();
        assertThat(exact(segment, IndicatorType.JA3, hex)).containsExactly(hex);
        assertThat(exact(segment, IndicatorType.JA3S, hex)).isEmpty();
        assertThat(exact(segment, IndicatorType.HASH, hex)).isEmpty();
    }

    @Test
    void a_segment_of_nothing_finds_nothing() {
        Segment segment = new SegmentBuilder(1).build();
        assertThat(segment.size()).isZero();
        assertThat(found(segment, IndicatorType.IP, "203.0.113.1")).isEmpty();
        assertThat(found(segment, IndicatorType.DOMAIN, "example.com")).isEmpty();
    }
}
