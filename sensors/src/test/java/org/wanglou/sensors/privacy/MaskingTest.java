package org.wanglou.sensors.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MaskingTest {
    // Made up: the check character is computed, the person does not exist.
    private static final String IDENTITY = "110101201003070";
    private final Masking masking = new Masking(new byte[32]);

    private static String valid() {
        for (int serial = 100; serial < 1000; serial++) {
            for (char check : "0123456789X".toCharArray()) {
                String number = IDENTITY.substring(0, 14) + serial + check;
                if (Masking.identity(number)) {
                    return number;
                }
            }
        }
        throw new AssertionError("none fits");
    }

    private String mask(String text) {
        return masking.mask(text, new TreeSet<>());
    }

    @Test
    void an_identity_number_leaves_no_readable_trace_however_it_is_written() {
        String number = valid();
        String wide = number.chars()
                .mapToObj(c ->
                        c >= '0' && c <= '9' ? String.valueOf((char) (c - '0' + '\uff10')) : String.valueOf((char) c))
                .reduce("", String::concat);
        String encoded = number.chars()
                .mapToObj(c -> c >= '0' && c <= '9' ? "%3" + (char) c : String.valueOf((char) c))
                .reduce("", String::concat);
        String token = mask(number);
        assertThat(token).startsWith("\u27e6t1:").endsWith("\u27e7110***").doesNotContain(number.substring(6));
        for (String written : new String[] {number, wide, encoded}) {
            assertThat(mask("id=" + written + "&x")).isEqualTo("id=" + token + "&x");
        }
    }

    @Test
    void ways_to_write_a_mobile_number_all_leave_the_same_token() {
        String token = mask("13800138000");
        for (String written : new String[] {
            "13800138000",
            "138-0013-8000",
            "138 0013 8000",
            "%31%33%38%30%30%31%33%38%30%30%30",
            "%2531%2533%2538%2530%2530%2531%2533%2538%2530%2530%2530",
            "\\u0031\\u0033\\u0038\\u0030\\u0030\\u0031\\u0033\\u0038\\u0030\\u0030\\u0030",
            "%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%90%EF%BC%90%EF%BC%91%EF%BC%93%EF%BC%98%EF%BC%90%EF%BC%90%EF%BC%90",
            "１３８００１３８０００"
        }) {
            assertThat(mask("q=" + written + "&x=1")).as(written).isEqualTo("q=" + token + "&x=1");
        }
        for (String before : new String[] {"+86", "+86 ", "86", "0086", "%2B86", "call%20", "call%E5%8F%B7", "user."}) {
            assertThat(mask(before + "13800138000")).as(before).isEqualTo(before + token);
        }
    }

    @Test
    void an_identity_number_in_three_pieces_or_with_a_coded_x_is_found() {
        String number = valid();
        String pieces = number.substring(0, 6) + " " + number.substring(6, 14) + " " + number.substring(14);
        assertThat(mask(pieces)).isEqualTo(mask(number));
        for (int serial = 100; serial < 1_000; serial++) {
            String withX = IDENTITY.substring(0, 14) + serial + "X";
            if (Masking.identity(withX)) {
                for (String x : new String[] {"x", "%58", "%78", "Ｘ"}) {
                    assertThat(mask(withX.substring(0, 17) + x + "yz")).isEqualTo(mask(withX) + "yz");
                }
                return;
            }
        }
    }

    @Test
    void the_same_identifier_is_the_same_token_and_another_key_gives_another() {
        String number = valid();
        assertThat(mask(number)).isEqualTo(mask(number));
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(new Masking(other).mask(number, new TreeSet<>())).isNotEqualTo(mask(number));
    }

    @Test
    void a_mobile_number_and_a_school_number_are_named_by_their_class() {
        TreeSet<String> found = new TreeSet<>();
        String text = masking.mask("tel 13800138000 no G" + valid(), found);
        assertThat(found).containsExactly("mobile-number", "school-number");
        assertThat(text).doesNotContain("13800138000").doesNotContain(valid());
    }

    @Test
    void numbers_that_are_no_identifiers_stay() {
        String number = valid();
        char wrong = number.charAt(17) == '1' ? '2' : '1';
        for (String text : new String[] {
            number.substring(0, 17) + wrong,
            "1700000000000",
            "10.12345678901",
            "port 53221",
            "9" + number,
            "12345678901"
        }) {
            assertThat(mask(text)).as(text).isEqualTo(text);
        }
    }
}
