package org.wanglou.sensors;

import java.nio.file.Path;
import java.time.Clock;
import org.wanglou.model.Meters;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.HttpListener;
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
        return switch (sensor.listener()) {
            case UDP ->
                new UdpListener(
                        sensor.name(),
                        sensor.bind(),
                        frame -> forget(source, frame),
                        source::refused,
                        rate,
                        clock,
                        epoch);
            case TCP ->
                new TcpListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        frame -> forget(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        clock,
                        epoch);
            case HTTP ->
                new HttpListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        sensor.token(),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        clock);
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
                        epoch);
            case LUMBERJACK ->
                new LumberjackListener(
                        sensor.name(),
                        sensor.bind(),
                        sensor.options().tls(),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("refused_connections"),
                        source.counter("malformed_connections"),
                        clock);
            case KAFKA -> kafka(source, rate);
            case FILE ->
                new FileTail(
                        sensor.name(),
                        sensor.options().path(),
                        state(sensor),
                        frame -> sink.accept(source, frame),
                        rate,
                        source.counter("file_failures"),
                        clock);
        };
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
