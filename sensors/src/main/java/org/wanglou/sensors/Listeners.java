package org.wanglou.sensors;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.format.Multiline;
import org.wanglou.sensors.format.host.AuditGroups;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.HttpListener;
import org.wanglou.sensors.listen.Joining;
import org.wanglou.sensors.listen.Listener;
import org.wanglou.sensors.listen.LumberjackListener;
import org.wanglou.sensors.listen.RateLimit;
import org.wanglou.sensors.listen.RelpListener;
import org.wanglou.sensors.listen.TcpListener;
import org.wanglou.sensors.listen.UdpListener;
import org.wanglou.sensors.listen.file.FileTail;
import org.wanglou.sensors.listen.kafka.KafkaListener;

/** Every transport there is. To add one: its class, its contract test and one line here. Immutable. */
record Listeners(EventSink sink, Meters meters, String epoch, Clock clock, Durable durable) {
    Listener of(Source source) {
        SensorConfig sensor = source.config();
        RateLimit rate = new RateLimit(sensor.options().perSecond(), clock);
        Joining joining = joining(source);
        return switch (sensor.listener()) {
            case UDP ->
                new UdpListener(
                        sensor.name(),
                        sensor.bind(),
                        frame -> forget(source, frame),
                        source::refused,
                        rate,
                        clock,
                        epoch,
                        source.peers(),
                        joining);
            case TCP ->
                new TcpListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        frame -> forget(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        clock,
                        epoch,
                        source.peers(),
                        joining);
            case HTTP ->
                new HttpListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        sensor.token(),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        (what, protocol) -> meters.counter(
                                "wanglou_sensors_http_" + what + "_total",
                                "source",
                                sensor.name(),
                                "protocol",
                                protocol),
                        clock,
                        source.peers(),
                        joining);
            case RELP ->
                new RelpListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        source.counter("malformed_connections"),
                        clock,
                        epoch,
                        source.peers());
            case LUMBERJACK ->
                new LumberjackListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        source.counter("malformed_connections"),
                        clock,
                        source.peers());
            case KAFKA -> kafka(source, rate);
            case FILE ->
                new FileTail(
                        sensor.name(),
                        sensor.options().path(),
                        state(sensor),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("file_failures"),
                        clock,
                        joining);
        };
    }

    /**
     * The operator's rule, else the format's. Datagrams are whole but for the audit trail, whose records come one by one:
     * there the format's is not asked otherwise.
     */
    private static Joining joining(Source source) {
        SensorConfig sensor = source.config();
        Optional<Multiline> rule = sensor.options().intake().multiline();
        LongAdder early = source.counter("groups_closed_early");
        if (rule.isPresent()) {
            return new Joining(rule.get()::assembler, rule.get().timeoutMillis(), early);
        }
        boolean whole = sensor.listener() == Transport.UDP && !(sensor.format().assembler() instanceof AuditGroups);
        long quiet = sensor.listener() == Transport.FILE ? Joining.FILE_MILLIS : Joining.STREAM_MILLIS;
        return whole ? Joining.none() : new Joining(sensor.format()::assembler, quiet, early);
    }

    private Listener kafka(Source source, RateLimit rate) {
        SensorConfig sensor = source.config();
        KafkaListener listener = new KafkaListener(
                sensor.name(),
                sensor.options().kafka().orElseThrow(),
                frame -> sink.accept(source, frame),
                rate,
                source.counter("kafka_failures"),
                source.counter("empty_records"),
                clock);
        meters.gauge("wanglou_sensors_kafka_connected", () -> listener.connected() ? 1 : 0, "source", sensor.name());
        return listener;
    }

    private Path state(SensorConfig sensor) {
        return durable.folder()
                .orElseThrow(() -> new IllegalArgumentException(
                        "sensor " + sensor.name() + ": a file source needs a folder to keep its offsets in"));
    }

    /** Nobody waits for the answer: the sink keeps the accounts. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void forget(Source source, Frame frame) {
        sink.accept(source, frame);
    }
}
