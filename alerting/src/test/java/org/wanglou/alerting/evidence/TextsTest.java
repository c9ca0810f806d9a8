package org.wanglou.alerting.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wanglou.bus.codec.Jsons;
import org.wanglou.crypto.envelope.Jcs;

class TextsTest {
    @Property
    void any_text_at_all_becomes_canonical_json_that_utf8_can_hold(@ForAll char[] chars) throws Exception {
        String canonical = Texts.canonical(Map.of("text", new String(chars)));

        assertThat(Jcs.isCanonical(canonical)).isTrue();
        byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(canonical);
        String back = Jsons.mapper().readTree(canonical).get("text").asText();
        assertThat(back).doesNotContain("\0").hasSize(chars.length);
    }

    @Test
    void only_what_cannot_be_kept_is_replaced() {
        assertThat(Texts.clean("\"a\\u0000b\\\\u0000c\\\"\\u0001\uD83D\uDE00\uDE00\""))
                .isEqualTo("\"a\uFFFDb\\\\u0000c\\\"\\u0001\uD83D\uDE00\uFFFD\"");
    }
}
