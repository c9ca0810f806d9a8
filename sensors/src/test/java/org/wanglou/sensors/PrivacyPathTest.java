package org.wanglou.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.model.Ecs;
import org.wanglou.model.Meters;
import org.wanglou.sensors.SensorConfig.Transport;
import org.wanglou.sensors.spool.Sealer;

/** Planted identifiers leave no readable trace in what is published, spooled, laid aside or kept as state. */
class PrivacyPathTest {
    // Made up; the check character fits.
    private static final String IDENTITY = "11010120100307109" + check("11010120100307109");
    private static final String MOBILE = "13800138000";

    @TempDir
    Path folder;

    private final Shelf shelf = new Shelf();

    private static char check(String seventeen) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (seventeen.charAt(i) - '0') * weights[i];
        }
        return "10X98765432".charAt(sum % 11);
    }

    private static String coded(String text, String before) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(before).append(c >= '0' && c <= '9' ? "3" + (char) c : "58"));
        return out.toString();
    }

    private static void clean(byte[] bytes, String where) {
        String text = new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        for (String trace : List.of(
                IDENTITY,
                MOBILE,
                "138-0013-8000",
                coded(IDENTITY, "%"),
                coded(MOBILE, "%"),
                coded(MOBILE, "\\u00"),
                coded(MOBILE, "\\\\u00"),
                "1.3800138e10")) {
            assertThat(text).as(where).doesNotContain(trace.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void in_fields_names_numbers_queries_and_the_original_of_every_transport() throws Exception {
        Path log = folder.resolve("access.log");
        Path state = Files.createDirectories(folder.resolve("state"));
        Sensors sensors = Bench.sensors(
                List.of(
                        Bench.sensor("tcp", Transport.TCP, "syslog"),
                        Bench.sensor("http", Transport.HTTP, "ecs-json"),
                        SensorConfig.file(
                                "file", log.toString(), Bench.format("nginx-access"), SensorConfig.DEFAULT_ZONE, "")),
                shelf,
                new Meters(),
                Durable.in(state, Sealer.sm4(new byte[16])),
                "e");
        sensors.start();
        String json = "{\"user\":{\"name\":\"" + IDENTITY + "\"},\"phone\":" + MOBILE + ",\"list\":[" + MOBILE + ",\""
                + MOBILE + "\"],\"float\":" + MOBILE + ".0,\"id" + MOBILE + "\":1,\"escaped\":\""
                + coded(MOBILE, "\\u00")
                + "\",\"process\":{\"pid\":" + (IDENTITY.endsWith("X") ? "1" : IDENTITY) + "}}";
        assertThat(Http.post(sensors, json, false)).isEqualTo(200);
        shelf.away = true;
        try (Socket socket = new Socket("127.0.0.1", sensors.boundAddress("tcp").getPort())) {
            socket.getOutputStream()
                    .write(("<13>Nov 24 09:59:58 h app: id " + IDENTITY + " tel 138-0013-8000 or +86" + MOBILE + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(("<13>Nov 24 09:59:58 h app: 家长电话" + MOBILE + "\n").getBytes(Charset.forName("GBK")));
            socket.getOutputStream().flush();
        }
        Files.writeString(
                log,
                "203.0.113.9 - " + IDENTITY + " [24/Nov/2026:10:00:00 +0800] \"GET /s?id=" + coded(IDENTITY, "%")
                        + "&t=x%20" + MOBILE + " HTTP/1.1\" 200 1 \"http://x/?m=" + coded(MOBILE, "%") + "\" \"-\"\n");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sensors.sources().stream()
                .allMatch(one -> one.counts().received() >= 1));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sensors.sources().get(0).counts().pending() == 2);
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                clean(Files.readAllBytes(file), file.getFileName().toString());
            }
        }
        shelf.away = false;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> shelf.events.size() == 4);
        shelf.raw.forEach(value -> clean(value, "published"));
        assertThat(shelf.events)
                .allSatisfy(event -> assertThat(event.texts(Ecs.WL_MASKED)).contains("mobile-number"));
        assertThat(shelf.events)
                .anyMatch(event -> event.text(Ecs.MESSAGE).orElse("").startsWith("家长电话⟦t1:"));
        sensors.close();
    }
}
