package org.wanglou.sensors.listen.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups of lines that a source makes whose format nobody named. */
class FileAutoGroupsTest extends TailedFolder {
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put(
                "modsecurity",
                List.of(
                        "--a1b2c3d4-A--\n[24/Nov/2026:10:00:00 +0800] AbCd 203.0.113.7 5 192.0.2.1 80\n--a1b2c3d4-B--\n"
                                + "GET / HTTP/1.1\nHost: www.example.edu.cn\n--a1b2c3d4-Z--",
                        "--a1b2c3d5-A--\n[24/Nov/2026:10:00:01 +0800] AbCe 203.0.113.8 5 192.0.2.1 80\n--a1b2c3d5-Z--"));
        GROUPS.put(
                "radius",
                List.of(
                        "Tue Nov 24 10:00:00 2026\n\tPacket-Type = Access-Request\n\tUser-Name = \"li@example.edu.cn\"",
                        "Tue Nov 24 10:00:01 2026\n\tPacket-Type = Access-Accept\n\tUser-Name = \"wang@example.edu.cn\""));
        GROUPS.put(
                "journal",
                List.of(
                        "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795485600000000\n_HOSTNAME=a\nMESSAGE=one {two}\nPRIORITY=6",
                        "__CURSOR=s=2\n__REALTIME_TIMESTAMP=1795485600000001\n_HOSTNAME=a\nMESSAGE=two"));
        GROUPS.put(
                "slow",
                List.of(
                        "# Time: 2026-11-24T02:00:00.000000Z\n# User@Host: app[app] @ web [192.0.2.7]  Id: 5\n"
                                + "# Query_time: 12.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 9\nSET timestamp=1795485600;\n"
                                + "SELECT *\nFROM student\nWHERE name = 'x';",
                        "# User@Host: app[app] @ web [192.0.2.7]  Id: 6\n"
                                + "# Query_time: 2.5  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 9\nSET timestamp=1795485600;\n"
                                + "DELETE FROM a;"));
        GROUPS.put(
                "trace",
                List.of(
                        "2026-11-24 10:00:00.123 ERROR [main] a.B - failed\njava.lang.IllegalStateException: x\n\tat a.B.c(B.java:1)\n"
                                + "Caused by: java.io.IOException: y\n\t... 3 more",
                        "2026-11-24 10:00:01.123 INFO [main] a.B - goes on"));
        GROUPS.put(
                "audit",
                List.of(
                        "type=SYSCALL msg=audit(1795485600.123:7): arch=c000003e syscall=59 success=yes\n"
                                + "type=EXECVE msg=audit(1795485600.123:7): argc=1 a0=\"id\"",
                        "type=SYSCALL msg=audit(1795485600.124:8): arch=c000003e syscall=59 success=yes"));
        GROUPS.put(
                "event xml",
                List.of(
                        "<Event xmlns='x'><System><EventID>1</EventID></System>\n<EventData/>\n</Event>",
                        "<Event xmlns='x'><System><EventID>2</EventID></System></Event>"));
    }

    @Test
    void auto_puts_lines_together_and_commits_an_offset_only_when_kafka_has_the_whole_group() throws Exception {
        for (Map.Entry<String, List<String>> kind : GROUPS.entrySet()) {
            frames.clear();
            open.clear();
            Path file = log(kind.getKey().replace(' ', '-') + ".log");
            FileTail tail = tail(file.toString(), "auto");
            String first = kind.getValue().get(0);
            String text = String.join("\n", kind.getValue()) + "\n";
            int half = first.indexOf('\n') + 1;
            append(file, text.substring(0, half));
            poll(tail);
            assertThat(texts()).as(kind.getKey() + ": the first line waits").isEmpty();
            assertThat(tail.states().get(0).committed()).isZero();
            away = true;
            append(file, text.substring(half));
            poll(tail);
            quiet(tail);
            assertThat(texts()).as(kind.getKey()).isEqualTo(kind.getValue());
            assertThat(tail.states().get(0).committed()).as(kind.getKey()).isZero();
            open.get(0).complete(null);
            poll(tail);
            assertThat(tail.states().get(0).committed())
                    .as(kind.getKey())
                    .isEqualTo(first.getBytes(StandardCharsets.UTF_8).length + 1L);
            away = false;
            open.forEach(answer -> answer.complete(null));
            poll(tail);
            assertThat(tail.states().get(0).committed()).isEqualTo(Files.size(file));
            tail.close();
        }
    }

    @Test
    void a_containers_cut_lines_are_one_frame_in_files_of_cri_and_of_docker() throws Exception {
        String time = "2026-11-24T02:00:00.123456789Z";
        Map<String, String> files = Map.of(
                "cri", time + " stdout P one \n" + time + " stderr F other\n" + time + " stdout F two\n",
                "docker",
                        "{\"log\":\"one \",\"stream\":\"stdout\",\"time\":\"" + time + "\"}\n"
                                + "{\"log\":\"other\\n\",\"stream\":\"stderr\",\"time\":\"" + time + "\"}\n"
                                + "{\"log\":\"two\\n\",\"stream\":\"stdout\",\"time\":\"" + time + "\"}\n");
        Map<String, List<String>> expected = Map.of(
                "cri", List.of(time + " stderr F other", time + " stdout F one two"),
                "docker",
                        List.of(
                                "{\"log\":\"other\\n\",\"stream\":\"stderr\",\"time\":\"" + time + "\"}",
                                "{\"log\":\"one two\\n\",\"stream\":\"stdout\",\"time\":\"" + time + "\"}"));
        for (String format : List.of("container", "auto")) {
            for (String kind : files.keySet()) {
                frames.clear();
                Path file = log(kind + format + ".log");
                FileTail tail = tail(file.toString(), format);
                append(file, files.get(kind).replace("other", format));
                poll(tail);
                assertThat(texts())
                        .as(kind + " by " + format)
                        .isEqualTo(expected.get(kind).stream()
                                .map(text -> text.replace("other", format))
                                .toList());
                assertThat(tail.states().get(0).committed()).isEqualTo(Files.size(file));
                assertThat(frames.get(1).lines()).isEqualTo(2);
                tail.close();
            }
        }
    }
}
