package org.wanglou.sensors.format.cn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.frame.Frame;

/** A device that nobody has heard of still tells who did what to whom. */
class UnknownTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String[] VALUES = {
        "县中出口", "203.0.113.7", "50001", "10.9.1.5", "443", "TCP", "", "默认策略", "teacher9", "2026-11-24 15:04:05"
    };
    private static final String[] CHINESE = {"设备名称", "源IP", "源端口", "目的IP", "目的端口", "协议", "动作", "策略名称", "用户名", "发生时间"};
    private static final String[] OTHER_CHINESE = {
        "设备名", "源地址", "源端口号", "目标地址", "目标端口", "传输协议", "处置动作", "规则名", "用户账号", "日志时间"
    };
    private static final String[] ENGLISH = {
        "device_name",
        "src_ip",
        "src_port",
        "dst_ip",
        "dst_port",
        "protocol",
        "action",
        "policy_name",
        "user_name",
        "event_time"
    };
    private static final String[] OTHER_ENGLISH = {
        "DevName", "SrcAddr", "SPort", "DstAddr", "DPort", "Proto", "Act", "RuleName", "User", "LogTime"
    };

    private static Event read(String line, Charset charset) {
        Decoded decoded = Formats.auto()
                .decode(
                        new Frame(
                                line.getBytes(charset),
                                "192.0.2.1",
                                Instant.parse("2026-11-24T08:00:00Z").toEpochMilli(),
                                "o",
                                false),
                        SHANGHAI);
        assertThat(decoded).as(line).isInstanceOf(Decoded.Events.class);
        return ((Decoded.Events) decoded).events().get(0).build();
    }

    private static String written(String[] names, String sign, String separator, String quote, String action) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String value = VALUES[i].isEmpty() ? action : VALUES[i];
            pairs.add(names[i] + sign + quote + value + quote);
        }
        return String.join(separator, pairs);
    }

    @Test
    void whatever_the_names_the_signs_and_the_character_set_the_fields_are_the_same() {
        for (String[] names : new String[][] {CHINESE, OTHER_CHINESE, ENGLISH, OTHER_ENGLISH}) {
            for (String separator : new String[] {",", ", ", ";", "; ", "|", " | ", "\t", " ", "，", "；", "##"}) {
                for (String sign : new String[] {"=", ":", "：", ": ", "＝"}) {
                    for (String quote : new String[] {"", "\""}) {
                        for (String head :
                                new String[] {"<134>Nov 24 15:04:06 gw9 ", "<134>Nov 24 15:04:06 gw9 acme: ", ""}) {
                            String line = head + written(names, sign, separator, quote, "拒绝");
                            for (Charset charset : new Charset[] {StandardCharsets.UTF_8, Charset.forName("GB18030")}) {
                                check(line, read(line, charset));
                            }
                        }
                    }
                }
            }
        }
    }

    private static void check(String line, Event event) {
        assertThat(event.text(Ecs.SOURCE_IP)).as(line).contains("203.0.113.7");
        assertThat(event.number(Ecs.SOURCE_PORT, -1)).as(line).isEqualTo(50001);
        assertThat(event.text(Ecs.DESTINATION_IP)).as(line).contains("10.9.1.5");
        assertThat(event.number(Ecs.DESTINATION_PORT, -1)).as(line).isEqualTo(443);
        assertThat(event.text(Ecs.NETWORK_TRANSPORT)).as(line).contains("tcp");
        assertThat(event.text(Ecs.EVENT_ACTION)).as(line).contains("拒绝");
        assertThat(event.text(Ecs.EVENT_OUTCOME)).as(line).contains("failure");
        assertThat(event.text(Ecs.RULE_NAME)).as(line).contains("默认策略");
        assertThat(event.text(Ecs.USER_NAME)).as(line).contains("teacher9");
        assertThat(event.text(Ecs.OBSERVER_NAME)).as(line).contains("县中出口");
        assertThat(event.time()).as(line).isEqualTo(Instant.parse("2026-11-24T07:04:05Z"));
    }

    @Test
    void words_for_a_decision_are_understood_in_many_forms() {
        for (String word : List.of("拒绝", "阻断", "已阻断", "拦截", "丢弃", "禁止", "阻断并告警", "deny", "Dropped", "block")) {
            assertThat(read(written(CHINESE, "=", ";", "", word), StandardCharsets.UTF_8)
                            .texts(Ecs.EVENT_TYPE))
                    .as(word)
                    .contains("denied");
        }
        for (String word : List.of("允许", "放行", "已放行", "通过", "告警", "仅记录", "被记录", "未阻断", "permit", "Accept")) {
            assertThat(read(written(CHINESE, "=", ";", "", word), StandardCharsets.UTF_8)
                            .texts(Ecs.EVENT_TYPE))
                    .as(word)
                    .contains("allowed");
        }
    }

    @Test
    void times_as_people_write_them_are_read_in_the_sources_zone() {
        for (String time : List.of(
                "2026年11月24日 下午3:04:05",
                "2026年11月24日15时04分05秒",
                "2026/11/24 15:04:05",
                "2026.11.24 15:04:05",
                "20261124 15:04:05",
                "2026-11-24 03:04:05 PM",
                "2026-11-24T15:04:05+08:00",
                "1795503845",
                "1795503845000")) {
            Event event = read("源IP=192.0.2.9;目的IP=10.1.1.1;动作=允许;时间=" + time, StandardCharsets.UTF_8);
            assertThat(event.time()).as(time).isEqualTo(Instant.parse("2026-11-24T07:04:05Z"));
        }
    }

    @Test
    void a_password_is_kept_nowhere() {
        Event event = read("用户名：li，密码：hunter2，登录IP：192.0.2.9，操作：登录，结果：失败", StandardCharsets.UTF_8);
        assertThat(event.toString() + event.extra() + event.text(Ecs.EVENT_ORIGINAL))
                .doesNotContain("hunter2");
        assertThat(event.text(Ecs.EVENT_OUTCOME)).contains("failure");
        assertThat(event.texts(Ecs.EVENT_CATEGORY)).containsExactly("authentication");
    }

    @Test
    void plain_chatter_is_not_taken_for_pairs() {
        for (String line : List.of(
                "<13>Nov 24 15:04:06 h app: note: this is fine, really: yes; ok: 3",
                "<13>Nov 24 15:04:06 h app: 备注：服务已启动，版本：3",
                "<13>Nov 24 15:04:06 h app: x=1 y=2 z=3 w=4")) {
            assertThat(read(line, StandardCharsets.UTF_8).extra().get("wanglou.format"))
                    .as(line)
                    .isEqualTo("syslog");
        }
    }
}
