package org.wanglou.correlator.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MulticastTest {
    private final Multicast multicast = new Multicast();

    @Test
    void a_tick_goes_to_every_partition() {
        assertThat(multicast.partitions("t", null, new byte[0], 4)).isEqualTo(Optional.of(Set.of(0, 1, 2, 3)));
    }

    @Test
    void a_routed_key_goes_by_the_first_four_bytes_of_its_second_half_unsigned() {
        byte[] key = new byte[32];
        key[16] = (byte) 0xff;
        key[17] = (byte) 0xff;
        key[18] = (byte) 0xff;
        key[19] = (byte) 0xff;
        assertThat(Multicast.partition(key, 7)).isEqualTo((int) (0xffffffffL % 7));
        key[0] = 42;
        assertThat(Multicast.partition(key, 7)).isEqualTo((int) (0xffffffffL % 7));
    }

    @Property
    void every_key_goes_to_one_partition_that_exists(
            @ForAll @Size(max = 64) byte[] key, @ForAll @IntRange(min = 1, max = 64) int count) {
        Set<Integer> partitions =
                multicast.partitions("t", key, new byte[0], count).orElseThrow();
        assertThat(partitions).hasSize(1).allMatch(partition -> partition >= 0 && partition < count);
    }

    @Test
    void organisations_spread_over_partitions() {
        Set<Integer> met = new java.util.TreeSet<>();
        for (int i = 0; i < 100; i++) {
            met.add(Multicast.partition(("school-" + i).getBytes(StandardCharsets.UTF_8), 4));
        }
        assertThat(met).containsExactly(0, 1, 2, 3);
    }
}
