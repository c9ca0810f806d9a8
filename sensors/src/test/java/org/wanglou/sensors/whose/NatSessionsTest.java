package org.wanglou.sensors.whose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

class NatSessionsTest {
    private static final String PUBLIC = "203.0.113.7";
    private static final long MINUTE = 60_000;

    private final LongAdder learnt = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final NatSessions sessions = new NatSessions(100, learnt, evicted);

    private static Event.Builder session(long time, String inner, long port, String transport) {
        return Event.builder()
                .set(Ecs.TIMESTAMP, time)
                .set(Ecs.SOURCE_IP, inner)
                .set(Ecs.SOURCE_NAT_IP, PUBLIC)
                .set(Ecs.SOURCE_NAT_PORT, port)
                .set(Ecs.NETWORK_TRANSPORT, transport);
    }

    private Optional<String> at(long time) {
        return sessions.behind(PUBLIC, 40_000, "tcp", time).map(NatSessions.Behind::organization);
    }

    @Test
    void a_session_counts_until_its_logged_end_or_the_idle_time_of_its_transport() {
        sessions.learn(session(100 * MINUTE, "10.1.0.5", 40_000, "tcp").build(), "s1");
        assertThat(at(98 * MINUTE)).isEmpty();
        assertThat(at(100 * MINUTE)).contains("s1");
        assertThat(at(223 * MINUTE)).contains("s1");
        assertThat(at(225 * MINUTE)).isEmpty();
        sessions.learn(
                session(110 * MINUTE, "10.1.0.5", 40_000, "tcp")
                        .set(Ecs.EVENT_START, 100 * MINUTE)
                        .set(Ecs.EVENT_END, 110 * MINUTE)
                        .build(),
                "s1");
        assertThat(at(110 * MINUTE)).contains("s1");
        assertThat(at(112 * MINUTE)).isEmpty();
        sessions.learn(session(100 * MINUTE, "10.1.0.6", 41_000, "udp").build(), "s2");
        assertThat(sessions.behind(PUBLIC, 41_000, "udp", 104 * MINUTE)).isPresent();
        assertThat(sessions.behind(PUBLIC, 41_000, "udp", 106 * MINUTE)).isEmpty();
        assertThat(sessions.behind(PUBLIC, 41_000, "tcp", 101 * MINUTE)).isEmpty();
    }

    @Test
    void a_port_that_went_to_another_is_told_apart_by_time_also_for_what_comes_late() {
        sessions.learn(session(100 * MINUTE, "10.1.0.5", 40_000, "tcp").build(), "s1");
        sessions.learn(session(130 * MINUTE, "10.2.0.5", 40_000, "tcp").build(), "s2");
        assertThat(at(131 * MINUTE)).contains("s2");
        assertThat(at(120 * MINUTE)).contains("s1");
        assertThat(learnt.sum()).isEqualTo(2);
    }

    @Test
    void without_a_transport_only_what_all_of_them_agree_on_counts() {
        sessions.learn(session(MINUTE, "10.1.0.5", 40_000, "tcp").build(), "s1");
        assertThat(sessions.behind(PUBLIC, 40_000, "", MINUTE)).isPresent();
        sessions.learn(session(MINUTE, "10.2.0.5", 40_000, "udp").build(), "s2");
        assertThat(sessions.behind(PUBLIC, 40_000, "", MINUTE)).isEmpty();
        assertThat(at(MINUTE)).contains("s1");
    }

    @Test
    void what_translates_nothing_is_not_learnt_and_room_is_bounded_and_counted() {
        sessions.learn(session(MINUTE, PUBLIC, 40_000, "tcp").build(), "s1");
        sessions.learn(session(MINUTE, "10.1.0.5", 0, "tcp").build(), "s1");
        assertThat(learnt.sum()).isZero();
        for (int port = 1; port <= 250; port++) {
            sessions.learn(session(MINUTE, "10.1.0.5", port, "tcp").build(), "s1");
        }
        assertThat(evicted.sum()).isEqualTo(150);
        assertThat(sessions.behind(PUBLIC, 250, "tcp", MINUTE)).isPresent();
        assertThat(sessions.behind(PUBLIC, 1, "tcp", MINUTE)).isEmpty();
    }

    /** One session after another on one port, in any order of arrival: inside each, its own unit and no other is named. */
    @Property(tries = 200)
    void the_owner_of_a_port_at_a_time_is_never_another_unit(@ForAll long seed) {
        Random random = new Random(seed);
        NatSessions all = new NatSessions(10, new LongAdder(), new LongAdder());
        record Use(String unit, long from, long to) {}
        List<Use> uses = new ArrayList<>();
        long time = 1_000 * MINUTE;
        for (int i = 0; i < 4; i++) {
            long from = time + 3 * MINUTE;
            time = from + (1 + random.nextInt(30)) * MINUTE;
            uses.add(new Use("s" + i, from, time));
        }
        for (Use use : uses) {
            all.learn(
                    session(use.to(), "10.1.0." + use.unit().charAt(1), 40_000, "tcp")
                            .set(Ecs.EVENT_START, use.from())
                            .set(Ecs.EVENT_END, use.to())
                            .build(),
                    use.unit());
        }
        for (Use use : uses) {
            long when = use.from() + (long) (random.nextDouble() * (use.to() - use.from()));
            assertThat(all.behind(PUBLIC, 40_000, "tcp", when).map(NatSessions.Behind::organization))
                    .as("seed " + seed)
                    .contains(use.unit());
        }
        assertThat(all.behind(PUBLIC, 40_000, "tcp", uses.get(0).from() - 2 * MINUTE))
                .isEmpty();
    }
}
