package org.wanglou.bus.codec;

import java.io.IOException;
import org.wanglou.model.Signal;

/** Signal ↔ JSON ({@code signal/1}). Thread-safe. */
public final class SignalCodec {
    private SignalCodec() {}

    public static byte[] encode(Signal signal) {
        return Jsons.bytes(signal);
    }

    public static Signal decode(byte[] json) throws IOException {
        return Jsons.read(json, Signal.class);
    }
}
