package org.wanglou.sensors.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Numbers of persons where logs have them and as people write them; and numbers that are no person's. */
class PlantedTest {
    private final Masking masking = new Masking(new byte[32]);

    /** A made-up number whose check character is the one asked for, or any when it is a blank. */
    private static String identity(String seventeenBefore, char check) {
        for (int serial = 10; serial < 1000; serial++) {
            String seventeen = seventeenBefore + String.format("%03d", serial);
            for (char c : "0123456789X".toCharArray()) {
                if ((check == ' ' || c == check) && Masking.identity(seventeen + c)) {
                    return seventeen + c;
                }
            }
        }
        throw new AssertionError("none fits");
    }

    private String mask(String text) {
        return masking.mask(text, new TreeSet<>());
    }

    @Test
    void an_identity_number_is_found_in_every_place_of_a_line() {
        String number = identity("37010220110307", ' ');
        String withX = identity("37010220110307", 'X');
        String token = mask(number);
        for (String text : List.of(
                "#",
                "user # login",
                "sfzh=#",
                "源IP:192.0.2.1,用户:#,动作:允许",
                "/data/photo/#.jpg",
                "C:\\photo\\#_front.png",
                "#@school.example",
                "{\"a\":{\"b\":\"#\"}}",
                "{\\\"idcard\\\":\\\"#\\\"}",
                "GET /q?id=#&x=1",
                "身份证号#，已核验",
                "姓名-#-三班")) {
            assertThat(mask(text.replace("#", number))).as(text).isEqualTo(text.replace("#", token));
        }
        for (String x : List.of("x", "X", "Ｘ", "ｘ")) {
            assertThat(mask("id " + withX.substring(0, 17) + x + " ok")).isEqualTo("id " + mask(withX) + " ok");
        }
    }

    @Test
    void an_identity_number_in_pieces_is_the_same_number() {
        String number = identity("37010220110307", 'X');
        String token = mask(number);
        for (String sign : List.of(" ", "-", "_")) {
            for (int[] cuts :
                    new int[][] {{6, 14}, {6, 10, 12, 14}, {4, 8, 12, 16}, {6, 10, 14}, {3, 6, 10, 14}, {6, 12}}) {
                StringBuilder pieces = new StringBuilder();
                for (int i = 0; i < 18; i++) {
                    for (int cut : cuts) {
                        pieces.append(cut == i ? sign : "");
                    }
                    pieces.append(number.charAt(i));
                }
                for (String written :
                        List.of(pieces.toString(), pieces.toString().replace('X', 'x'))) {
                    assertThat(mask("no " + written + "。")).as(written).isEqualTo("no " + token + "。");
                }
            }
        }
    }

    @Test
    void an_older_number_of_fifteen_digits_is_found_by_province_and_birthday() {
        String token = mask("370102900307123");
        assertThat(token).startsWith("⟦t1:").endsWith("⟧370***");
        assertThat(mask("身份证370102900307123")).isEqualTo("身份证" + token);
        assertThat(mask("身份证 370102900307123 ok")).isEqualTo("身份证 " + token + " ok");
        for (String text : List.of(
                "370102901307123", "370102900332123", "170102900307123", "3701029003071234", "a370102900307123")) {
            assertThat(mask(text)).as(text).isEqualTo(text);
        }
    }

    @Test
    void a_mobile_number_is_found_with_and_without_its_country() {
        String token = mask("13912345678");
        for (String before : List.of(
                "", "+86", "+86-", "+86 ", "0086", "0086-", "86", "86-", "(+86)", "tel:", "sjh=", "手机", "user_", "u")) {
            assertThat(mask(before + "13912345678,")).as(before).isEqualTo(before + token + ",");
        }
        for (String written : List.of("139-1234-5678", "139 1234 5678", "139-12345678", "１３９１２３４５６７８")) {
            assertThat(mask("call " + written + ".")).as(written).isEqualTo("call " + token + ".");
        }
        assertThat(mask("/upload/13912345678.xls")).isEqualTo("/upload/" + token + ".xls");
        assertThat(mask("<13912345678@mail.example>")).isEqualTo("<" + token + "@mail.example>");
    }

    @Test
    void a_school_number_is_found_behind_its_word_without_a_sign_between() {
        for (String text : List.of(
                "学号#",
                "学号 #",
                "学号：#",
                "学号为#",
                "学号是 #",
                "stuNo=#",
                "stuno:#",
                "XH=#",
                "xuehao=#",
                "学生编号[#]",
                "考生号#已报名")) {
            assertThat(mask(text.replace("#", "2023010101")))
                    .as(text)
                    .doesNotContain("2023010101")
                    .contains("⟦t1:");
        }
        assertThat(mask("第3号 2023010101")).isEqualTo("第3号 2023010101");
        assertThat(mask("版本号 2023010101")).isEqualTo("版本号 2023010101");
    }

    @Test
    void a_text_of_digits_alone_is_looked_through_whatever_its_length() {
        for (String piece : List.of("1", "12 ", "138-", "%31", "\\u0031", "1_2")) {
            String text = piece.repeat(300_000 / piece.length());
            assertThat(mask(text)).isEqualTo(text);
        }
    }

    @Test
    void numbers_that_are_no_persons_stay_readable() {
        String number = identity("37010220110307", '5');
        for (String text : List.of(
                number.substring(0, 17) + "6",
                "order 202611241004050001",
                "seq=999999999999999999",
                "ts=1795486560123 us=1795486560123456 ns=1795486560123456789",
                "550e8400-e29b-41d4-a716-13912345678a",
                "md5=9e107d9d37213912345678bb6826bd81",
                "sha=a13912345678bcdef0123456789abcdef",
                "etag \"5f-13912345678e4f\"",
                "ptr 0x13912345678",
                "mac 00:16:3e:13:91:23",
                "serial 1304415172004335",
                "sessionId=12345678901",
                "bytes=98765432101 total=139123456789",
                "10.20.30.40 2026-11-24 10:04:05.123456",
                "ids 1001 2002 3003 4004 50")) {
            assertThat(mask(text)).as(text).isEqualTo(text);
        }
    }
}
