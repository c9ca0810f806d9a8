package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.PortBlock;
import org.wanglou.model.registry.Registry;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.privacy.Masking;

/**
 * A county whose ninety schools run nothing: one exit with address translation sends syslog for all of them, and every
 * event carries its school, or 未归属 with the reason and the exit.
 */
class CountyExitTest {
    private static final int SCHOOLS = 90;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Asia/Shanghai"));

    private final Shelf shelf = new Shelf();
    private final Meters meters = new Meters();
    private final String now = CLOCK.format(Instant.now());

    private static Registry county() {
        List<Organization> units = new ArrayList<>();
        List<PortBlock> blocks = new ArrayList<>();
        units.add(new Organization(
                "county", "", "某县教育局", "county", List.of("10.40.0.0/16", "203.0.113.0/28"), List.of()));
        units.add(new Organization("other", "", "邻县教育局", "county", List.of("10.41.0.0/16"), List.of()));
        for (int i = 0; i < SCHOOLS; i++) {
            units.add(new Organization(
                    school(i),
                    "county",
                    "第" + i + "小学",
                    "guest",
                    List.of("10.40." + i + ".0/24", "2001:db8:40:" + Integer.toHexString(i) + "::/64"),
                    List.of()));
            blocks.add(new PortBlock(school(i), "203.0.113.9", 2_000 + i * 500, 2_499 + i * 500));
        }
        return new Registry(units, List.of(), blocks);
    }

    private static String school(int i) {
        return "school-" + i;
    }

    private static SensorConfig exit(String name, String format) {
        return new SensorConfig(
                        name, Transport.TCP, Bench.ANY, Bench.format(format), SensorConfig.DEFAULT_ZONE, "county", "")
                .exit();
    }

    private static void send(Sensors sensors, String sensor, List<String> lines, Charset charset) throws Exception {
        try (Socket socket =
                new Socket("127.0.0.1", sensors.boundAddress(sensor).getPort())) {
            OutputStream out = socket.getOutputStream();
            for (String line : lines) {
                out.write((line + "\n").getBytes(charset));
            }
            out.flush();
        }
    }

    /** The line each vendor writes of a connection from a school, and of an attack on it. */
    private List<String> huawei(int i) {
        return List.of(
                "<190>" + now + " EXIT-FW %%01SECLOG/6/SESSION_TEARDOWN(l):IPVer=4,Protocol=tcp,SourceIP=10.40." + i
                        + ".21,DestinationIP=198.51.100.8,SourcePort=51000,DestinationPort=443,SourceNatIP=203.0.113.7,SourceNatPort="
                        + (50_000 + i)
                        + ",DestinationNatIP=198.51.100.8,DestinationNatPort=443,SendPkts=9,SendBytes=900,RcvPkts=8,RcvBytes=8000.",
                "<188>" + now
                        + " EXIT-FW %%01SEC/4/POLICYDENY(l): protocol=6, source-ip=198.51.100.66, source-port=50188, "
                        + "destination-ip=10.40." + i + ".80, destination-port=445, time=" + now.replace('-', '/')
                        + ", interzone-untrust(public)-trust(public) inbound, policy=8.");
    }

    private List<String> topsec(int i) {
        return List.of(
                "id=tos time=\"" + now + "\" fw=出口防火墙  pri=6 type=ac  recorder=FW-NAT src=10.40." + i
                        + ".33 dst=198.51.100.9 sport=45693 dport=8081 smac=02:00:5e:00:53:01 dmac=02:00:5e:00:53:02 proto=tcp "
                        + "indev=eth21 outdev=eth22 user= rule=accept connid=4510 parentid=0 dpiid=0 natid=0 policyid=8059 msg=\"null\"");
    }

    private static List<String> sangfor(int i) {
        return List.of("<23>" + "localhost fwlog: 日志类型:WAF应用防护日志, 源IP:198.51.100.77, 源端口:1084, 目的IP:10.40." + i
                + ".80, 目的端口:80, 攻击类型:SQL注入攻击, 严重级别:高, 系统动作:拒绝, URL:www.example.edu.cn/a.php");
    }

    @Test
    void one_exit_speaks_for_ninety_schools() throws Exception {
        long seed = System.nanoTime();
        System.out.println("CountyExitTest seed " + seed);
        Random random = new Random(seed);
        Registry registry = county();
        Sensors sensors = new Sensors(
                List.of(
                        exit("huawei", "auto"),
                        exit("topsec", "auto"),
                        exit("sangfor", "auto"),
                        Bench.sensor("province", Transport.TCP, "auto")),
                shelf,
                new Snapshots() {
                    @Override
                    public Registry registry() {
                        return registry;
                    }

                    @Override
                    public String registryDigest() {
                        return "";
                    }
                },
                new Masking(new byte[32]),
                meters,
                "node",
                "e",
                300_000,
                Clock.systemUTC());
        sensors.start();
        List<String> huawei = new ArrayList<>();
        List<String> topsec = new ArrayList<>();
        List<String> sangfor = new ArrayList<>();
        for (int i = 0; i < SCHOOLS; i++) {
            huawei.addAll(huawei(i));
            topsec.addAll(topsec(i));
            sangfor.addAll(sangfor(i));
        }
        // A guest network nobody registered, a neighbour's address, a line of no known kind, and the device itself.
        topsec.add(topsec(0).get(0).replace("10.40.0.33", "192.168.7.7"));
        topsec.add(topsec(0).get(0).replace("10.40.0.33", "10.41.3.3"));
        topsec.add("\u0001 neither this nor that");
        topsec.add(
                "id=tos time=\"" + now
                        + "\" fw=出口防火墙 pri=6 type=system user=superman src=127.0.0.1 op=\"logout\" result=0 recorder=AUTH msg=\"\"");
        Collections.shuffle(huawei, random);
        Collections.shuffle(topsec, random);
        Collections.shuffle(sangfor, random);
        send(sensors, "huawei", huawei, StandardCharsets.UTF_8);
        send(sensors, "topsec", topsec, Charset.forName("GBK"));
        send(sensors, "sangfor", sangfor, Charset.forName("GBK"));
        int sent = huawei.size() + topsec.size() + sangfor.size();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.events.size() == sent);

        Map<String, Integer> bySchool = new TreeMap<>();
        for (Event event : shelf.events) {
            assertThat(event.get("wanglou.exit")).as(event.extra().toString()).isEqualTo("county");
            if (event.organization().startsWith("school-")) {
                bySchool.merge(event.organization(), 1, Integer::sum);
                int i = Integer.parseInt(event.organization().substring(7));
                assertThat(event.texts(Ecs.RELATED_IP)).anyMatch(ip -> ip.startsWith("10.40." + i + "."));
            }
        }
        assertThat(bySchool).hasSize(SCHOOLS);
        assertThat(bySchool.values()).containsOnly(4);
        assertThat(bases("unassigned"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "no prefix holds its addresses",
                        1,
                        "its addresses lie outside the exit's units",
                        1,
                        "its line could not be read",
                        1));
        assertThat(bases("county")).containsExactlyInAnyOrderEntriesOf(Map.of("about the exit: names no address", 1));
        assertThat(meters.total("wanglou_sensors_unassigned_total")).isEqualTo(3);

        // What the province's own detector sees of the county's public addresses is told by the log and by port blocks.
        shelf.events.clear();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < SCHOOLS; i++) {
            seen.add(eve("203.0.113.7", 50_000 + i, i));
            seen.add(eve("203.0.113.9", 2_000 + i * 500 + random.nextInt(500), i));
        }
        seen.add(eve("203.0.113.7", 49_999, -1));
        send(sensors, "province", seen, StandardCharsets.UTF_8);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.events.size() == seen.size());
        for (Event event : shelf.events) {
            long i = event.number(Ecs.DESTINATION_PORT, 0) - 10_000;
            String basis = event.text(Ecs.WL_UNIT_BASIS).orElse("");
            if (i < 0) {
                assertThat(event.organization() + " by " + basis).isEqualTo("county by prefix of source.ip");
            } else {
                assertThat(event.organization()).isEqualTo(school((int) i));
                assertThat(basis)
                        .isEqualTo(
                                event.text(Ecs.SOURCE_IP).orElse("").equals("203.0.113.7")
                                        ? "NAT log of source.ip"
                                        : "port block of source.ip");
                assertThat(event.get("wanglou.nat.inner_ip"))
                        .isEqualTo(basis.startsWith("NAT") ? "10.40." + i + ".21" : null);
            }
        }
        sensors.close();
    }

    private Map<String, Integer> bases(String organization) {
        Map<String, Integer> bases = new TreeMap<>();
        shelf.events.stream()
                .filter(event -> event.organization().equals(organization))
                .forEach(event -> bases.merge(event.text(Ecs.WL_UNIT_BASIS).orElse(""), 1, Integer::sum));
        return bases;
    }

    private static String eve(String address, int port, int school) {
        return "{\"timestamp\":\"" + Instant.now() + "\",\"event_type\":\"alert\",\"src_ip\":\"" + address
                + "\",\"src_port\":" + port + ",\"dest_ip\":\"198.51.100.8\",\"dest_port\":" + (10_000 + school)
                + ",\"proto\":\"TCP\",\"alert\":{\"signature_id\":1,\"signature\":\"x\",\"severity\":1}}";
    }
}
