package org.wanglou.sensors.format.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static Map<String, String> all(Pairs pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        while (pairs.next()) {
            map.put(pairs.key(), pairs.value());
        }
        return map;
    }

    @Test
    void values_may_be_bare_quoted_empty_or_escaped() {
        assertThat(all(Pairs.of("a=1 b=\"x y\" c= d='q' e=\"say \\\"no\\\"\", f=z", 0)))
                .containsExactly(
                        Map.entry("a", "1"),
                        Map.entry("b", "x y"),
                        Map.entry("c", ""),
                        Map.entry("d", "q"),
                        Map.entry("e", "say \"no\""),
                        Map.entry("f", "z"));
    }

    @Test
    void a_quote_that_never_closes_hides_no_later_pair() {
        assertThat(all(Pairs.of("a=\"open b=2", 0))).containsEntry("b", "2");
    }

    @Test
    void a_spaced_value_ends_where_the_next_key_begins() {
        assertThat(all(Pairs.spaced("msg=three bare words src=1.2.3.4 req=a\\=b at=12:30 x", 0)))
                .containsExactly(
                        Map.entry("msg", "three bare words"),
                        Map.entry("src", "1.2.3.4"),
                        Map.entry("req", "a=b"),
                        Map.entry("at", "12:30 x"));
    }

    @Test
    void a_megabyte_of_nothing_but_signs_is_read_in_linear_time() {
        for (String unit : new String[] {"=", "a=", "\"", "a=\"", " =\\", "a=b ", "x x", "a=\"x ", "a='x "}) {
            String hostile = unit.repeat(200_000 / unit.length());
            long from = System.nanoTime();
            all(Pairs.of(hostile, 0));
            all(Pairs.spaced(hostile, 0));
            all(Pairs.parted(hostile, 0, ':', ','));
            assertThat(System.nanoTime() - from).as(unit).isLessThan(5_000_000_000L);
        }
    }
}
