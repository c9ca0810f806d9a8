package org.wanglou.sensors.format.json;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.JsonShape;
import org.wanglou.sensors.format.part.Put;
import org.wanglou.sensors.format.part.Table;
import org.wanglou.sensors.format.part.Words;

/** Docker's json-file: one write of a container an object (Docker, JSON File logging driver). Pure. */
public final class ContainerKind {
    public static final String DATASET = "container.log";
    private static final Table FIELDS = Table.keeping("docker.")
            .put("log", (event, value, zone) -> Fill.text(event, Ecs.MESSAGE, value.stripTrailing()))
            .put("stream", "wanglou.stream")
            .put("time", Put.ISO_TIME);

    public static final JsonKind KIND = new JsonKind("container", JsonShape.of(FIELDS), ContainerKind::finish);

    private ContainerKind() {}

    private static boolean finish(Event.Builder event) {
        Words.dataset(event, DATASET);
        return event.get("wanglou.stream") != null;
    }
}
