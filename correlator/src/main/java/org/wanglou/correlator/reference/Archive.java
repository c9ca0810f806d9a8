package org.wanglou.correlator.reference;

import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wanglou.crypto.sm.Sm3;

/** Bytes and their digest, made when they are first asked for: most users of a rule set never do. Thread-safe. */
public final class Archive {
    private final Supplier<byte[]> make;
    private byte @Nullable [] bytes;
    private volatile @Nullable String digest;

    /** @param make gives the same bytes each time */
    public Archive(Supplier<byte[]> make) {
        this.make = make;
    }

    /** The content; not to be written to. */
    public synchronized byte[] bytes() {
        byte[] made = bytes;
        if (made == null) {
            made = make.get();
            bytes = made;
        }
        return made;
    }

    /** 32 hex digits over the bytes. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = digest(bytes());
            digest = known;
        }
        return known;
    }

    /** The digest by which a snapshot store knows bytes. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(Sm3.idBytes(bytes));
    }
}
