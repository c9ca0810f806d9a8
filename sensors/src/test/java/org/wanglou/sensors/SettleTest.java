package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.format.Formats;

/** After a kill the accounts are set right by what Kafka holds. */
class SettleTest {
    private static Source restored(long received, long published, long waiting) {
        Source source = new Source(
                new SensorConfig(
                        "udp",
                        Transport.UDP,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Formats.named("syslog").orElseThrow(),
                        SensorConfig.DEFAULT_ZONE,
                        "",
                        ""),
                new Meters());
        source.restore(new SourceCounts("udp", received, published, Map.of(), received - published), waiting);
        return source;
    }

    @Test
    void what_was_booked_as_gone_and_is_in_kafka_was_not_gone() {
        Source source = restored(100, 90, 0);
        assertThat(source.counts()).isEqualTo(new SourceCounts("udp", 100, 90, Map.of("unclean_stop", 10L), 0));
        source.settle(97);
        assertThat(source.counts()).isEqualTo(new SourceCounts("udp", 100, 97, Map.of("unclean_stop", 3L), 0));
        assertThat(source.counts().closes()).isTrue();
    }

    @Test
    void what_came_after_the_accounts_were_last_saved_counts_as_received_too() {
        Source source = restored(100, 90, 4);
        source.settle(120);
        assertThat(source.counts()).isEqualTo(new SourceCounts("udp", 124, 120, Map.of("unclean_stop", 0L), 4));
        assertThat(source.counts().closes()).isTrue();
        source.settle(120);
        assertThat(source.counts().published()).isEqualTo(120);
    }

    @Test
    void fewer_than_were_counted_change_nothing() {
        Source source = restored(100, 100, 0);
        source.settle(50);
        assertThat(source.counts()).isEqualTo(new SourceCounts("udp", 100, 100, Map.of(), 0));
    }
}
