package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Meters;
import org.wanglou.sensors.spool.Sealer;

/** An orderly stop leaves nothing uncounted. */
class StopTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void lines_that_wait_to_be_tried_again_are_handed_back_to_their_file() throws Exception {
        Path file = folder.resolve("followed.log");
        Files.writeString(file, "<13>Nov 24 09:59:58 h app: line\n".repeat(20));
        SensorConfig config =
                SensorConfig.file("file", file.toString(), Bench.format("syslog"), SensorConfig.DEFAULT_ZONE, "");
        Shelf shelf = new Shelf();
        shelf.away = true;
        Durable durable = Durable.in(folder.resolve("state"), Sealer.sm4(new byte[16]));
        Sensors sensors = Bench.sensors(List.of(config), shelf, new Meters(), durable, "e1");
        sensors.start();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> sensors.sources().get(0).counts().pending() == 20);
        sensors.close();
        SourceCounts stopped = sensors.sources().get(0).counts();
        assertThat(stopped.dropped()).isEqualTo(Map.of("handed_back", 20L));
        assertThat(stopped.pending()).isZero();
        assertThat(stopped.closes()).isTrue();
        shelf.away = false;
        Sensors again = Bench.sensors(List.of(config), shelf, new Meters(), durable, "e2");
        again.start();
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> again.sources().get(0).counts().published() == 20);
        again.close();
        assertThat(shelf.events).hasSize(20);
    }
}
