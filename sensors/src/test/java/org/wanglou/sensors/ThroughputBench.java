package org.wanglou.sensors;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Text;
import org.wanglou.sensors.privacy.Masking;

/** Lines a second on one thread, by hand: {@code java -cp … org.wanglou.sensors.ThroughputBench}. No test. */
final class ThroughputBench {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int LINES = 100_000;
    private static final long NOW = 1_795_591_526_910L;

    private ThroughputBench() {}

    public static void main(String[] args) {
        byte[][] ssh = new byte[LINES][];
        byte[][] nginx = new byte[LINES][];
        for (int i = 0; i < LINES; i++) {
            String address = "203.0." + i / 250 % 250 + "." + i % 250;
            ssh[i] = ("<38>Nov 24 09:59:" + (10 + i % 50) + " web" + i % 90 + " sshd[" + (1_000 + i)
                            + "]: Failed password for "
                            + (i % 3 == 0 ? "invalid user " : "") + "user" + i + " from " + address + " port "
                            + (1_024 + i % 60_000)
                            + " ssh2")
                    .getBytes(StandardCharsets.UTF_8);
            nginx[i] = (address + " - - [24/Nov/2026:10:00:" + (10 + i % 50) + " +0800] \"GET /course/" + i
                            + "/page.php?id=" + i
                            + " HTTP/1.1\" " + (i % 7 == 0 ? 404 : 200) + " " + (500 + i)
                            + " \"https://www.example.edu.cn/"
                            + i % 500
                            + "\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0."
                            + i % 100
                            + ".0 Safari/537.36\"")
                    .getBytes(StandardCharsets.UTF_8);
        }
        SensorConfig syslog = Bench.sensor("ssh", Transport.TCP, "syslog");
        SensorConfig access = Bench.sensor("nginx", Transport.TCP, "nginx-access");
        Masking masking = new Masking(new byte[32]);
        Stamper stamper = new Stamper(Bench.snapshots(), masking, new Meters(), "node");
        for (int round = 0; round < 5; round++) {
            run("syslog+sshd parse", ssh, line -> parse(syslog, line).hashCode());
            run("syslog+sshd parse, stamp, mask, encode", ssh, line -> whole(stamper, syslog, line));
            run("nginx parse", nginx, line -> parse(access, line).hashCode());
            run("nginx parse, stamp, mask, encode", nginx, line -> whole(stamper, access, line));
            run("mask ssh line", ssh, line -> masking.mask(Text.of(line), new TreeSet<>())
                    .length());
            run("mask nginx line", nginx, line -> masking.mask(Text.of(line), new TreeSet<>())
                    .length());
            run("text alone, nginx line", nginx, line -> Text.of(line).length());
        }
    }

    private static Event.Builder parse(SensorConfig sensor, byte[] line) {
        Decoded decoded = sensor.format().decode(new Frame(line, "192.0.2.1", NOW, "o", false), sensor.zone());
        return ((Decoded.Events) decoded).events().get(0);
    }

    private static long whole(Stamper stamper, SensorConfig sensor, byte[] line) {
        Frame frame = new Frame(line, "192.0.2.1", NOW, "o", false);
        Event.Builder event = ((Decoded.Events) sensor.format().decode(frame, sensor.zone()))
                .events()
                .get(0);
        return EventCodec.encode(stamper.stamp(sensor, frame, event, 0)).length;
    }

    private static void run(String what, byte[][] lines, ToLongFunction<byte[]> work) {
        long sum = 0;
        // CPU time of this thread: what else the machine does is left out
        long start = CPU.getCurrentThreadCpuTime();
        for (byte[] line : lines) {
            sum += work.applyAsLong(line);
        }
        long nanos = CPU.getCurrentThreadCpuTime() - start;
        System.out.printf(
                "%-42s %,10d lines/s %,8d ns/line (%d)%n",
                what, lines.length * 1_000_000_000L / nanos, nanos / lines.length, sum);
    }
}
