package org.wanglou.bench.figures;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Distinct lines for {@link ParseRun}, the same for the same seed: by format, or format and kind, the way devices write them. */
final class ParseLines {
    /** Distinct lines of each kind. */
    static final int LINES = 60_000;

    /** A kind of line: the format that reads it, and how one is written. */
    record Kind(String format, Writer writer) {
        byte[][] lines(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[][] lines = new byte[LINES][];
            for (int i = 0; i < LINES; i++) {
                lines[i] = writer.line(i, random).getBytes(StandardCharsets.UTF_8);
            }
            return lines;
        }
    }

    interface Writer {
        String line(int number, SplittableRandom random);
    }

    private ParseLines() {}

    static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("syslog+sshd", new Kind("syslog", ParseLines::sshd));
        kinds.put("syslog+sudo", new Kind("syslog", ParseLines::sudo));
        kinds.put("nginx", new Kind("nginx-access", ParseLines::nginx));
        kinds.put("nginx by auto", new Kind("auto", ParseLines::nginx));
        kinds.put("eve", new Kind("suricata-eve", ParseLines::eve));
        kinds.put("ecs", new Kind("ecs-json", ParseLines::ecs));
        kinds.put("cef", new Kind("cef", ParseLines::cef));
        kinds.put("fortigate", new Kind("fortinet-fortigate", ParseLines::fortigate));
        kinds.put("leef", new Kind("leef", ParseLines::leef));
        kinds.put("squid", new Kind("squid", ParseLines::squid));
        kinds.put("syslog+dnsmasq", new Kind("syslog", ParseLines::dnsmasq));
        kinds.put("syslog+netfilter", new Kind("syslog", ParseLines::netfilter));
        return kinds;
    }

    private static String ecs(int number, SplittableRandom random) {
        return text(
                "{\"@timestamp\":\"2026-11-24T%s.%03dZ\",\"event\":{\"kind\":\"event\",\"category\":[\"process\"],"
                        + "\"type\":[\"start\"],\"code\":\"1\",\"dataset\":\"windows.sysmon\"},\"host\":{\"name\":\"pc-%03d\","
                        + "\"ip\":\"10.1.%d.%d\",\"os\":{\"family\":\"windows\"}},\"user\":{\"name\":\"u%d\",\"domain\":\"SCHOOL\"},"
                        + "\"process\":{\"pid\":%d,\"name\":\"powershell.exe\",\"executable\":\"C:\\\\Windows\\\\powershell.exe\","
                        + "\"command_line\":\"powershell -NoProfile -File job%d.ps1\",\"parent\":{\"pid\":%d,"
                        + "\"name\":\"explorer.exe\",\"executable\":\"C:\\\\Windows\\\\explorer.exe\"}},"
                        + "\"source\":{\"ip\":\"%s\",\"port\":%d},\"network\":{\"transport\":\"tcp\"}}",
                clock(random),
                random.nextInt(1000),
                random.nextInt(900),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(5000),
                random.nextInt(30_000),
                number,
                random.nextInt(30_000),
                ip(random),
                1024 + random.nextInt(60_000));
    }

    private static String text(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static String ip(SplittableRandom random) {
        return 1 + random.nextInt(220) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
    }

    private static String clock(SplittableRandom random) {
        return text("%02d:%02d:%02d", random.nextInt(24), random.nextInt(60), random.nextInt(60));
    }

    private static String sshd(int i, SplittableRandom random) {
        return text(
                "<38>Nov 24 %s web%02d sshd[%d]: %s password for %suser%d from %s port %d ssh2",
                clock(random),
                random.nextInt(90),
                100_000 + i,
                i % 7 == 0 ? "Accepted" : "Failed",
                i % 3 == 0 ? "invalid user " : "",
                random.nextInt(5000),
                ip(random),
                1024 + random.nextInt(60_000));
    }

    private static String sudo(int i, SplittableRandom random) {
        return text(
                "<85>Nov 24 %s web%02d sudo:   user%d : TTY=pts/%d ; PWD=/home/user ; USER=root ; COMMAND=/usr/bin/less /var/log/%d.log",
                clock(random), random.nextInt(90), random.nextInt(5000), random.nextInt(9), i);
    }

    static String nginx(int i, SplittableRandom random) {
        return text(
                "%s - - [24/Nov/2026:%s +0800] \"GET /course/%d/page%d.html HTTP/1.1\" %d %d \"https://www.example.edu.cn/\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/12%d.0 Safari/537.36\"",
                ip(random),
                clock(random),
                random.nextInt(900),
                i,
                i % 9 == 0 ? 404 : 200,
                random.nextInt(90_000),
                i % 10);
    }

    private static String eve(int i, SplittableRandom random) {
        return text(
                "{\"timestamp\":\"2026-11-24T%s.%06d+0800\",\"flow_id\":%d,\"in_iface\":\"eth1\",\"event_type\":\"alert\",\"src_ip\":\"%s\",\"src_port\":%d,\"dest_ip\":\"10.1.2.3\",\"dest_port\":80,\"proto\":\"TCP\",\"alert\":{\"action\":\"allowed\",\"gid\":1,\"signature_id\":%d,\"rev\":3,\"signature\":\"ET WEB_SERVER attempt %d\",\"category\":\"Web Application Attack\",\"severity\":1},\"http\":{\"hostname\":\"www.example.edu.cn\",\"url\":\"/a/%d.php\",\"http_method\":\"GET\",\"protocol\":\"HTTP/1.1\",\"status\":200,\"length\":%d},\"app_proto\":\"http\"}",
                clock(random),
                random.nextInt(1_000_000),
                1_000_000_000L + i,
                ip(random),
                1024 + random.nextInt(60_000),
                2_000_000 + i % 3000,
                i % 3000,
                i,
                random.nextInt(9000));
    }

    private static String cef(int i, SplittableRandom random) {
        return text(
                "CEF:0|Sangfor|NGAF|8.0.45|%d|Web attack %d|7|src=%s spt=%d dst=10.1.2.3 dpt=443 proto=TCP act=Denied request=/a/%d.php msg=SQL injection in parameter id cs1Label=Policy cs1=web-%d suser=u%d",
                10000 + i % 700, i % 700, ip(random), 1024 + random.nextInt(60_000), i, i % 20, random.nextInt(5000));
    }

    private static String fortigate(int i, SplittableRandom random) {
        return text(
                "date=2026-11-24 time=%s devname=\"fw%d\" devid=\"FG100E\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" vd=\"root\" srcip=%s srcport=%d srcintf=\"lan\" dstip=10.1.2.3 dstport=443 dstintf=\"wan1\" sessionid=%d proto=6 action=\"accept\" policyid=%d service=\"HTTPS\" sentbyte=%d rcvdbyte=%d",
                clock(random),
                i % 9,
                ip(random),
                1024 + random.nextInt(60_000),
                i,
                i % 300,
                random.nextInt(90_000),
                random.nextInt(900_000));
    }

    private static String leef(int i, SplittableRandom random) {
        return text(
                "LEEF:1.0|Example|Firewall|5.2|%d|src=%s\tdst=10.1.2.3\tsrcPort=%d\tdstPort=443\tproto=TCP\tusrName=u%d\tsev=5",
                10000 + i, ip(random), 1024 + random.nextInt(60_000), random.nextInt(5000));
    }

    private static String squid(int i, SplittableRandom random) {
        return text(
                "17954856%02d.%03d %6d %s TCP_MISS/200 %d GET http://www.example.edu.cn/a/%d.html u%d HIER_DIRECT/192.0.2.9 text/html",
                random.nextInt(100),
                random.nextInt(1000),
                random.nextInt(9000),
                ip(random),
                random.nextInt(90_000),
                i,
                random.nextInt(5000));
    }

    private static String dnsmasq(int i, SplittableRandom random) {
        return text(
                "<30>Nov 24 %s gw%02d dnsmasq[%d]: query[A] host%d.example.edu.cn from %s",
                clock(random), random.nextInt(90), 1000 + random.nextInt(30_000), i, ip(random));
    }

    private static String netfilter(int i, SplittableRandom random) {
        return text(
                "<4>Nov 24 %s gw%02d kernel: [%d.%06d] DROP IN=eth0 OUT= MAC=00:11:22:33:44:55:66:77:88:99:aa:bb:08:00 SRC=%s DST=10.1.2.3 LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=%d DF PROTO=TCP SPT=%d DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0",
                clock(random),
                random.nextInt(90),
                100_000 + i,
                random.nextInt(1_000_000),
                ip(random),
                random.nextInt(65_536),
                1024 + random.nextInt(60_000));
    }
}
