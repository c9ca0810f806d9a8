package org.wanglou.ui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.wanglou.alerting.cases.Actor;
import org.wanglou.alerting.cases.Confirmation;
import org.wanglou.model.Event;
import org.wanglou.model.Grade;
import org.wanglou.model.Level;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.CaseState;
import org.wanglou.model.cases.Message;

/**
 * A console in demo mode over made-up cases, for whoever builds its pages. Argument: the port (default 8787). Prints a
 * one-time link for each account; on standard input an account's name prints another. A new case arrives every 20 s.
 */
public final class ConsolePreview {
    private static final List<String> TITLES = List.of(
            "口令猜测：来源 203.0.113.7 对教务系统 23 次失败",
            "网页后门：/upload/1.php 被访问",
            "SQL 注入尝试：/login?id=1' or '1'='1",
            "挖矿外联：10.1.1.8 连接矿池",
            "数据外传：夜间向境外传出 3.2 GB",
            "<script>alert(1)</script> 标题含标记的日志",
            "弱口令登录成功：teacher01");

    private ConsolePreview() {}

    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8787;
        Path folder = Files.createTempDirectory("console-preview");
        try (Town town = new Town(folder);
                Console console = new Console(
                        ConsoleConfig.demo(port, Town.PROVINCE, "0.1.0-preview"),
                        town.parts(),
                        town.clock,
                        town.meters)) {
            town.playbooks.start();
            Random random = new Random(7);
            for (int i = 0; i < 60; i++) {
                fill(town, random, i);
            }
            console.start();
            System.out.println("console " + console.url() + " data " + folder);
            console.firstStart()
                    .forEach(link -> System.out.println(link.account() + " " + link.displayName() + " " + link.link()));
            Thread inflow = new Thread(() -> inflow(town, random), "preview-inflow-0");
            inflow.setDaemon(true);
            inflow.start();
            var lines = new java.io.BufferedReader(
                    new java.io.InputStreamReader(System.in, java.nio.charset.StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (town.access.accounts().account(line.strip()).isPresent()) {
                    System.out.println(console.oneTimeLink(line.strip()));
                }
            }
            Thread.currentThread().join();
        }
    }

    private static void inflow(Town town, Random random) {
        for (int i = 1_000; ; i++) {
            try {
                Thread.sleep(20_000);
                fill(town, random, i);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void fill(Town town, Random random, int i) {
        List<String> units = List.of(Town.SCHOOL, Town.CITY, Town.OTHER_SCHOOL, Town.SCHOOL, "unassigned");
        String unit = units.get(i % units.size());
        String actor = "203.0.113." + (1 + random.nextInt(200));
        Level level = Level.values()[2 + random.nextInt(3)];
        Grade.Value grade = i % 17 == 0
                ? Grade.Value.EXTRAORDINARY
                : i % 7 == 0 ? Grade.Value.MAJOR : i % 3 == 0 ? Grade.Value.LARGER : Grade.Value.GENERAL;
        String title = TITLES.get(i % TITLES.size());
        for (int n = 0; n < 12; n++) {
            Event event = town.event("p" + i + "-" + n, unit, actor, title);
            town.archive(event);
        }
        town.arrive(new Town.Plot("inc" + i, unit, title, level, grade, actor), 1)
                .ifPresent(opened -> decide(town, opened, i));
    }

    private static void decide(Town town, Case opened, int i) {
        Actor actor = new Actor("operator", "operator", "");
        long now = town.clock.millis();
        if (i % 4 == 1) {
            town.desk.acknowledge(actor, opened.id(), 1);
        } else if (i % 4 == 2) {
            Case confirmed = town.desk.confirm(
                    actor,
                    opened.id(),
                    1,
                    new Confirmation("", java.util.Map.of(), opened.impact(), now - 3_600_000, "平台告警", "已与学校核实"));
            town.desk.state(actor, opened.id(), confirmed.revision(), CaseState.HANDLING, "开始处置");
        } else if (i % 11 == 3) {
            town.desk.falsePositive(actor, opened.id(), 1, "授权测试", 0);
        }
        town.database.transaction(tx -> {
            for (Message message : tx.messagesOf(opened.id())) {
                Message.State state =
                        i % 9 == 0 ? Message.State.DEAD : i % 5 == 0 ? Message.State.OWED : Message.State.DELIVERED;
                tx.updateMessage(new Message(
                        message.id(),
                        message.incidentId(),
                        message.caseId(),
                        message.reason(),
                        message.route(),
                        message.notifier(),
                        message.target(),
                        message.body(),
                        message.bodySm3(),
                        state,
                        1,
                        now,
                        message.createdAt(),
                        state == Message.State.DELIVERED ? now : 0,
                        state == Message.State.DELIVERED ? "200 OK" : "连接被拒绝"));
            }
            return opened;
        });
    }
}
