package org.wanglou.sensors.format.vary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where a shape has only the message that Windows rendered, the message gives the fields it was rendered from. */
class WindowsMessagesTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    /** Of the System part Snare has channel, id, time, source, computer, result and task, no more. */
    private static final Set<String> NOT_IN_SNARE = Set.of(
            "winlog.provider_guid",
            "winlog.opcode",
            "winlog.version",
            "winlog.process.pid",
            "winlog.process.thread.id",
            "winlog.record_id",
            "winlog.user.identifier",
            "winlog.user_data.xml_name");

    @Test
    void the_message_of_snare_gives_the_fields_of_event_data_in_english_and_in_chinese() {
        long seed = System.nanoTime();
        System.out.println("windows messages seed=" + seed);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (WindowsRecord one : WindowsRecord.all(new Random(seed))) {
            if (!WindowsMessages.renders(one)) {
                continue;
            }
            for (boolean chinese : new boolean[] {false, true}) {
                Map<String, String> expected = expected(one);
                for (String said : List.of("  ", " ")) {
                    String text = snare(one, chinese, said);
                    for (String format : List.of("windows-snare", "auto")) {
                        compared++;
                        compare(one, format, expected, text, differences);
                    }
                }
                String json = WindowsShapes.json(nxlog(one, chinese));
                compare(one, "windows-event-json", expected, json, differences);
            }
        }
        assertThat(String.join("\n", differences)).as("seed %d", seed).isEmpty();
        assertThat(compared).isGreaterThan(200);
    }

    private static void compare(
            WindowsRecord one, String format, Map<String, String> expected, String text, List<String> differences) {
        Map<String, String> got = WindowsShapesTest.plain(Fields.of(format, text));
        got.keySet().removeAll(NOT_IN_SNARE);
        got.keySet().removeIf(name -> name.startsWith("log.syslog") || name.equals("log.level"));
        got.replaceAll((name, value) -> name.endsWith("PrivilegeList") ? value.replaceAll("\\s+", " ") : value);
        String difference = WindowsShapesTest.difference(expected, got);
        if (!difference.isEmpty()) {
            differences.add(one.code() + " by " + format + ": " + difference + "\n    " + text);
        }
    }

    /** What event XML gives when it has the fields that the message tells, without what Snare has no place for. */
    private static Map<String, String> expected(WindowsRecord one) {
        Map<String, String> told = new LinkedHashMap<>(one.data());
        told.keySet().retainAll(WindowsMessages.told(one));
        WindowsRecord less = new WindowsRecord(
                one.code(),
                one.provider(),
                one.guid(),
                one.channel(),
                one.level(),
                one.task(),
                one.taskName(),
                one.keywords(),
                one.word().equals("Classic") ? "" : one.word(),
                one.id(),
                one.pid(),
                one.tid(),
                one.computer(),
                one.sid(),
                one.provider().endsWith("Sysmon")
                        ? one.time()
                        : one.time().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                told,
                one.xmlName());
        Map<String, String> expected =
                new TreeMap<>(WindowsShapesTest.plain(Fields.of("windows-event-xml", WindowsShapes.xml(less, ""))));
        expected.keySet().removeAll(NOT_IN_SNARE);
        expected.remove("log.level");
        if (one.word().equals("Classic")) {
            expected.remove("winlog.keywords");
        }
        expected.replaceAll((name, value) -> name.endsWith("PrivilegeList") ? value.replaceAll("\\s+", " ") : value);
        return expected;
    }

    private static String snare(WindowsRecord one, boolean chinese, String between) {
        String time = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ENGLISH)
                .withZone(SHANGHAI)
                .format(one.time());
        String result =
                switch (one.word()) {
                    case "Audit Success" -> chinese ? "审核成功" : "Success Audit";
                    case "Audit Failure" -> chinese ? "审核失败" : "Failure Audit";
                    default -> chinese ? "信息" : "Information";
                };
        String flat = WindowsMessages.text(one, chinese).replaceAll("[\\r\\n\\t]+", between);
        String task = one.taskName().isEmpty() ? Integer.toString(one.task()) : one.taskName();
        return "<13>Nov 24 10:17:00 PC09 MSWinEventLog\t1\t" + one.channel() + "\t77\t" + time + "\t" + one.code()
                + "\t" + one.provider() + "\tN/A\tN/A\t" + result + "\t" + one.computer() + "\t" + task + "\t\t" + flat
                + "\t78";
    }

    private static Map<String, Object> nxlog(WindowsRecord one, boolean chinese) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put(
                "EventTime",
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .withZone(SHANGHAI)
                        .format(one.time()));
        event.put("Hostname", one.computer());
        event.put(
                "EventType",
                one.word().isEmpty() || one.word().equals("Classic")
                        ? "INFO"
                        : one.word().toUpperCase(Locale.ROOT).replace(' ', '_'));
        event.put("EventID", one.code());
        event.put("SourceName", one.provider());
        event.put("Channel", one.channel());
        event.put("Category", one.taskName().isEmpty() ? Integer.toString(one.task()) : one.taskName());
        event.put("Message", WindowsMessages.text(one, chinese));
        return event;
    }
}
