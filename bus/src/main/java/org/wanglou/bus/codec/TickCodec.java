package org.wanglou.bus.codec;

import java.io.IOException;
import org.wanglou.model.Tick;

/** Tick ↔ JSON ({@code tick/1}). Thread-safe. */
public final class TickCodec {
    private TickCodec() {}

    public static byte[] encode(Tick tick) {
        return Jsons.bytes(tick);
    }

    public static Tick decode(byte[] json) throws IOException {
        return Jsons.read(json, Tick.class);
    }
}
