package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.wanglou.model.cases.Case;

class StreamTest extends ConsoleContext {
    /** What one browser hears, line by line, over a socket of its own. */
    private static final class Ear implements AutoCloseable {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final Socket socket;
        private volatile boolean ended;

        Ear(Browser browser, int port, String lastEventId) throws IOException {
            socket = new Socket("127.0.0.1", port);
            String last = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
            socket.getOutputStream()
                    .write(("GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:" + port
                                    + "\r\nAccept: text/event-stream\r\n" + "Cookie: " + browser.cookie() + "\r\n"
                                    + last + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            Thread reader = new Thread(this::read, "ear");
            reader.setDaemon(true);
            reader.start();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ended || lines.stream().anyMatch(line -> line.startsWith("id: ")));
        }

        private void read() {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("closed");
            }
            ended = true;
        }

        /** Objects of {@code event: topic} in the order they came; one that changed twice in a row of commits is one. */
        List<String> heard(String topic) {
            List<String> objects = new ArrayList<>();
            List<String> now = List.copyOf(lines);
            for (int i = 0; i + 1 < now.size(); i++) {
                if (now.get(i).equals("event: " + topic)) {
                    objects.add(now.get(i + 1).replaceAll(".*\"object\":\"([^\"]*)\".*", "$1"));
                }
            }
            return objects.stream().distinct().toList();
        }

        List<Long> ids() {
            return lines.stream()
                    .filter(line -> line.startsWith("id: "))
                    .map(line -> Long.parseLong(line.substring(4)))
                    .toList();
        }

        boolean ended() {
            return ended;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    @Test
    void changes_come_in_order_to_those_who_see_the_unit() throws Exception {
        try (Ear op = new Ear(as("op"), console.port(), "");
                Ear city = new Ear(as("city"), console.port(), "");
                Ear system = new Ear(as("system"), console.port(), "")) {
            List<String> all = new ArrayList<>();
            List<String> ours = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                boolean our = i % 2 == 0;
                Case about = town.opened("inc-" + i, our ? Town.SCHOOL : Town.OTHER_SCHOOL, "口令猜测");
                all.add(about.id());
                if (our) {
                    ours.add(about.id());
                }
            }
            until(() -> op.heard("case").size() == 20 && city.heard("case").size() == 10);
            assertThat(op.heard("case")).isEqualTo(all);
            assertThat(city.heard("case")).isEqualTo(ours);
            assertThat(op.heard("incident")).hasSize(20);
            assertThat(city.heard("message")).hasSize(10);
            assertThat(op.ids()).isSorted().doesNotHaveDuplicates();
            assertThat(system.heard("case")).isEmpty();
            until(() -> !system.heard("ledger").isEmpty());
            assertThat(String.join("\n", op.lines))
                    .contains("Content-Type: text/event-stream", "Cache-Control: no-store");
        }
    }

    @Test
    void a_browser_that_comes_back_gets_what_it_missed_once() throws Exception {
        Browser browser = as("op");
        Case before = town.opened("inc-1", Town.SCHOOL, "口令猜测");
        long seen;
        try (Ear ear = new Ear(browser, console.port(), "")) {
            Case during = town.opened("inc-2", Town.SCHOOL, "口令猜测");
            until(() -> ear.heard("case").contains(during.id()));
            seen = ear.ids().get(ear.ids().size() - 1);
            assertThat(ear.heard("case")).doesNotContain(before.id());
        }
        Case missed = town.opened("inc-3", Town.SCHOOL, "口令猜测");
        try (Ear ear = new Ear(browser, console.port(), Long.toString(seen))) {
            until(() -> ear.heard("case").contains(missed.id()));
            Case later = town.opened("inc-4", Town.SCHOOL, "口令猜测");
            until(() -> ear.heard("case").contains(later.id()));
            assertThat(ear.heard("case")).containsExactly(missed.id(), later.id());
            assertThat(ear.lines).doesNotContain("event: reset");
        }
    }

    @Test
    void what_is_no_longer_kept_or_never_was_is_a_reset() throws Exception {
        Browser browser = as("op");
        for (int i = 0; i < 3; i++) {
            town.opened("inc-" + i, Town.SCHOOL, "口令猜测");
        }
        town.database.transaction(tx -> tx.trimFeed(town.clock.millis() + 1_000));
        town.opened("inc-9", Town.SCHOOL, "口令猜测");
        for (String from : List.of("1", "999999")) {
            try (Ear ear = new Ear(browser, console.port(), from)) {
                until(() -> ear.lines.contains("event: reset"));
                assertThat(ear.heard("case")).isEmpty();
            }
        }
    }

    @Test
    void clients_are_bounded_and_those_that_left_are_forgotten() throws Exception {
        Browser browser = as("op");
        List<Ear> ears = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            ears.add(new Ear(browser, console.port(), ""));
        }
        browser.get("/stream").is(503);
        assertThat(town.meters.gauges().get("wanglou_ui_stream_clients")).isEqualTo(16);
        for (Ear ear : ears) {
            ear.close();
        }
        until(() -> {
            town.opened("inc-" + System.nanoTime(), Town.SCHOOL, "口令猜测");
            return town.meters.gauges().get("wanglou_ui_stream_clients") == 0;
        });
    }

    @Test
    void one_that_reads_nothing_holds_nobody_up_and_is_let_go() throws Exception {
        Browser browser = as("op");
        try (Socket stuck = new Socket()) {
            stuck.setReceiveBufferSize(2_048);
            stuck.connect(new java.net.InetSocketAddress("127.0.0.1", console.port()));
            stuck.getOutputStream()
                    .write(("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nCookie: " + browser.cookie()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            until(() -> town.meters.gauges().get("wanglou_ui_stream_clients") == 1);
            try (Ear ear = new Ear(browser, console.port(), "")) {
                String wide = "w".repeat(180);
                for (int n = 0; n < 40; n++) {
                    town.database.transaction(tx -> {
                        for (int i = 0; i < 100; i++) {
                            tx.feed("health", wide, i, town.clock.millis());
                        }
                        return wide;
                    });
                }
                until(() -> town.meters.total("wanglou_ui_stream_dropped_total") > 0);
                Case last = town.opened("inc-last", Town.SCHOOL, "口令猜测");
                until(() -> ear.heard("case").contains(last.id()) || ear.lines.contains("event: reset"));
            }
        }
    }

    @Test
    void closing_the_console_ends_the_streams() throws Exception {
        try (Ear ear = new Ear(as("op"), console.port(), "")) {
            console.close();
            until(ear::ended);
        }
    }
}
