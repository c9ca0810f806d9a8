package org.wanglou.sensors.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextTest {
    private static final String LINE = "<13>Nov 24 09:59:58 教务处 审计: 用户登录失败，口令错误";

    @Test
    void utf8_and_gb18030_are_told_apart_and_a_byte_order_mark_is_left_out() {
        assertThat(Text.of(LINE.getBytes(StandardCharsets.UTF_8))).isEqualTo(LINE);
        assertThat(Text.of(LINE.getBytes(Charset.forName("GBK")))).isEqualTo(LINE);
        assertThat(Text.of(LINE.getBytes(Charset.forName("GB18030")))).isEqualTo(LINE);
        assertThat(Text.of(("\ufeff" + LINE).getBytes(StandardCharsets.UTF_8))).isEqualTo(LINE);
        assertThat(Text.of("\ufffd kept".getBytes(StandardCharsets.UTF_8))).isEqualTo("\ufffd kept");
    }

    @Test
    void a_line_cut_within_a_character_stays_utf8() {
        byte[] bytes = LINE.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= bytes.length; length++) {
            String text = Text.of(Arrays.copyOf(bytes, length));
            assertThat(LINE).startsWith(text.replace("\ufffd", ""));
        }
    }

    @Test
    void what_a_cut_left_of_a_last_character_is_taken_off_in_either_character_set() {
        for (String name : new String[] {"UTF-8", "GBK", "GB18030"}) {
            byte[] bytes = (LINE + "𠮷").getBytes(Charset.forName(name));
            for (int length = 60; length <= bytes.length; length++) {
                byte[] whole = Text.whole(Arrays.copyOf(bytes, length));
                assertThat(LINE + "𠮷").as(name + " " + length).startsWith(Text.of(whole));
                assertThat(length - whole.length).isLessThan(4);
            }
        }
        byte[] none = {'a', (byte) 0xff, (byte) 0xff, 'b'};
        assertThat(Text.whole(none)).isSameAs(none);
        byte[] named = Text.utf8(Arrays.copyOf(LINE.getBytes(Charset.forName("GBK")), 30), Charset.forName("GBK"));
        assertThat(LINE).startsWith(new String(Text.withoutHalf(named), StandardCharsets.UTF_8));
    }

    @Test
    void lines_of_a_device_that_mixes_character_sets_are_each_read_in_its_own() {
        String[] lines = {
            "<190>2026-11-25 10:00:00 USG6000 %%01POLICY/6/POLICYPERMIT(l): 策略=内网到外网",
            "日志类型:IPS防护日志, 源IP:10.1.2.3, 动作:拒绝",
            "用户 张三 登录失败",
        };
        for (String line : lines) {
            for (String name : new String[] {"UTF-8", "GBK", "GB18030"}) {
                assertThat(Text.of(line.getBytes(Charset.forName(name))))
                        .as(name)
                        .isEqualTo(line);
            }
        }
    }

    @Test
    void bytes_of_no_charset_are_kept_as_far_as_they_are_text() {
        assertThat(Text.of(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\ufffdb");
    }
}
