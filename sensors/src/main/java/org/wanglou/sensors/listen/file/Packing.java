package org.wanglou.sensors.listen.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How rotated log files are packed, told by the name's end. All are read as streams: what a file expands to is never held,
 * and passes the same limits as the lines of any file. Immutable.
 */
enum Packing {
    GZIP(".gz") {
        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new GZIPInputStream(in, 32 << 10);
        }
    },
    BZIP2(".bz2") {
        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new BZip2CompressorInputStream(in, true);
        }
    },
    /** {@code xz -9} needs 65 MiB; what asks for more is refused. */
    XZ(".xz") {
        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new XZInputStream(in, XZ_MEMORY_KIB);
        }
    },
    /** The library refuses windows above 128 MiB (RFC 8878 3.1.1.1.2 asks for 8 MiB at least). */
    ZSTD(".zst") {
        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new ZstdInputStreamNoFinalizer(in).setContinuous(false);
        }
    };

    private static final int XZ_MEMORY_KIB = 72 << 10;

    private final String suffix;

    Packing(String suffix) {
        this.suffix = suffix;
    }

    /** The clear bytes of a packed stream; several members one after another count as one. */
    abstract InputStream unpack(InputStream in) throws IOException;

    static boolean packed(Path path) {
        return of(path) != null;
    }

    /** The packing of a path that has one. */
    static InputStream unpack(Path path, InputStream in) throws IOException {
        Packing packing = of(path);
        return (packing == null ? GZIP : packing).unpack(in);
    }

    private static @org.jspecify.annotations.Nullable Packing of(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        for (Packing packing : values()) {
            if (name.endsWith(packing.suffix)) {
                return packing;
            }
        }
        return null;
    }
}
