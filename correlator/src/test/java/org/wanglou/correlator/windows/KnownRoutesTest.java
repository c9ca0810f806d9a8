package org.wanglou.correlator.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.wanglou.correlator.Shelves;
import org.wanglou.correlator.detect.Detectors;
import org.wanglou.correlator.detect.RoutesOnly;
import org.wanglou.correlator.reference.Shelf;
import org.wanglou.correlator.routes.Routes;
import org.wanglou.rules.sigma.Op;

class KnownRoutesTest {
    private final KeyValueStore<Bytes, byte[]> rows =
            Stores.inMemoryKeyValueStore("rows").get();

    /** A rule set with one route of its own. */
    private static Detectors rules(int seconds) {
        Routes routes = new Routes(
                List.of(Samples.counting("rule" + seconds, Op.GTE, 2, Duration.ofSeconds(seconds))), Set.of());
        return RoutesOnly.of(routes, "digest-" + seconds);
    }

    private static ByteBuffer id(Detectors detectors) {
        return detectors.routes().ids().iterator().next();
    }

    private static Shelf<Detectors> shelf(int... seconds) {
        Shelf<Detectors> shelf = Shelves.of(rules(9999));
        for (int one : seconds) {
            shelf.offer(rules(one));
        }
        return shelf;
    }

    @Test
    void a_restart_knows_what_was_known_and_prunes_what_no_key_needs() {
        KnownRoutes known = KnownRoutes.open(rules(1), shelf(1), rows);
        known.switchTo(rules(2));
        assertThat(known.all().ids()).containsExactlyInAnyOrder(id(rules(1)), id(rules(2)));

        KnownRoutes again = KnownRoutes.open(rules(2), shelf(1), rows);
        assertThat(again.all().ids()).containsExactlyInAnyOrder(id(rules(1)), id(rules(2)));
        again.prune(Set.of(id(rules(1))));
        assertThat(again.all().ids()).contains(id(rules(1)));
        again.prune(Set.of(id(rules(2))));
        assertThat(again.all().ids()).containsExactly(id(rules(2)));
        assertThat(KnownRoutes.open(rules(2), shelf(), rows).all().ids()).containsExactly(id(rules(2)));
    }

    @Test
    void a_digest_is_learnt_once_and_that_in_force_never() {
        KnownRoutes known = KnownRoutes.open(rules(1), shelf(2), rows);
        assertThat(known.learn("digest-1")).isFalse();
        assertThat(known.learn("")).isFalse();
        assertThat(known.learn("digest-2")).isTrue();
        assertThat(known.learn("digest-2")).isFalse();
        assertThat(known.all().ids()).hasSize(2);
    }

    @Test
    void of_too_many_the_one_learnt_first_goes() {
        KnownRoutes known = KnownRoutes.open(rules(1), shelf(1), rows);
        for (int i = 2; i <= KnownRoutes.OTHERS_MAX + 2; i++) {
            known.switchTo(rules(i));
        }
        assertThat(known.all().ids())
                .hasSize(KnownRoutes.OTHERS_MAX + 1)
                .doesNotContain(id(rules(1)))
                .contains(id(rules(2)));
    }
}
