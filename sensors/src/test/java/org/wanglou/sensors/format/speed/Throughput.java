package org.wanglou.sensors.format.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/**
 * Lines a second and core, by the CPU time of the one decoding thread, over 60,000 distinct lines, each result read. Run:
 * {@code java -cp <test class path> org.wanglou.sensors.format.speed.Throughput [seconds for each [only labels with]]}.
 */
public final class Throughput {
    private static final int LINES = 60_000;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static long sink;
    private static String only = "";

    private Throughput() {}

    public static void main(String[] arguments) throws IOException {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
        only = arguments.length > 1 ? arguments[1] : "";
        Random random = new Random(20261124);
        System.out.println(
                "java " + System.getProperty("java.version") + ", " + LINES + " distinct lines, seed 20261124");
        format(
                "syslog",
                "syslog + sshd",
                seconds,
                i -> String.format(
                        Locale.ROOT,
                        "<38>Nov 24 %02d:%02d:%02d web%02d sshd[%d]: %s password for %s%s from %d.%d.%d.%d port %d ssh2",
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(90),
                        1000 + random.nextInt(30_000),
                        i % 7 == 0 ? "Accepted" : "Failed",
                        i % 3 == 0 ? "invalid user " : "",
                        "user" + random.nextInt(5000),
                        1 + random.nextInt(220),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        1024 + random.nextInt(60_000)));
        format("nginx-access", "nginx combined", seconds, i -> nginx(i, random));
        format("auto", "nginx combined by auto", seconds, i -> nginx(i, random));
        format("suricata-eve", "EVE alert", seconds, i -> eve(i, random));
        tree("Jackson readTree of the same EVE", seconds, i -> eve(i, random));
        codec("EventCodec (Jackson streaming) of the same EVE", seconds, i -> eve(i, random));
        format("ecs-json", "ECS JSON", seconds, i -> ecs(i, random));
        tree("Jackson readTree of the same ECS JSON", seconds, i -> ecs(i, random));
        format(
                "cef",
                "CEF",
                seconds,
                i -> String.format(
                        Locale.ROOT,
                        "CEF:0|Sangfor|NGAF|8.0.45|%d|Web attack %d|7|src=%d.%d.%d.%d spt=%d dst=10.1.%d.%d dpt=443 proto=TCP act=Denied request=/a/%d.php?id=%d msg=SQL injection in parameter id cs1Label=Policy cs1=web-%d suser=u%d",
                        10000 + i % 700,
                        i % 700,
                        1 + random.nextInt(220),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        1024 + random.nextInt(60_000),
                        random.nextInt(256),
                        random.nextInt(256),
                        i,
                        i,
                        i % 20,
                        random.nextInt(5000)));
        format(
                "fortinet-fortigate",
                "FortiGate traffic",
                seconds,
                i -> String.format(
                        Locale.ROOT,
                        "date=2026-11-24 time=09:%02d:%02d devname=\"fw%d\" devid=\"FG100E\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" vd=\"root\" srcip=10.%d.%d.%d srcport=%d srcintf=\"lan\" dstip=%d.%d.%d.%d dstport=443 dstintf=\"wan1\" sessionid=%d proto=6 action=\"accept\" policyid=%d service=\"HTTPS\" sentbyte=%d rcvdbyte=%d",
                        random.nextInt(60),
                        random.nextInt(60),
                        i % 9,
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        1024 + random.nextInt(60_000),
                        1 + random.nextInt(220),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(256),
                        i,
                        i % 300,
                        random.nextInt(90_000),
                        random.nextInt(900_000)));
        System.out.println("(read " + sink + ")");
    }

    private static String nginx(int i, Random random) {
        return String.format(
                Locale.ROOT,
                "%d.%d.%d.%d - - [24/Nov/2026:09:%02d:%02d +0800] \"GET /course/%d/page%d.html?id=%d HTTP/1.1\" %d %d \"https://www.example.edu.cn/\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/12%d.0 Safari/537.36\"",
                1 + random.nextInt(220),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(900),
                i,
                i,
                i % 9 == 0 ? 404 : 200,
                random.nextInt(90_000),
                i % 10);
    }

    private static String eve(int i, Random random) {
        return String.format(
                Locale.ROOT,
                "{\"timestamp\":\"2026-11-24T09:%02d:%02d.%06d+0800\",\"flow_id\":%d,\"in_iface\":\"eth1\",\"event_type\":\"alert\",\"src_ip\":\"%d.%d.%d.%d\",\"src_port\":%d,\"dest_ip\":\"10.1.%d.%d\",\"dest_port\":80,\"proto\":\"TCP\",\"tx_id\":0,\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":%d,\"rev\":3,\"signature\":\"ET WEB_SERVER attempt %d\",\"category\":\"Web Application Attack\",\"severity\":1},\"http\":{\"hostname\":\"www.example.edu.cn\",\"url\":\"/a/%d.php?id=%d\",\"http_user_agent\":\"Mozilla/5.0\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":%d},\"app_proto\":\"http\",\"flow\":{\"pkts_toserver\":4,\"pkts_toclient\":3,\"bytes_toserver\":%d,\"bytes_toclient\":%d,\"start\":\"2026-11-24T09:00:00.000000+0800\"}}",
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1_000_000),
                1_000_000_000L + i,
                1 + random.nextInt(220),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256),
                1024 + random.nextInt(60_000),
                random.nextInt(256),
                random.nextInt(256),
                2_000_000 + i % 3000,
                i % 3000,
                i,
                i,
                random.nextInt(9000),
                random.nextInt(9000),
                random.nextInt(9000));
    }

    private static String ecs(int i, Random random) {
        return String.format(
                Locale.ROOT,
                "{\"@timestamp\":\"2026-11-24T01:%02d:%02d.%03dZ\",\"event\":{\"kind\":\"event\",\"category\":[\"process\"],\"type\":[\"start\"],\"code\":\"1\",\"dataset\":\"windows.sysmon\"},\"host\":{\"name\":\"pc-%03d\",\"ip\":\"10.1.%d.%d\",\"os\":{\"family\":\"windows\"}},\"user\":{\"name\":\"u%d\",\"domain\":\"SCHOOL\"},\"process\":{\"pid\":%d,\"name\":\"powershell.exe\",\"executable\":\"C:\\\\Windows\\\\System32\\\\powershell.exe\",\"command_line\":\"powershell -NoProfile -File job%d.ps1\",\"parent\":{\"pid\":%d,\"name\":\"explorer.exe\",\"executable\":\"C:\\\\Windows\\\\explorer.exe\"}},\"source\":{\"ip\":\"10.2.%d.%d\",\"port\":%d},\"network\":{\"transport\":\"tcp\"}}",
                random.nextInt(60),
                random.nextInt(60),
                random.nextInt(1000),
                random.nextInt(900),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(5000),
                random.nextInt(30_000),
                i,
                random.nextInt(30_000),
                random.nextInt(256),
                random.nextInt(256),
                1024 + random.nextInt(60_000));
    }

    private static byte[][] lines(IntFunction<String> line) {
        byte[][] lines = new byte[LINES][];
        for (int i = 0; i < LINES; i++) {
            lines[i] = line.apply(i).getBytes(StandardCharsets.UTF_8);
        }
        return lines;
    }

    private interface Step {
        long read(byte[] line) throws IOException;
    }

    private static void format(String name, String label, double seconds, IntFunction<String> line) throws IOException {
        Format format = Formats.named(name).orElseThrow();
        measure(label, seconds, lines(line), bytes -> {
            Decoded decoded = format.decode(new Frame(bytes, "192.0.2.1", 1_795_485_600_000L, "o", false), SHANGHAI);
            if (!(decoded instanceof Decoded.Events events)) {
                throw new IllegalStateException(label + ": malformed: " + new String(bytes, StandardCharsets.UTF_8));
            }
            return consume(events.events());
        });
    }

    private static long consume(List<Event.Builder> events) {
        long sum = 0;
        for (Event.Builder event : events) {
            Object ip = event.get(Ecs.SOURCE_IP);
            Object time = event.get(Ecs.TIMESTAMP);
            Object port = event.get(Ecs.SOURCE_PORT);
            sum += (ip == null ? 0 : ip.hashCode())
                    + (time == null ? 0 : time.hashCode())
                    + (port == null ? 0 : port.hashCode());
        }
        return sum;
    }

    private static void tree(String label, double seconds, IntFunction<String> line) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        measure(label, seconds, lines(line), bytes -> {
            JsonNode node = mapper.readTree(bytes);
            return node.path("src_ip").asText().hashCode()
                    + node.path("src_port").asLong();
        });
    }

    private static void codec(String label, double seconds, IntFunction<String> line) throws IOException {
        measure(label, seconds, lines(line), bytes -> EventCodec.decode(bytes)
                .extra()
                .size());
    }

    private static void measure(String label, double seconds, byte[][] lines, Step step) throws IOException {
        if (!label.contains(only)) {
            return;
        }
        var clock = ManagementFactory.getThreadMXBean();
        long warm = (long) (seconds * 1e9 / 2);
        long from = clock.getCurrentThreadCpuTime();
        while (clock.getCurrentThreadCpuTime() - from < warm) {
            for (byte[] line : lines) {
                sink += step.read(line);
            }
        }
        long count = 0;
        long bytes = 0;
        from = clock.getCurrentThreadCpuTime();
        long spent = 0;
        while (spent < seconds * 1e9) {
            for (byte[] line : lines) {
                sink += step.read(line);
                bytes += line.length;
            }
            count += lines.length;
            spent = clock.getCurrentThreadCpuTime() - from;
        }
        System.out.printf(
                Locale.ROOT,
                "%-48s %,10.0f lines/s/core  %5.2f µs  %3d B%n",
                label,
                count * 1e9 / spent,
                spent / 1e3 / count,
                bytes / count);
    }
}
