package org.wanglou.bus.codec;

import java.io.IOException;
import org.wanglou.model.Incident;

/** Incident ↔ JSON ({@code incident/1}), a whole revision. Thread-safe. */
public final class IncidentCodec {
    private IncidentCodec() {}

    public static byte[] encode(Incident incident) {
        return Jsons.bytes(incident);
    }

    public static Incident decode(byte[] json) throws IOException {
        return Jsons.read(json, Incident.class);
    }
}
