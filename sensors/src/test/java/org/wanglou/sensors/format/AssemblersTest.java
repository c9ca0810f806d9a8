package org.wanglou.sensors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.frame.Frame;
import org.wanglou.sensors.frame.Outer;

class AssemblersTest {
    private final List<Boolean> cuts = new ArrayList<>();
    private final List<Long> tags = new ArrayList<>();

    private List<String> frames(Assembler assembler, String... lines) {
        List<String> frames = new ArrayList<>();
        Assembler.Groups groups = (bytes, of, cut) -> {
            frames.add(new String(bytes, StandardCharsets.UTF_8));
            cuts.add(cut);
            Arrays.stream(of).forEach(tags::add);
        };
        for (int i = 0; i < lines.length; i++) {
            assembler.add(lines[i].getBytes(StandardCharsets.UTF_8), i, groups);
        }
        assembler.end(groups);
        assertThat(assembler.pending()).isZero();
        return frames;
    }

    private List<String> frames(String format, String... lines) {
        return frames(Formats.named(format).orElseThrow().assembler(), lines);
    }

    private static String group(String... lines) {
        return String.join("\n", lines);
    }

    @Test
    void java_traces_belong_to_the_line_they_follow_whoever_wrote_it() {
        String[] logback = {
            "2026-11-25 10:00:00.123 ERROR [http-1] c.e.Login - sign-in failed",
            "java.lang.IllegalStateException: no session",
            "\tat cn.edu.Login.check(Login.java:31)",
            "at cn.edu.Login.trimmed(Login.java:1)",
            "\t... 23 more",
            "Caused by: java.io.IOException: closed",
            "    Suppressed: java.lang.Error",
        };
        String[] catalina = {"25-Nov-2026 10:00:01.000 SEVERE [main] org.apache.catalina.X msg", "\tjava.lang.Error: x"
        };
        String[] twoLines = {"Nov 25, 2026 10:00:02 AM org.apache.catalina.core.X invoke", "SEVERE: Servlet threw"};
        String plain = "2026-11-25 10:00:03.123 INFO [http-1] c.e.Login - fine";
        String header = "<13>Nov 25 10:00:00 web01 app: one";
        List<String> lines = new ArrayList<>();
        for (String[] some : List.of(logback, catalina, twoLines)) {
            lines.addAll(List.of(some));
        }
        lines.addAll(List.of(plain, header, header));
        for (String format : List.of("auto", "syslog")) {
            assertThat(frames(format, lines.toArray(new String[0])))
                    .containsExactly(group(logback), group(catalina), group(twoLines), plain, header, header);
        }
    }

    @Test
    void python_tracebacks_end_with_what_was_raised_and_go_on_over_a_chain() {
        String[] chain = {
            "ERROR:root:import failed",
            "Traceback (most recent call last):",
            "  File \"a.py\", line 1, in <module>",
            "    go()",
            "ValueError: 无效",
            "",
            "During handling of the above exception, another exception occurred:",
            "",
            "Traceback (most recent call last):",
            "  File \"a.py\", line 9, in <module>",
            "RuntimeError",
        };
        List<String> lines = new ArrayList<>(List.of(chain));
        lines.add("INFO:root:next");
        assertThat(frames("auto", lines.toArray(new String[0]))).containsExactly(group(chain), "INFO:root:next");
    }

    @Test
    void audit_records_of_one_action_are_one_group_and_an_event_each_that_knows_who_did_it() {
        String syscall =
                "type=SYSCALL msg=audit(1795485600.123:4711): arch=c000003e syscall=59 success=no pid=11 uid=1003"
                        + " exe=\"/usr/bin/cat\" key=\"secrets\"";
        String path = "type=PATH msg=audit(1795485600.123:4711): item=0 name=\"/etc/shadow\"";
        String user = "type=USER_AUTH msg=audit(1795485600.200:4712): pid=20 uid=0 msg='op=PAM res=failed'";
        for (String before : List.of("", "<86>Nov 25 10:00:00 db01 audispd: ", "node=db01 ")) {
            assertThat(frames("auditd", before + syscall, before + path, before + user, before + user))
                    .containsExactly(group(before + syscall, before + path), before + user, before + user);
        }
        for (String name : List.of("auditd", "auto")) {
            Frame frame = new Frame(
                    group(syscall, path).getBytes(StandardCharsets.UTF_8),
                    "",
                    1_795_485_600_000L,
                    "o",
                    false,
                    "",
                    2,
                    Outer.NONE);
            Decoded decoded = Formats.named(name).orElseThrow().decode(frame, ZoneId.of("Asia/Shanghai"));
            assertThat(decoded).as(name).isInstanceOf(Decoded.Events.class);
            List<Event.Builder> events = ((Decoded.Events) decoded).events();
            assertThat(events).hasSize(2);
            assertThat(events.get(1).get("auditd.log.record_type")).isEqualTo("PATH");
            assertThat(events.get(1).get("user.id")).isEqualTo("1003");
            assertThat(events.get(1).get(Ecs.EVENT_OUTCOME)).isEqualTo("failure");
            assertThat(events.get(1).get(Ecs.EVENT_ORIGINAL)).isEqualTo(path);
        }
    }

    @Test
    void sections_of_modsecurity_run_from_a_to_z() {
        String[] audit = {
            "--b7a8c1e2-A--",
            "[25/Nov/2026:10:00:00 +0800] id",
            "",
            "--b7a8c1e2-B--",
            "GET / HTTP/1.1",
            "Host: a",
            "--b7a8c1e2-H--",
            "Message: Warning.",
            "--b7a8c1e2-Z--"
        };
        List<String> lines = new ArrayList<>(List.of(audit));
        lines.add("next");
        assertThat(frames("auto", lines.toArray(new String[0]))).containsExactly(group(audit), "next");
    }

    @Test
    void statements_of_databases_go_on_until_the_next_time() {
        String[] slow = {
            "# User@Host: app[app] @ [10.0.0.1]", "# Query_time: 3.1", "SET timestamp=1;", "SELECT 1", "FROM a;"
        };
        assertThat(frames("mysql-slow", slow)).containsExactly(group(slow));
        String[] statement = {"2026-11-25 10:00:00.000 CST [1] ERROR:  syntax", "\tSELECT", "no blank here"};
        String next = "2026-11-25 10:00:01.000 CST [1] LOG:  x";
        assertThat(frames("postgresql", statement[0], statement[1], statement[2], next))
                .containsExactly(group(statement), next);
    }

    @Test
    void an_object_that_never_closed_takes_nothing_with_it() {
        assertThat(frames("json", "{", "  \"a\": 1", "}", "{\"b\": {\"c\":", "{\"d\":1}", "{\"e\":2}"))
                .containsExactly("{\n  \"a\": 1\n}", "{\"b\": {\"c\":", "{\"d\":1}", "{\"e\":2}");
    }

    @Test
    void a_header_stands_before_every_line_and_a_lone_number_sign_is_a_line() {
        assertThat(frames(
                        "auto",
                        "#Fields: date time",
                        "2026-11-25 10:00:00",
                        "# Time: 261125",
                        "<13>Nov 25 10:00:00 a b: c"))
                .containsExactly(
                        "#Fields: date time\n2026-11-25 10:00:00", "# Time: 261125", "<13>Nov 25 10:00:00 a b: c");
    }

    @Test
    void bounds_close_a_group_and_mark_it_and_its_rest_and_every_line_is_in_one_frame() {
        String[] lines = new String[4_500];
        Arrays.fill(lines, "\tat a.b(C.java:1)");
        lines[0] = "2026-11-25 10:00:00 ERROR x";
        assertThat(frames("auto", lines)).hasSize(3);
        assertThat(cuts).containsExactly(true, true, true);
        assertThat(tags).hasSize(4_500).isSorted();
        cuts.clear();
        String large = " " + "x".repeat(600_000);
        assertThat(frames("auto", "one", large, large, "two")).hasSize(3);
        assertThat(cuts).containsExactly(true, true, false);
    }

    @Test
    void whatever_comes_every_line_that_is_no_header_is_in_exactly_one_frame() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        String[] parts = {
            "#Fields: a",
            "{",
            "}",
            "{\"a\":",
            "Traceback (most recent call last):",
            "  x",
            "type=A msg=audit(1.1:2): x",
            "type=A msg=audit(1.1:3): x",
            "",
            "--abcd1234-A--",
            "--abcd1234-Z--",
            "2026-11-25 10:00:00 x",
            "# User@Host: x",
            "\"",
            "["
        };
        for (Format format : Formats.all()) {
            for (int round = 0; round < 20; round++) {
                Assembler assembler = format.assembler();
                List<Long> given = new ArrayList<>();
                List<Long> taken = new ArrayList<>();
                Assembler.Groups groups = (bytes, of, cut) -> Arrays.stream(of).forEach(taken::add);
                for (long i = 0; i < 60; i++) {
                    byte[] line = parts[random.nextInt(parts.length)].getBytes(StandardCharsets.UTF_8);
                    if (!assembler.header(line)) {
                        given.add(i);
                    }
                    assembler.add(line, i, groups);
                    assertThat(assembler.pending()).as(format.name()).isEqualTo(given.size() - taken.size());
                }
                assembler.end(groups);
                assertThat(taken).as(format.name() + " seed " + seed).containsExactlyElementsOf(given);
            }
        }
    }

    private List<String> rule(String pattern, boolean negate, Multiline.Match match, String... lines) {
        return frames(new Multiline(Multiline.pattern(pattern), negate, match, 3, 1_000).assembler(), lines);
    }

    @Test
    void a_rule_of_the_operator_means_what_filebeat_means_by_it() {
        assertThat(rule("^b", false, Multiline.Match.AFTER, "a", "b", "b", "a", "b"))
                .containsExactly("a\nb\nb", "a\nb");
        assertThat(rule("^b", false, Multiline.Match.BEFORE, "b", "b", "a", "b", "a"))
                .containsExactly("b\nb\na", "b\na");
        assertThat(rule("^b", true, Multiline.Match.AFTER, "b", "a", "a", "b", "a"))
                .containsExactly("b\na\na", "b\na");
        assertThat(rule("^b", true, Multiline.Match.BEFORE, "a", "a", "b", "a", "b"))
                .containsExactly("a\na\nb", "a\nb");
        cuts.clear();
        assertThat(rule("^b", false, Multiline.Match.AFTER, "a", "b", "b", "b", "c"))
                .containsExactly("a\nb\nb", "b", "c");
        assertThat(cuts).containsExactly(true, true, false);
        assertThat(rule("^续", false, Multiline.Match.AFTER, "甲", "续")).containsExactly("甲\n续");
    }

    @Test
    void a_pattern_that_would_need_backtracking_is_refused_with_the_reason() {
        assertThatThrownBy(() -> Multiline.pattern("(?=a)b")).hasMessageContaining("no look-around");
        assertThatThrownBy(() -> Multiline.pattern("(a)\\1")).hasMessageContaining("no back references");
        assertThatThrownBy(() -> Multiline.pattern("")).hasMessageContaining("1 to 1024");
    }
}
