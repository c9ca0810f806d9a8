package org.wanglou.sensors.fault;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.listen.TlsServer;

/** Every transport that has to stand the faults. A new one is an entry here: how it is configured, who sends to it. */
enum Way {
    UDP(Kept.DATAGRAM, Transport.UDP, "syslog") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Datagrams(port, 1, (from, to) -> Lines.utf8(Lines.syslog(from)));
        }
    },
    TCP(Kept.STREAM, Transport.TCP, "syslog") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Stream(port, Stream.Plain::new, Lines::fed);
        }
    },
    TCP_COUNTED(Kept.STREAM, Transport.TCP, "syslog") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Stream(port, Stream.Plain::new, Lines::counted);
        }
    },
    TLS(Kept.STREAM, Transport.TCP, "syslog") {
        @Override
        SensorConfig config(String name, Path folder) {
            return super.config(name, folder).over(TlsServer.of(Keys.context(folder)));
        }

        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Stream(port, at -> Keys.connect(folder, at), Lines::counted);
        }
    },
    RELP(Kept.ANSWERED, Transport.RELP, "syslog") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Relp(port);
        }

        /** What is sent again has its old id only from the process that gave it. */
        @Override
        boolean keepsIdsOverKills() {
            return false;
        }
    },
    LUMBERJACK(Kept.ANSWERED, Transport.LUMBERJACK, "ecs-json") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Lumberjack(port);
        }
    },
    HTTP(Kept.ANSWERED, Transport.HTTP, "ecs-json") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Posts(port, "/ingest/" + name, Posts.joined("", Lines::document, "\n", ""), "");
        }
    },
    BULK(Kept.ANSWERED, Transport.HTTP, "ecs-json") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Posts(
                    port,
                    "/_bulk",
                    Posts.joined("", i -> "{\"create\":{\"_index\":\"logs\"}}\n" + Lines.document(i), "\n", "\n"),
                    "\"errors\":false");
        }
    },
    HEC(Kept.ANSWERED, Transport.HTTP, "ecs-json") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Posts(
                    port,
                    "/services/collector/event",
                    Posts.joined("", i -> "{\"event\":" + Lines.document(i) + "}", "", ""),
                    "\"code\":0");
        }
    },
    OTLP(Kept.ANSWERED, Transport.HTTP, "syslog") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Posts(
                    port,
                    "/v1/logs",
                    Posts.joined(
                            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[",
                            i -> "{\"body\":{\"stringValue\":\"" + Lines.syslog(i) + "\"}}",
                            ",",
                            "]}]}]}"),
                    "{}");
        }
    },
    FILE(Kept.ON_DISK, Transport.FILE, "syslog") {
        @Override
        SensorConfig config(String name, Path folder) {
            return SensorConfig.file(
                    name,
                    folder.resolve("followed.log").toString(),
                    Formats.named("syslog").orElseThrow(),
                    SensorConfig.DEFAULT_ZONE,
                    "");
        }

        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Appended(folder.resolve("followed.log"));
        }
    },
    NETFLOW(Kept.DATAGRAM, Transport.UDP, "netflow-v5") {
        @Override
        Shipper shipper(String name, IntSupplier port, Path folder) {
            return new Datagrams(port, 5, Lines::netflow);
        }

        @Override
        int number(Event event) {
            return (int) event.number(Ecs.SOURCE_BYTES, -1);
        }
    };

    static final String TOKEN = "only-for-this-test-0123";

    /** Who keeps a line until Kafka has it. */
    enum Kept {
        /** Nobody; the kernel counts what it throws away. */
        DATAGRAM,
        /** Nobody; the kernel holds the sender back. */
        STREAM,
        /** The sender, until it is answered. */
        ANSWERED,
        /** The file. */
        ON_DISK
    }

    final Kept kept;
    private final Transport transport;
    private final String format;

    Way(Kept kept, Transport transport, String format) {
        this.kept = kept;
        this.transport = transport;
        this.format = format;
    }

    /** Sends to it. Confined to one thread. */
    interface Shipper {
        /** True when all lines were taken: by the kernel, or, where there are answers, for good. */
        boolean ship(int from, int to) throws InterruptedException;
    }

    SensorConfig config(String name, Path folder) {
        return new SensorConfig(
                name,
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Formats.named(format).orElseThrow(),
                SensorConfig.DEFAULT_ZONE,
                "",
                transport == Transport.HTTP ? TOKEN : "");
    }

    abstract Shipper shipper(String name, IntSupplier port, Path folder);

    /** Whether what could not be published may be spooled: neither sender nor file keeps it. */
    boolean spools() {
        return kept == Kept.DATAGRAM || kept == Kept.STREAM;
    }

    /** Whether a line that comes again after a kill of the collector has the id it had; otherwise it always has. */
    boolean keepsIdsOverKills() {
        return true;
    }

    /** The sender's number of an event; -1 when it has none. */
    int number(Event event) {
        return Lines.number(event.text(Ecs.MESSAGE).orElse(""));
    }

    String source(String tag) {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + tag;
    }

    /** What is sent. */
    static final class Lines {
        private Lines() {}

        static String name(int number) {
            return String.format(Locale.ROOT, "n%07d", number);
        }

        static int number(String message) {
            int at = message.indexOf('n');
            return at < 0 || message.length() < at + 8 ? -1 : Integer.parseInt(message.substring(at + 1, at + 8));
        }

        static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        static String syslog(int number) {
            return "<13>Nov 24 09:59:58 h app: " + name(number);
        }

        static String document(int number) {
            return "{\"message\":\"" + name(number) + "\"}";
        }

        static byte[] fed(int number) {
            return utf8(syslog(number) + "\n");
        }

        static byte[] counted(int number) {
            return utf8(syslog(number).length() + " " + syslog(number));
        }

        static byte[] netflow(int from, int to) {
            java.nio.ByteBuffer flow = java.nio.ByteBuffer.allocate(24 + 48 * (to - from));
            flow.putShort(0, (short) 5).putShort(2, (short) (to - from));
            flow.putInt(8, (int) (System.currentTimeMillis() / 1000));
            for (int i = from; i < to; i++) {
                int at = 24 + 48 * (i - from);
                flow.putInt(at, 0xc0000201).putInt(at + 4, 0xc0000202).putInt(at + 16, 1);
                flow.putInt(at + 20, i);
                flow.put(at + 38, (byte) 6);
            }
            return flow.array();
        }
    }
}
