package org.wanglou.sensors;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
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
        RELP,
        LUMBERJACK,
        HTTP,
        KAFKA,
        FILE;

        /** Whether senders connect to it, so that TLS can be laid over. */
        public boolean connections() {
            return this != UDP && this != FILE && this != KAFKA;
        }

        /** Whether what comes has a sender's address. */
        public boolean peers() {
            return this != FILE && this != KAFKA;
        }
    }

    public SensorConfig {
        if (options.tls().isPresent() && !listener.connections()) {
            throw new IllegalArgumentException("sensor " + name + ": TLS is for sources that senders connect to");
        }
        if (!listener.peers()
                && (options.intake().perPeer() > 0
                        || !options.intake().allow().isEmpty()
                        || !options.intake().peers().isEmpty())) {
            throw new IllegalArgumentException("sensor " + name + ": a source that nobody sends to has no peers");
        }
        if ((listener == Transport.KAFKA) != options.kafka().isPresent()) {
            throw new IllegalArgumentException("sensor " + name + ": a kafka source, and no other, needs a cluster");
        }
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "sensor name must be lower-case letters, digits and dashes, is \"" + name + "\"");
        }
        if (options.exit() && organization.isEmpty()) {
            throw new IllegalArgumentException("sensor " + name + ": an exit needs the organization whose exit it is");
        }
        if (listener == Transport.HTTP && token.length() < 16) {
            throw new IllegalArgumentException(
                    "sensor " + name + ": an HTTP source needs a token of 16 characters or more");
        }
        if (format.container().isPresent()
                || options.path().toLowerCase(Locale.ROOT).endsWith(".evtx")) {
            throw new IllegalArgumentException("sensor " + name
                    + ": an event log file is no stream of lines and cannot be a source; read it once with"
                    + " 'wanglou normalize --format evtx FILE', and let a live machine ship its events");
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
                SourceOptions.NONE.at(path));
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
                SourceOptions.NONE.of(input));
    }

    /** As this, in a named character set. */
    public SensorConfig in(Charset charset) {
        return with(options.in(charset));
    }

    /** As this, with at most so many frames a second. */
    public SensorConfig limited(double perSecond) {
        return with(options.limited(perSecond));
    }

    /** As this, over TLS. */
    public SensorConfig over(TlsServer tls) {
        return with(options.over(tls));
    }

    /** As this, as the exit of its unit: what it reports belongs to the units below that its addresses name. */
    public SensorConfig exit() {
        return with(options.asExit());
    }

    /** As this, with rules for who may send and how lines are joined. */
    public SensorConfig taking(Intake intake) {
        return with(options.taking(intake));
    }

    private SensorConfig with(SourceOptions changed) {
        return new SensorConfig(name, listener, bind, format, zone, organization, token, changed);
    }

    @Override
    public String toString() {
        return "SensorConfig[" + name + " " + listener + " " + bind + " " + format.name() + " token=***]";
    }
}
