package org.wanglou.sensors.spool;

import java.nio.charset.StandardCharsets;
import org.wanglou.crypto.sm.Sm4Gcm;

/** Closes what lies on disk or in the dead-letter topic, so that it is readable to the holder of the key only. Thread-safe. */
public interface Sealer {
    /** The sealed form of the input. */
    byte[] seal(byte[] clear);

    /** What was sealed; throws {@link IllegalArgumentException} when it was changed or sealed under another key. */
    byte[] open(byte[] sealed);

    /**
     * SM4-GCM.
     *
     * @param key 16 bytes
     */
    static Sealer sm4(byte[] key) {
        byte[] own = key.clone();
        byte[] purpose = "wanglou sensors".getBytes(StandardCharsets.US_ASCII);
        return new Sealer() {
            @Override
            public byte[] seal(byte[] clear) {
                return Sm4Gcm.seal(own, purpose, clear);
            }

            @Override
            public byte[] open(byte[] sealed) {
                return Sm4Gcm.open(own, purpose, sealed);
            }
        };
    }
}
