package org.wanglou.sensors;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.listen.TlsServer;

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
        UDP(false),
        TCP(true),
        HTTP(true),
        FILE(false);

        private final boolean connections;

        Transport(boolean connections) {
            this.connections = connections;
        }

        /** Whether senders connect, so that there can be TLS. */
        public boolean connections() {
            return connections;
        }
    }

    public SensorConfig {
        if (options.tls().isPresent() && !listener.connections()) {
            throw new IllegalArgumentException("sensor " + name + ": TLS is for sources that are connected to");
        }
        boolean addressed = listener != Transport.FILE;
        if (!addressed
                && (options.intake().perPeer() > 0
                        || !options.intake().allow().isEmpty()
                        || !options.intake().peers().isEmpty())) {
            throw new IllegalArgumentException("sensor " + name + ": a file source has no peers");
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
                new SourceOptions(path, Optional.empty(), 0, Optional.empty(), false));
    }

    /** As this, in a named character set. */
    public SensorConfig in(Charset charset) {
        return with(new SourceOptions(
                options.path(),
                Optional.of(charset),
                options.perSecond(),
                options.tls(),
                options.exit(),
                options.intake()));
    }

    /** As this, with at most so many frames a second. */
    public SensorConfig limited(double perSecond) {
        return with(new SourceOptions(
                options.path(), options.charset(), perSecond, options.tls(), options.exit(), options.intake()));
    }

    /** As this, over TLS. */
    public SensorConfig over(TlsServer tls) {
        return with(new SourceOptions(
                options.path(),
                options.charset(),
                options.perSecond(),
                Optional.of(tls),
                options.exit(),
                options.intake()));
    }

    /** As this, as the exit of its unit: what it reports belongs to the units below that its addresses name. */
    public SensorConfig exit() {
        return with(new SourceOptions(
                options.path(), options.charset(), options.perSecond(), options.tls(), true, options.intake()));
    }

    /** As this, with rules for who may send and how lines are joined. */
    public SensorConfig taking(Intake intake) {
        return with(new SourceOptions(
                options.path(), options.charset(), options.perSecond(), options.tls(), options.exit(), intake));
    }

    private SensorConfig with(SourceOptions changed) {
        return new SensorConfig(name, listener, bind, format, zone, organization, token, changed);
    }

    @Override
    public String toString() {
        return "SensorConfig[" + name + " " + listener + " " + bind + " " + format.name() + " token=***]";
    }
}
