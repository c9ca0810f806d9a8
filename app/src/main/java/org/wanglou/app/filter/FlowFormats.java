package org.wanglou.app.filter;

import java.util.List;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;

/** The formats that read flow export datagrams, by their names. */
final class FlowFormats {
    private FlowFormats() {}

    static boolean is(Format format) {
        return format.name().matches("(netflow|ipfix|sflow).*");
    }

    static List<Format> all() {
        return Formats.all().stream().filter(FlowFormats::is).toList();
    }
}
