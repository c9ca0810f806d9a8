package org.wanglou.rules.sigma.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WebTextTest {
    @Test
    void percent_encoding_is_taken_off_in_up_to_three_layers() {
        assertThat(WebText.views("/a?q=%3Cscript%3E")).containsExactly("/a?q=<script>");
        assertThat(WebText.views("/a?q=%253Cscript%253E")).containsExactly("/a?q=<script>");
        assertThat(WebText.views("/a?q=%25253Cscript%3E")).containsExactly("/a?q=<script>");
        assertThat(WebText.views("/a?q=%2525253Cb").get(0)).isEqualTo("/a?q=%3Cb");
        assertThat(WebText.views("/%E6%9C%9B?q=%E6%A5%BC")).containsExactly("/望?q=楼");
    }

    @Test
    void what_is_no_encoding_stays() {
        assertThat(WebText.views("/a?q=100%&b=%zz&c=%u12")).containsExactly("/a?q=100%&b=%zz&c=%u12");
        assertThat(WebText.views("/C++/a")).containsExactly("/C++/a");
        assertThat(WebText.views("")).containsExactly("");
        assertThat(WebText.views("%")).containsExactly("%");
    }

    @Test
    void plus_is_a_space_in_the_query_only() {
        assertThat(WebText.views("/a+b?c+d").get(0)).isEqualTo("/a+b?c d");
    }

    @Test
    void overlong_and_wide_forms_are_read_as_a_lenient_server_would() {
        assertThat(WebText.views("/%c0%ae%c0%ae%c0%af")).containsExactly("/../");
        assertThat(WebText.views("/%e0%80%ae/")).containsExactly("/./");
        assertThat(WebText.views("/?q=%u003cx%uff1e")).containsExactly("/?q=<x>");
        assertThat(WebText.views("/?q=\\x3cx\\u003e")).containsExactly("/?q=<x>");
        assertThat(WebText.views("/?q=&#60;x&#x3E;&lt;")).containsExactly("/?q=<x><");
    }

    @Test
    void comments_and_white_space_are_joined_in_a_reading_of_its_own() {
        assertThat(WebText.views("/?id=1/**/union%0a%20select"))
                .contains("/?id=1/**/union\n select", "/?id=1union select");
        assertThat(WebText.views("/?id=un/*x*/ion%00").get(1)).isEqualTo("/?id=union");
        assertThat(WebText.views("/?id=1 /* open").get(0)).endsWith("/* open");
    }

    @Test
    void what_a_shell_drops_inside_a_word_is_dropped_in_a_reading_of_its_own() {
        assertThat(WebText.views("/?c=;c''at")).contains("/?c=;cat");
        assertThat(WebText.views("/?c=;c\\at")).contains("/?c=;cat");
        assertThat(WebText.views("/?c=;c$@at")).contains("/?c=;cat");
        assertThat(WebText.views("/?c='wh'oami")).contains("/?c=whoami");
        assertThat(WebText.views("/?c=cat /etc/$(echo)passwd")).contains("/?c=cat /etc/passwd");
    }

    @Test
    void any_input_is_read_without_an_exception_and_in_at_most_three_ways() {
        long seed = Long.getLong("wanglou.seed", System.nanoTime());
        System.out.println("WebTextTest seed " + seed);
        Random random = new Random(seed);
        String alphabet = "%u0cCaef\\x&#;/*'\"`$({?=+ \n\0<望😀";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(WebText.views(text.toString())).hasSizeBetween(1, 3);
        }
        assertThat(WebText.views("/?q=" + "%25".repeat(200_000))).isNotEmpty();
        assertThat(WebText.views("/?q=" + "/*".repeat(100_000))).isNotEmpty();
        assertThat(WebText.views("/?q=" + "&".repeat(100_000) + ";")).isNotEmpty();
        assertThat(WebText.views("/?q=" + "$(".repeat(100_000))).isNotEmpty();
    }
}
