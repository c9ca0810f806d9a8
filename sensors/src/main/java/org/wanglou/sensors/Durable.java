package org.wanglou.sensors;

import java.nio.file.Path;
import java.util.Optional;
import org.wanglou.sensors.spool.Sealer;

/**
 * Where sensors keep what must survive a restart: file offsets, accounts, the spool. Immutable.
 *
 * @param folder for sensors alone; made when missing. Empty: nothing survives, and there can be no file source
 * @param sealer closes spool and dead letters
 * @param spoolBytes most bytes of the spool
 */
public record Durable(Optional<Path> folder, Optional<Sealer> sealer, long spoolBytes) {
    /** Bytes of the spool unless configured otherwise. */
    public static final long SPOOL_BYTES = 64L << 20;

    /** Nothing survives; what Kafka does not take is dropped and counted. */
    public static final Durable NONE = new Durable(Optional.empty(), Optional.empty(), 0);

    /** Everything in one folder, with a spool of 64 MiB. */
    public static Durable in(Path folder, Sealer sealer) {
        return new Durable(Optional.of(folder), Optional.of(sealer), SPOOL_BYTES);
    }
}
