package org.wanglou.sensors.listen.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wanglou.sensors.frame.Frame;

/** Events of several lines in files, and files in other character sets and folders. */
class FileGroupsTest extends TailedFolder {
    private Path log() throws IOException {
        return log("app.log");
    }

    @Test
    void a_trace_is_one_frame_and_its_offset_is_committed_when_kafka_has_all_of_it() throws Exception {
        FileTail tail = tail(log().toString(), "syslog");
        append(log(), "<13>one\n<13>two\n\tat a\n\tat b\n");
        poll(tail);
        assertThat(texts()).containsExactly("<13>one");
        assertThat(tail.states().get(0).committed()).isEqualTo(8);
        away = true;
        append(log(), "\tat c\n<13>three\n");
        poll(tail);
        assertThat(texts()).containsExactly("<13>one", "<13>two\n\tat a\n\tat b\n\tat c");
        assertThat(frames.get(1).lines()).isEqualTo(4);
        assertThat(tail.states().get(0).committed()).isEqualTo(8);
        open.forEach(answer -> answer.complete(null));
        away = false;
        poll(tail);
        assertThat(tail.states().get(0).committed()).isEqualTo(8 + 8 + 18);
        quiet(tail);
        assertThat(texts()).endsWith("<13>three");
        assertThat(tail.states().get(0).committed()).isEqualTo(Files.size(log()));
    }

    @Test
    void a_group_that_was_open_at_a_stop_is_read_again_whole() throws Exception {
        FileTail tail = tail(log().toString(), "syslog");
        append(log(), "<13>one\n<13>two\n\tat a\n");
        poll(tail);
        tail.close();
        append(log(), "\tat b\n<13>three\n");
        FileTail next = tail(log().toString(), "syslog");
        poll(next);
        quiet(next);
        assertThat(texts()).containsExactly("<13>one", "<13>two\n\tat a\n\tat b", "<13>three");
        assertThat(frames.stream().map(Frame::origin).distinct()).hasSize(3);
    }

    @Test
    void what_a_group_that_was_closed_early_missed_has_an_id_of_its_own_also_when_read_again_whole() throws Exception {
        away = true;
        FileTail tail = tail(log().toString(), "syslog");
        append(log(), "<13>one\n\tat a\n");
        poll(tail);
        quiet(tail);
        append(log(), "\tat b\n");
        poll(tail);
        quiet(tail);
        FileTail next = tail(log().toString(), "syslog");
        poll(next);
        quiet(next);
        assertThat(texts()).containsExactly("<13>one\n\tat a", "\tat b", "<13>one\n\tat a\n\tat b");
        assertThat(new HashSet<>(frames.stream().map(Frame::origin).toList())).hasSize(3);
    }

    @Test
    void a_group_is_not_closed_by_the_quiet_of_a_reader_that_waits_for_kafka() throws Exception {
        FileTail tail = tail(log().toString(), "syslog");
        append(log(), "<13>one\n\tat a\n");
        poll(tail);
        tail.pause(true);
        append(log(), "\tat b\n");
        clock.now += 60_000;
        poll(tail);
        tail.pause(false);
        poll(tail);
        quiet(tail);
        assertThat(texts()).containsExactly("<13>one\n\tat a\n\tat b");
    }

    @Test
    void a_rotated_files_last_group_is_closed_and_does_not_run_into_its_successor() throws Exception {
        FileTail tail = tail(log().toString(), "syslog");
        append(log(), "<13>one\n\tat a\n");
        poll(tail);
        Files.move(log(), log().resolveSibling("app.log.1"));
        append(log(), "\tat nobody\n<13>two\n");
        poll(tail);
        quiet(tail);
        assertThat(texts()).containsExactlyInAnyOrder("<13>one\n\tat a", "\tat nobody", "<13>two");
    }

    @Test
    void after_a_restart_the_header_in_force_is_known_again_even_when_it_changed_in_the_middle() throws Exception {
        String first = "#Version: 1.0\n#Fields: date time\n";
        String second = "#Fields: date time c-ip\n";
        FileTail tail = tail(log().toString(), "iis-w3c");
        append(log(), first + "a 1\n".repeat(30_000));
        poll(tail);
        tail.close();
        FileTail next = tail(log().toString(), "iis-w3c");
        append(log(), "a 2\n" + second + "b 1\n");
        poll(next);
        next.close();
        FileTail last = tail(log().toString(), "iis-w3c");
        append(log(), "b 2\n");
        poll(last);
        assertThat(texts())
                .hasSize(30_003)
                .startsWith(first + "a 1")
                .endsWith(first + "a 2", second + "b 1", second + "b 2");
        assertThat(frames).allMatch(frame -> frame.lines() == 1);
        assertThat(last.states().get(0).committed()).isEqualTo(Files.size(log()));
    }

    @Test
    void a_header_that_comes_while_kafka_is_away_is_not_taken_for_the_lines_before_it() throws Exception {
        away = true;
        FileTail tail = tail(log().toString(), "zeek-tsv");
        append(log(), "#fields\ta\n1\n2\n#fields\tb\n3\n");
        poll(tail);
        open.get(0).complete(null);
        poll(tail);
        tail.close();
        frames.clear();
        FileTail next = tail(log().toString(), "zeek-tsv");
        poll(next);
        assertThat(texts()).containsExactly("#fields\ta\n2", "#fields\tb\n3");
    }

    @Test
    void more_open_groups_than_there_may_be_are_closed_marked_and_counted_the_oldest_first() throws Exception {
        FileTail tail = tail(log().getParent() + "/*.log", "syslog");
        for (int i = 0; i < 70; i++) {
            append(log().resolveSibling("f" + i + ".log"), "<13>" + i + "\n");
        }
        poll(tail);
        assertThat(early.sum()).isEqualTo(6);
        assertThat(frames).hasSize(6).allMatch(Frame::cut);
        quiet(tail);
        assertThat(frames).hasSize(70);
        assertThat(frames.subList(6, 70)).noneMatch(Frame::cut);
    }

    @Test
    void files_of_windows_in_utf16_are_read_over_cuts_restarts_and_rotation() throws Exception {
        for (String name : List.of("UTF-16LE", "UTF-16BE")) {
            frames.clear();
            Charset charset = Charset.forName(name);
            Path file = log().resolveSibling(name + ".log");
            FileTail tail = tail(file.toString(), "json");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes("\ufeff第一行 Ċ੊\r\n用户登录失败 😀\r\n第三行\n".getBytes(charset));
            byte[] bytes = all.toByteArray();
            for (int i = 0; i < bytes.length - 6; i++) {
                append(file, new byte[] {bytes[i]});
                poll(tail);
            }
            tail.close();
            Path rotated = file.resolveSibling(name + ".log.1");
            append(file, java.util.Arrays.copyOfRange(bytes, bytes.length - 6, bytes.length));
            Files.move(file, rotated);
            append(file, ("\ufeff" + "x".repeat(40_000) + "\n末\n").getBytes(charset));
            FileTail next = tail(file.toString(), "json");
            poll(next);
            assertThat(texts().subList(0, 3)).as(name).containsExactly("第一行 Ċ੊", "用户登录失败 😀", "第三行");
            assertThat(frames.get(3).cut()).isTrue();
            assertThat(frames.get(3).bytes()).hasSize(32_767);
            assertThat(texts()).hasSize(5).endsWith("末");
            next.close();
        }
    }

    @Test
    void a_pattern_of_folders_finds_what_comes_later_and_follows_no_link() throws Exception {
        Path root = Files.createDirectories(folder.resolve("schools"));
        Path secret = folder.resolve("secret.log");
        append(secret, "secret\n");
        FileTail tail = tail(root + "/**/*.log", "json");
        append(root.resolve("top.log"), "top\n");
        poll(tail);
        append(Files.createDirectories(root.resolve("a/b")).resolve("deep.log"), "deep\n");
        append(root.resolve("a/b/deep.txt"), "no\n");
        Files.createSymbolicLink(root.resolve("a/link.log"), secret);
        Files.createSymbolicLink(root.resolve("linked"), folder);
        clock.now += 2_000;
        poll(tail);
        assertThat(texts()).containsExactly("top", "deep");
        FileTail one = tail(root + "/*/access.log", "json");
        append(Files.createDirectories(root.resolve("c")).resolve("access.log"), "c\n");
        append(root.resolve("a/b/access.log"), "too deep\n");
        frames.clear();
        poll(one);
        assertThat(texts()).containsExactly("c");
    }

    @Test
    void packings_that_are_not_read_are_refused_with_a_remedy() {
        for (String path : List.of("/var/log/a.log.zip", "/var/log/a.log.7z", "/var/log/a.lz4")) {
            assertThatThrownBy(() -> FileTail.check(path)).hasMessageContaining("only gzip, bzip2, xz and zstd");
        }
        assertThatThrownBy(() -> FileTail.check("/**/*.log")).hasMessageContaining("name a folder");
        FileTail.check("/var/log/*.gz");
        FileTail.check("/var/log/a.log.1.xz");
    }
}
