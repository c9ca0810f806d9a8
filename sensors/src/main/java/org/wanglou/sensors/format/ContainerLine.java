package org.wanglou.sensors.format;

import java.time.ZoneId;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.json.ContainerKind;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Words;
import org.wanglou.sensors.format.web.AccessLine;

/**
 * What containers write, as their runtimes keep it: Docker's json-file ({@code {"log":…,"stream":…,"time":…}}) and the lines
 * of CRI ({@code 2026-11-24T02:00:00.1Z stdout F text}, Kubernetes CRI logging). The text within is recognised by itself; the
 * runtime's time holds where the text names none. Immutable.
 */
final class ContainerLine implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (!text.startsWith("{")) {
            return cri(text, event, zone);
        }
        if (!ContainerKind.KIND.read(text, event, zone)) {
            return false;
        }
        within(event, zone);
        return true;
    }

    static boolean cri(String line, Event.Builder event, ZoneId zone) {
        int blank = line.indexOf(' ');
        if (blank < 20 || blank > 36 || line.charAt(10) != 'T') {
            return false;
        }
        int stream = line.startsWith("stdout ", blank + 1) || line.startsWith("stderr ", blank + 1) ? blank + 8 : -1;
        if (stream < 0
                || stream + 1 >= line.length()
                || line.charAt(stream) != 'F' && line.charAt(stream) != 'P'
                || line.charAt(stream + 1) != ' ') {
            return false;
        }
        long time = Clock.iso(line.substring(0, blank), zone);
        if (time == Clock.NONE) {
            return false;
        }
        event.set(Ecs.TIMESTAMP, time)
                .set("wanglou.stream", line.substring(blank + 1, stream - 1))
                .set(Ecs.MESSAGE, line.substring(stream + 2));
        if (line.charAt(stream) == 'P') {
            event.set("wanglou.partial", "true");
        }
        Words.dataset(event, ContainerKind.DATASET);
        within(event, zone);
        return true;
    }

    /** What the text itself is: an access line, a log of this table, or a text. Other events stay as they are. */
    static void within(Event.Builder event, ZoneId zone) {
        if (!ContainerKind.DATASET.equals(event.get(Ecs.EVENT_DATASET))) {
            return;
        }
        String text = event.get(Ecs.MESSAGE) instanceof String said ? said : "";
        Object time = event.get(Ecs.TIMESTAMP);
        // What is within names its own dataset; a container's log within a container's is shorter each time.
        event.set(Ecs.EVENT_DATASET, null).set(Ecs.EVENT_MODULE, null).set(Ecs.EVENT_KIND, null);
        boolean read =
                !text.isEmpty() && (AccessLine.read(text, "nginx.access", event) || Payloads.read(text, event, zone));
        if (!read) {
            Words.dataset(event, ContainerKind.DATASET);
        } else if (event.get(Ecs.TIMESTAMP) == null) {
            event.set(Ecs.TIMESTAMP, time);
        }
    }
}
