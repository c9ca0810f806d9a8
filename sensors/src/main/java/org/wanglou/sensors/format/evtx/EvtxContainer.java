package org.wanglou.sensors.format.evtx;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.wanglou.sensors.format.Container;

/** Windows event log files: each record becomes its event XML. Immutable. */
public final class EvtxContainer implements Container {
    @Override
    public byte[] magic() {
        return signature();
    }

    @Override
    public Pieces open(InputStream in) {
        return new EvtxFile(in);
    }

    static byte[] signature() {
        return "ElfFile\0".getBytes(StandardCharsets.US_ASCII);
    }
}
