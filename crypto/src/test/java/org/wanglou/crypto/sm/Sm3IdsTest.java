package org.wanglou.crypto.sm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Sm3IdsTest {
    @Test
    void an_id_is_that_of_bouncy_castle_whatever_the_parts() {
        Sm3Ids ids = new Sm3Ids();
        Random random = new Random(20261125);
        for (int length = 0; length < 700; length++) {
            String part = text(random, length);
            String other = text(random, random.nextInt(90));
            assertThat(ids.id(part)).isEqualTo(Sm3.id(part));
            assertThat(ids.id("frame", other, part, "7")).isEqualTo(Sm3.id("frame", other, part, "7"));
        }
        assertThat(ids.id()).isEqualTo(Sm3.id());
    }

    @Test
    void a_first_block_that_comes_again_gives_the_same_ids_as_one_that_does_not() {
        Sm3Ids ids = new Sm3Ids();
        for (int source = 0; source < 3; source++) {
            for (int number = 0; number < 3_000; number++) {
                String origin = "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f/" + source + "/" + number;
                String[] parts = {"frame", number % 97 == 0 ? "other" : "tcp", origin, "0"};
                assertThat(ids.id(parts)).isEqualTo(Sm3.id(parts));
            }
        }
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(9) == 0 ? '\u671b' : (char) (' ' + random.nextInt(90)));
        }
        return text.toString();
    }
}
