package org.wanglou.sensors.whose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.registry.Asset;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.PortBlock;
import org.wanglou.model.registry.ProtectionLevel;
import org.wanglou.model.registry.Registry;

class WhoseTest {
    private static final Registry REGISTRY = new Registry(
            List.of(
                    unit("county", "", "10.1.0.0/16", "203.0.113.0/28"),
                    unit("school-a", "county", "10.1.17.0/24", "2001:db8:a::/48"),
                    unit("school-b", "county", "10.1.18.0/24"),
                    unit("elsewhere", "", "10.9.0.0/16")),
            List.of(new Asset(
                    "portal",
                    "门户",
                    "school-b",
                    List.of("10.1.18.80"),
                    List.of("www.b.example"),
                    ProtectionLevel.UNKNOWN,
                    false,
                    "",
                    0,
                    List.of())),
            List.of(
                    new PortBlock("school-a", "203.0.113.7", 1024, 2047),
                    new PortBlock("school-b", "203.0.113.7", 2048, 3071)));

    private final Whose whose = new Whose(new NatSessions(100, new LongAdder(), new LongAdder()));

    private static Organization unit(String id, String parent, String... prefixes) {
        return new Organization(id, parent, id, "school", List.of(prefixes), List.of());
    }

    private static Event.Builder event() {
        return Event.builder().set(Ecs.TIMESTAMP, 6_000_000L).set(Ecs.NETWORK_TRANSPORT, "tcp");
    }

    private Attribution exit(Event.Builder event) {
        return whose.of(REGISTRY, event.build(), "10.1.0.1", "", "county", true);
    }

    private Attribution open(Event.Builder event) {
        return whose.of(REGISTRY, event.build(), "", "", "", false);
    }

    @Test
    void certificate_before_listener_before_content() {
        Event event = event().set(Ecs.SOURCE_IP, "10.1.17.9").build();
        assertThat(whose.of(REGISTRY, event, "10.1.18.1", "by-certificate", "by-listener", false))
                .isEqualTo(Attribution.of("by-certificate", "certificate"));
        assertThat(whose.of(REGISTRY, event, "10.1.18.1", "", "by-listener", false))
                .isEqualTo(Attribution.of("by-listener", "listener"));
        assertThat(whose.of(REGISTRY, event, "10.1.18.1", "", "", false))
                .isEqualTo(Attribution.of("school-a", "prefix of source.ip"));
        assertThat(whose.of(REGISTRY, event().build(), "10.1.18.1", "", "", false))
                .isEqualTo(Attribution.of("school-b", "prefix of the sender"));
        assertThat(whose.of(REGISTRY, event().build(), "192.0.2.1", "", "", false))
                .isEqualTo(Attribution.none("no prefix holds its addresses"));
    }

    @Test
    void an_exit_speaks_of_the_units_below_it_and_of_no_others() {
        assertThat(exit(event().set(Ecs.SOURCE_IP, "10.1.17.9").set(Ecs.DESTINATION_IP, "198.51.100.1")))
                .isEqualTo(Attribution.of("school-a", "prefix of source.ip"));
        assertThat(exit(event().set(Ecs.SOURCE_IP, "2001:db8:a::9").set(Ecs.DESTINATION_IP, "2001:db8:ffff::1")))
                .isEqualTo(Attribution.of("school-a", "prefix of source.ip"));
        assertThat(exit(event().set(Ecs.SOURCE_IP, "198.51.100.1").set(Ecs.DESTINATION_IP, "10.1.18.80")))
                .isEqualTo(Attribution.of("school-b", "asset"));
        assertThat(exit(event().set(Ecs.SOURCE_IP, "198.51.100.1").set(Ecs.DESTINATION_IP, "10.9.0.1")))
                .isEqualTo(Attribution.none("its addresses lie outside the exit's units"));
        assertThat(exit(event().set(Ecs.SOURCE_IP, "10.1.17.9").set(Ecs.DESTINATION_IP, "10.9.0.1")))
                .isEqualTo(Attribution.of("school-a", "prefix of source.ip"));
        assertThat(exit(event().set(Ecs.SOURCE_IP, "192.168.1.9").set(Ecs.DESTINATION_IP, "198.51.100.1")))
                .isEqualTo(Attribution.none("no prefix holds its addresses"));
        assertThat(exit(event().set(Ecs.HOST_IP, "10.1.0.1")
                        .set(Ecs.SOURCE_IP, "127.0.0.1")
                        .set(Ecs.USER_NAME, "admin")))
                .isEqualTo(Attribution.of("county", "about the exit: names no address"));
        assertThat(exit(event().set(Ecs.EVENT_DATASET, "unparsed")))
                .isEqualTo(Attribution.none("its line could not be read"));
    }

    @Test
    void the_inner_address_of_an_inbound_translation_counts_before_the_public_one() {
        assertThat(exit(event().set(Ecs.SOURCE_IP, "198.51.100.1")
                        .set(Ecs.DESTINATION_IP, "203.0.113.5")
                        .set(Ecs.DESTINATION_NAT_IP, "10.1.17.20")))
                .isEqualTo(Attribution.of("school-a", "prefix of destination.nat.ip"));
    }

    @Test
    void behind_a_public_address_port_blocks_and_the_exits_log_tell_the_unit() {
        assertThat(open(event().set(Ecs.SOURCE_IP, "203.0.113.7").set(Ecs.SOURCE_PORT, 2047)))
                .isEqualTo(Attribution.of("school-a", "port block of source.ip"));
        assertThat(open(event().set(Ecs.SOURCE_IP, "203.0.113.7").set(Ecs.SOURCE_PORT, 2048)))
                .isEqualTo(Attribution.of("school-b", "port block of source.ip"));
        Event.Builder outside = event().set(Ecs.SOURCE_IP, "203.0.113.7").set(Ecs.SOURCE_PORT, 40_000);
        assertThat(open(outside)).isEqualTo(Attribution.of("county", "prefix of source.ip"));
        Event.Builder session = event().set(Ecs.SOURCE_IP, "10.1.18.33")
                .set(Ecs.SOURCE_NAT_IP, "203.0.113.7")
                .set(Ecs.SOURCE_NAT_PORT, 40_000)
                .set(Ecs.DESTINATION_IP, "198.51.100.1");
        // Somebody who is no exit is not believed.
        open(session);
        assertThat(open(outside).organization()).isEqualTo("county");
        exit(session);
        assertThat(open(outside)).isEqualTo(new Attribution("school-b", "NAT log of source.ip", "10.1.18.33"));
    }
}
