package org.wanglou.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 8785 and the texts we refuse beyond it. */
class JcsTest {
    @Test
    void the_example_of_section_3_2_2_is_given() {
        String input = """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50,
                              2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""";
        assertThat(Jcs.canonical(input))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void keys_are_sorted_by_utf_16_units_as_in_section_3_2_3() {
        String input =
                "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\","
                        + "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
                        + "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}";
        assertThat(Jcs.canonical(input))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** Appendix B, those that JSON can write and that are no integers beyond 2^53. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-0.0, 0",
        "5e-324, 5e-324",
        "-5e-324, -5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740992, 9007199254740992",
        "-9007199254740992, -9007199254740992",
        "9.999999999999997e22, 9.999999999999997e+22",
        "1e23, 1e+23",
        "1.0000000000000001e23, 1.0000000000000001e+23",
        "1e21, 1e+21",
        "9.999999999999997e-7, 9.999999999999997e-7",
        "0.000001, 0.000001",
        "333333333.3333332, 333333333.3333332",
        "333333333.33333325, 333333333.33333325",
        "333333333.3333333, 333333333.3333333",
        "333333333.3333334, 333333333.3333334",
        "333333333.33333343, 333333333.33333343",
        "-0.0000033333333333333333, -0.0000033333333333333333",
        "1424953923781206.2, 1424953923781206.2",
        "4.50, 4.5",
        "100, 100",
        "1.0, 1"
    })
    void numbers_are_written_as_in_appendix_b(String written, String canonical) {
        assertThat(Jcs.canonical("[" + written + "]")).isEqualTo("[" + canonical + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[9007199254740993]",
                "[-9007199254740993]",
                "[123456789012345678901234567890]",
                "[1e400]",
                "[295147905179352830000]",
                "[999999999999999900000e0]",
                "[9007199254740994.0]",
                "[1e20]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"a\":1,\"b\":2,\"a\":3}}",
                "[\"\\ud83d\"]",
                "[\"\\ude00\\ud83d\"]",
                "{\"\\ud800\":1}",
                "[\"\ud83d\"]",
                "[01]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[NaN]",
                "[Infinity]",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[\"\\x41\"]",
                "[\"tab\tinside\"]",
                "[1] 2",
                "[",
                "{\"a\"",
                "\"text\"",
                "1",
                "null",
                "",
                "[tru]",
                "[\"\\u00g0\"]",
                "// no\n[1]",
                "\ufeff[1]"
            })
    void what_two_readers_could_understand_differently_is_refused(String text) {
        assertThatThrownBy(() -> Jcs.canonical(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSON refused at character");
        assertThat(Jcs.isCanonical(text)).isFalse();
    }

    @Test
    void nesting_is_bounded() {
        assertThat(Jcs.canonical("[".repeat(100) + "]".repeat(100))).hasSize(200);
        assertThatThrownBy(() -> Jcs.canonical("[".repeat(100_000) + "]".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested deeper");
    }

    @Property(tries = 300)
    void canonical_text_stays_as_it_is(@ForAll String key, @ForAll String value, @ForAll double number) {
        String json = "{" + quoted(key) + ":[" + quoted(value) + "," + number + ",{\"z\":1,\"a\":{}}]}";
        boolean taken = Double.isFinite(number) && (Math.abs(number) <= 0x1p53 || Math.abs(number) >= 1e21);
        if (!taken || lone(key) || lone(value)) {
            assertThatThrownBy(() -> Jcs.canonical(json)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        String canonical = Jcs.canonical(json);
        assertThat(Jcs.isCanonical(canonical)).isTrue();
        assertThat(canonical).endsWith("{\"a\":{},\"z\":1}]}");
    }

    private static boolean lone(String text) {
        return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
        return quoted.append('"').toString();
    }
}
