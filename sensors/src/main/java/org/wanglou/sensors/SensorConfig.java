package org.wanglou.sensors;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Optional;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.listen.TlsServer;
import org.wanglou.sensors.listen.kafka.KafkaInput;

/**
 * One configured source: listener × format. Immutable.
 *
 * @param name unique; part of counters, event ids and the ingest path
 * @param listener which transport
 * @param bind address and port; port 0 takes a free one
 * @param format how its frames are read
 * @param zone zone of times that name none
 * @param organization unit of everything this source sends; empty: attributed by address
 * @param token bearer token of an HTTP source; empty otherwise
 * @param options what few sources need
 */
public record SensorConfig(
        String name,
        Transport listener,
        InetSocketAddress bind,
        Format format,
        ZoneId zone,
        String organization,
        String token,
        SourceOptions options) {
    /** Zone of Chinese sources unless configured otherwise. */
    public static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Shanghai");

    /** How frames arrive. */
    public enum Transport {
        UDP,
        TCP,
        HTTP,
        FILE,
        RELP,
        LUMBERJACK,
        KAFKA;

        /** Whether senders connect to it, so that TLS can be laid over. */
        public boolean connections() {
            return this != UDP && this != FILE && this != KAFKA;
        }
    }

    public SensorConfig {
        if (options.tls().isPresent() && !listener.connections()) {
            throw new IllegalArgumentException("sensor " + name + ": TLS is for sources that senders connect to");
        }
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "sensor name must be lower-case letters, digits and dashes, is \"" + name + "\"");
        }
        if (listener == Transport.HTTP && token.length() < 16) {
            throw new IllegalArgumentException(
                    "sensor " + name + ": an HTTP source needs a token of 16 characters or more");
        }
        if ((listener == Transport.FILE) == options.path().isEmpty()) {
            throw new IllegalArgumentException(
                    "sensor " + name + ": a file source, and no other, needs a path, such as /var/log/auth.log");
        }
        if ((listener == Transport.KAFKA) != options.kafka().isPresent()) {
            throw new IllegalArgumentException("sensor " + name + ": a kafka source, and no other, needs a cluster");
        }
    }

    /** A source without options. */
    public SensorConfig(
            String name,
            Transport listener,
            InetSocketAddress bind,
            Format format,
            ZoneId zone,
            String organization,
            String token) {
        this(name, listener, bind, format, zone, organization, token, SourceOptions.NONE);
    }

    /**
     * The log files of a path.
     *
     * @param path file, directory or pattern
     */
    public static SensorConfig file(String name, String path, Format format, ZoneId zone, String organization) {
        return new SensorConfig(
                name,
                Transport.FILE,
                InetSocketAddress.createUnresolved("file", 0),
                format,
                zone,
                organization,
                "",
                new SourceOptions(path, Optional.empty(), 0, Optional.empty()));
    }

    /** Topics of another Kafka cluster. */
    public static SensorConfig kafka(String name, KafkaInput input, Format format, ZoneId zone, String organization) {
        return new SensorConfig(
                name,
                Transport.KAFKA,
                InetSocketAddress.createUnresolved("kafka", 0),
                format,
                zone,
                organization,
                "",
                new SourceOptions("", Optional.empty(), 0, Optional.empty(), Optional.of(input)));
    }

    /** As this, in a named character set. */
    public SensorConfig in(Charset charset) {
        return with(new SourceOptions(
                options.path(), Optional.of(charset), options.perSecond(), options.tls(), options.kafka()));
    }

    /** As this, with at most so many frames a second. */
    public SensorConfig limited(double perSecond) {
        return with(new SourceOptions(options.path(), options.charset(), perSecond, options.tls(), options.kafka()));
    }

    /** As this, over TLS. */
    public SensorConfig over(TlsServer tls) {
        return with(new SourceOptions(
                options.path(), options.charset(), options.perSecond(), Optional.of(tls), options.kafka()));
    }

    private SensorConfig with(SourceOptions changed) {
        return new SensorConfig(name, listener, bind, format, zone, organization, token, changed);
    }

    @Override
    public String toString() {
        return "SensorConfig[" + name + " " + listener + " " + bind + " " + format.name() + " token=***]";
    }
}
