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
    void bytes_of_no_charset_are_kept_as_far_as_they_are_text() {
        assertThat(Text.of(new byte[] {'a', (byte) 0xff, 'b'})).isEqualTo("a\ufffdb");
    }
}
