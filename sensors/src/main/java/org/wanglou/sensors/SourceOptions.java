package org.wanglou.sensors;

import java.nio.charset.Charset;
import java.util.Optional;
import org.wanglou.sensors.listen.TlsServer;
import org.wanglou.sensors.listen.kafka.KafkaInput;

/**
 * What few sources need. Immutable.
 *
 * @param path file, directory (an absolute or relative path) or pattern such as {@code /var/log/nginx/*.log} of a file
 *     source; empty otherwise
 * @param charset of text that says none; empty: UTF-8, and GB18030 where the bytes are no UTF-8
 * @param perSecond frames a second at most, 0 for no limit: datagrams above it are dropped and counted, all other
 *     senders wait
 * @param tls TLS of a source that senders connect to; empty: in the clear
 * @param kafka the cluster of a Kafka source; empty otherwise
 */
public record SourceOptions(
        String path, Optional<Charset> charset, double perSecond, Optional<TlsServer> tls, Optional<KafkaInput> kafka) {
    public static final SourceOptions NONE = new SourceOptions("", Optional.empty(), 0, Optional.empty());

    /** Options of a source that is no Kafka source. */
    public SourceOptions(String path, Optional<Charset> charset, double perSecond, Optional<TlsServer> tls) {
        this(path, charset, perSecond, tls, Optional.empty());
    }

    public SourceOptions {
        if (perSecond < 0 || perSecond > 0 && perSecond < 1) {
            throw new IllegalArgumentException("a rate limit is 1 a second or more, or 0 for none; is " + perSecond);
        }
    }
}
