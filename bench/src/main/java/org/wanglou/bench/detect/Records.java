package org.wanglou.bench.detect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** Lines of one source as records of the bus: through the sensors' own format, stamped as sensors stamp. Distinct. */
final class Records {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final long RECEIVED = 1_795_485_600_000L;

    private final Format format;
    private final String source;
    private final Set<Integer> seen = new HashSet<>();
    private final List<byte[]> records = new ArrayList<>();

    Records(String format, String source) {
        this.format = Formats.named(format).orElseThrow();
        this.source = source;
    }

    /** Adds a line's events; lines that the format does not read, and those that were there before, are left out. */
    void add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        Decoded decoded = format.decode(new Frame(bytes, "192.0.2.1", RECEIVED, "o", false), SHANGHAI);
        if (!(decoded instanceof Decoded.Events events) || !seen.add(Arrays.hashCode(bytes))) {
            return;
        }
        for (Event.Builder event : events.events()) {
            if (event.get(Ecs.EVENT_ORIGINAL) == null) {
                event.set(Ecs.EVENT_ORIGINAL, line);
            }
            if (event.get(Ecs.TIMESTAMP) == null) {
                event.set(Ecs.TIMESTAMP, RECEIVED);
            }
            event.set(Ecs.EVENT_ID, Sm3.id(source, Integer.toString(records.size())))
                    .set(Ecs.EVENT_INGESTED, RECEIVED + records.size())
                    .set(Ecs.EVENT_KIND, "event")
                    .set(Ecs.WL_SOURCE, source)
                    .set(Ecs.ORGANIZATION_ID, "school-0042")
                    .set(Ecs.OBSERVER_NAME, "sensor-1");
            records.add(EventCodec.encode(event.build()));
        }
    }

    /** Records as a sender gives them that keeps each value once: no original, no message, no second names of the fields. */
    static byte[][] lean(byte[][] records) throws IOException {
        byte[][] lean = new byte[records.length][];
        for (int i = 0; i < records.length; i++) {
            Event event = EventCodec.decode(records[i]);
            Event.Builder kept = event.toBuilder().set(Ecs.EVENT_ORIGINAL, null).set(Ecs.MESSAGE, null);
            event.extra().keySet().stream()
                    .filter(name -> name.startsWith("winlog.event_data."))
                    .forEach(name -> kept.set(name, null));
            lean[i] = EventCodec.encode(kept.build());
        }
        return lean;
    }

    int size() {
        return records.size();
    }

    byte[][] all() {
        return records.toArray(byte[][]::new);
    }
}
