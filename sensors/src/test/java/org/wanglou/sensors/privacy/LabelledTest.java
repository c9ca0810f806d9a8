package org.wanglou.sensors.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Personal data that no check digit tells: by the word before it, by the field's name, by the operator's list. */
class LabelledTest {
    private final Masking masking = new Masking(new byte[32]);
    private final TreeSet<String> found = new TreeSet<>();

    private String token(String identifier) {
        String text = new Masking(new byte[32]).mask("学号", identifier, new TreeSet<>());
        return text.substring(0, text.indexOf('\u27e7') + 1);
    }

    @Test
    void a_number_behind_its_word_is_replaced_however_the_two_are_written() {
        String token = token("2023010101");
        for (String text : List.of(
                "学号=#",
                "学号：#",
                "该生学号: #，已登录",
                "\"学号\":\"#\"",
                "\"xh\": #}",
                "{\\\"xh\\\":\\\"#\\\"}",
                "student_no=#&page=2",
                "studentNo='#'",
                "Student-ID: #",
                "student.no=#",
                "<xh>#</xh>",
                "GET /q?xh=#%27%20or%201=1--",
                "准考证号[=]学号=[#]")) {
            found.clear();
            assertThat(masking.mask(text.replace("#", "2023010101"), found))
                    .as(text)
                    .isEqualTo(text.replace("#", token + "***"));
            assertThat(found).containsExactly("school-number");
        }
        assertThat(masking.mask("xh=%32023010101&x", found)).isEqualTo("xh=" + token + "***&x");
        assertThat(masking.mask("\"xh\":\"\\u0032023010101\"", found)).isEqualTo("\"xh\":\"" + token + "***\"");
    }

    @Test
    void a_name_behind_its_word_leaves_its_first_character() {
        String utf8 = "%E5%BC%A0%E4%B8%89";
        String gbk = "%D5%C5%C8%FD";
        String clean = masking.mask("姓名=张三", found);
        assertThat(clean).startsWith("姓名=⟦t1:").endsWith("⟧张**").doesNotContain("三");
        String rest = clean.substring(3);
        for (String written : List.of("张三", utf8, utf8.toLowerCase(java.util.Locale.ROOT), gbk, "\\u5f20\\u4e09")) {
            assertThat(masking.mask("?xm=" + written + "&a=b", found)).isEqualTo("?xm=" + rest + "&a=b");
            assertThat(masking.mask("{\"姓名\":\"" + written + "\",\"班级\":\"三班\"}", found))
                    .isEqualTo("{\"姓名\":\"" + rest + "\",\"班级\":\"三班\"}");
        }
        assertThat(masking.mask("user.full_name", "阿卜杜拉·买买提", found))
                .contains("⟧阿**")
                .doesNotContain("买");
    }

    @Test
    void what_is_no_such_data_stays_as_an_attack_must_be_seen() {
        for (String text : List.of(
                "xh=1' or '1'='1",
                "xm=<script>alert(1)</script>",
                "xh=../../etc/passwd",
                "name=张三",
                "time=12:30:45",
                "xh=abc",
                "卡号=1234567890123456",
                "http://a.example/x?m=1",
                "学号",
                "学号=",
                "=",
                "a:b")) {
            assertThat(masking.mask(text, found)).as(text).isEqualTo(text);
        }
        assertThat(masking.mask("卡号=4111111111111111", found))
                .startsWith("卡号=⟦t1:")
                .endsWith("⟧***");
    }

    @Test
    void a_listed_pupil_is_found_without_any_word(@TempDir Path folder) throws Exception {
        Path list = folder.resolve("enrolled.csv");
        Files.write(list, "学号或姓名\n20230101\n诸葛小明\n王芳\nG7X00001\n".getBytes(Charset.forName("GB18030")));
        Enrolled enrolled = Enrolled.read(list);
        assertThat(enrolled.count()).isEqualTo(4);
        Masking listed = new Masking(new byte[32], PersonalClasses.builtIn(), enrolled);
        for (String text : List.of(
                "login 20230101 ok",
                "20230101",
                "/home/20230101/a.txt",
                "u=%3230101%3230101".replace("%3230101%3230101", "%320230101"),
                "作业提交：诸葛小明，三班",
                "q=%E8%AF%B8%E8%91%9B%E5%B0%8F%E6%98%8E",
                "王芳和诸葛小明",
                "cardG7X00001".replace("card", "卡"))) {
            String clean = listed.mask(text, found);
            assertThat(clean).as(text).contains("⟦t1:").doesNotContain("20230101", "葛小明", "芳", "X00001", "%E8%91%9B");
        }
        for (String text : List.of("login 202301010", "a20230101", "王明", "⟦t1:20230101⟧", "王 芳")) {
            assertThat(listed.mask(text, found)).as(text).isEqualTo(text);
        }
        assertThat(listed.mask("王芳王芳", found)).contains("⟧王**⟦");
    }

    @Test
    void a_bad_list_names_the_line_and_not_the_person(@TempDir Path folder) throws Exception {
        Path list = folder.resolve("enrolled.csv");
        Files.writeString(list, "value\n20230101\n王小明 (三班)\n");
        assertThatThrownBy(() -> Enrolled.read(list))
                .hasMessageContaining("enrolled.csv:3")
                .hasMessageNotContaining("王小明");
    }

    @Test
    void the_table_of_classes_says_what_is_wrong_with_a_row() {
        assertThatThrownBy(() -> PersonalClasses.read("c.csv", "class,shape,words\na,number,学号\nb,name,学号\n"))
                .hasMessageContaining("c.csv:3")
                .hasMessageContaining("belongs to a already");
        assertThatThrownBy(() -> PersonalClasses.read("c.csv", "class,shape,words\na,shape,学号\n"))
                .hasMessageContaining("c.csv:2")
                .hasMessageContaining("there is no shape");
    }

    /** Whatever the text, nothing is thrown, and what has been masked once stays as it is. */
    @Property(tries = 500)
    void masking_is_idempotent(@ForAll String noise, @ForAll byte[] bytes) {
        for (String text : List.of(
                noise,
                "xm=" + noise,
                "学号:" + noise + "\\u" + noise,
                new String(bytes, StandardCharsets.ISO_8859_1),
                "xm=%E5" + new String(bytes, StandardCharsets.ISO_8859_1) + "%")) {
            String once = masking.mask(text, new TreeSet<>());
            assertThat(masking.mask(once, new TreeSet<>())).isEqualTo(once);
        }
    }
}
