package org.wanglou.sensors;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wanglou.bus.Publisher;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.listen.HttpListener;
import org.wanglou.sensors.listen.Listener;
import org.wanglou.sensors.listen.TcpListener;
import org.wanglou.sensors.listen.UdpListener;
import org.wanglou.sensors.privacy.Masking;

/** All configured sources of this process. {@link #start} binds them, {@link #close} stops them. Thread-safe. */
public final class Sensors implements AutoCloseable {
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final TickSource ticks;

    /**
     * @param masking replaces personal identifiers before anything is stored
     * @param node stable name of this process
     * @param epoch unique for each start of the process
     * @param graceMillis how far a source may lag before it no longer holds the clock
     */
    public Sensors(
            List<SensorConfig> configured,
            Publisher publisher,
            Snapshots snapshots,
            Masking masking,
            Meters meters,
            String node,
            String epoch,
            long graceMillis,
            Clock clock) {
        this.ticks = new TickSource(publisher, node + "/sensors", graceMillis, clock, meters);
        EventSink sink = new EventSink(publisher, snapshots, masking, meters, node, ticks);
        for (SensorConfig sensor : configured) {
            if (listeners.put(sensor.name(), listener(sensor, sink, meters, epoch, clock)) != null) {
                throw new IllegalArgumentException("two sensors are named " + sensor.name());
            }
        }
    }

    private static Listener listener(SensorConfig sensor, EventSink sink, Meters meters, String epoch, Clock clock) {
        return switch (sensor.listener()) {
            case UDP ->
                new UdpListener(
                        sensor.name(),
                        sensor.bind(),
                        frame -> unacknowledged(sink, sensor, frame),
                        () -> dropped(sensor, meters),
                        clock,
                        epoch);
            case TCP ->
                new TcpListener(
                        sensor.name(),
                        sensor.bind(),
                        frame -> unacknowledged(sink, sensor, frame),
                        meters.counter("wanglou_sensors_refused_connections_total", "source", sensor.name()),
                        clock,
                        epoch);
            case HTTP ->
                new HttpListener(
                        sensor.name(), sensor.bind(), sensor.token(), frame -> sink.accept(sensor, frame), clock);
        };
    }

    /** A datagram that was never handed on has been received all the same: the identity must close. */
    private static void dropped(SensorConfig sensor, Meters meters) {
        meters.counter("wanglou_sensors_received_total", "source", sensor.name())
                .increment();
        meters.counter("wanglou_sensors_dropped_total", "source", sensor.name(), "reason", "queue_full")
                .increment();
    }

    /** Nobody waits for the answer; a failure is counted as a drop by the sink. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void unacknowledged(EventSink sink, SensorConfig sensor, Frame frame) {
        sink.accept(sensor, frame);
    }

    public void start() throws IOException {
        for (Listener listener : listeners.values()) {
            listener.start();
        }
        ticks.start();
    }

    /** Where a source listens, with the real port. */
    public InetSocketAddress boundAddress(String sensor) {
        Listener listener = listeners.get(sensor);
        if (listener == null) {
            throw new IllegalArgumentException("no sensor is named " + sensor + ", only " + listeners.keySet());
        }
        return listener.boundAddress();
    }

    /** Pushes back on every sender that can wait. */
    public void pause(boolean paused) {
        listeners.values().forEach(listener -> listener.pause(paused));
    }

    @Override
    public void close() {
        listeners.values().forEach(Listener::close);
        ticks.close();
    }
}
