package org.wanglou.sensors.format.evtx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wanglou.sensors.format.evtx.EvtxWriter.attribute;
import static org.wanglou.sensors.format.evtx.EvtxWriter.element;
import static org.wanglou.sensors.format.evtx.EvtxWriter.nested;
import static org.wanglou.sensors.format.evtx.EvtxWriter.none;
import static org.wanglou.sensors.format.evtx.EvtxWriter.slot;
import static org.wanglou.sensors.format.evtx.EvtxWriter.string;
import static org.wanglou.sensors.format.evtx.EvtxWriter.text;
import static org.wanglou.sensors.format.evtx.EvtxWriter.u64Value;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Event;
import org.wanglou.sensors.SensorConfig;
import org.wanglou.sensors.format.Container.Piece;
import org.wanglou.sensors.format.Decoded;
import org.wanglou.sensors.format.Format;
import org.wanglou.sensors.format.Formats;
import org.wanglou.sensors.format.evtx.EvtxWriter.Value;
import org.wanglou.sensors.frame.Frame;

/** Files as Windows writes them, whole and damaged. */
class EvtxFileTest {
    private static final String SYSTEM = """
            <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>\
            <Provider Name="P"/><EventID>7</EventID><Version>0</Version><Level>4</Level>\
            <Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime="2019-04-17T18:40:00.0000000Z"/>\
            <EventRecordID>1</EventRecordID><Correlation/><Execution ProcessID="508" ThreadID="1032"/>\
            <Channel>C</Channel><Computer>bg-dc01.example</Computer><Security/></System>""";

    private static Event decode(String format, String text) {
        Format named = Formats.named(format).orElseThrow();
        Decoded decoded = named.decode(
                new Frame(text.getBytes(StandardCharsets.UTF_8), "", 0, "o", false), ZoneId.of("Asia/Shanghai"));
        assertThat(decoded).isInstanceOf(Decoded.Events.class);
        return ((Decoded.Events) decoded)
                .events()
                .get(0)
                .set("event.original", null)
                .set("event.id", "i")
                .build();
    }

    private static byte[] one(Value data) {
        return new EvtxWriter().record(1, Written.event(1, 7, "C", "P", data)).file(0);
    }

    private static byte[] three() {
        return new EvtxWriter()
                .record(1, Written.logon(1))
                .record(2, Written.logon(2))
                .record(3, Written.logon(3))
                .next()
                .record(4, Written.logon(4))
                .file(0);
    }

    private static int find(byte[] file, int from, int... bytes) {
        for (int i = from; ; i++) {
            int same = 0;
            while (same < bytes.length && file[i + same] == (byte) bytes[same]) {
                same++;
            }
            if (same == bytes.length) {
                return i;
            }
        }
    }

    @Test
    void values_of_every_type_are_written_as_windows_writes_them() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("text", string("a<b>&\"c\"\r\n\u0001学校\0behind"));
        fields.put("ansi", new Value(2, out -> out.bytes('a', 'b', 0)));
        fields.put("int8", new Value(3, out -> out.bytes(-5)));
        fields.put("uint8", new Value(4, out -> out.bytes(250)));
        fields.put("int16", new Value(5, out -> out.u16(-6)));
        fields.put("int32", new Value(7, out -> out.u32(-7)));
        fields.put("uint32", new Value(8, out -> out.u32(-1)));
        fields.put("int64", u64Value(9, -8));
        fields.put("uint64", u64Value(0xa, -1));
        fields.put("float", new Value(0xb, out -> out.u32(Float.floatToIntBits(1.5f))));
        fields.put("double", u64Value(0xc, Double.doubleToLongBits(2)));
        fields.put("bool", new Value(0xd, out -> out.u32(1)));
        fields.put("odd", new Value(0xd, out -> out.u32(17)));
        fields.put("binary", new Value(0xe, out -> out.bytes(0xca, 0xfe)));
        fields.put("guid", new Value(0xf, out -> {
            out.u32(0x11cd958a);
            out.u16(0xc507);
            out.u16(0x4ef3);
            out.bytes(0xb3, 0xf2, 0x5f, 0xd9, 0xdf, 0xbd, 0x2c, 0x78);
        }));
        fields.put("size", u64Value(0x10, 255));
        fields.put("filetime", u64Value(0x11, EvtxWriter.TIME + 1));
        fields.put("systemtime", new Value(0x12, out -> {
            for (int part : new int[] {2026, 11, 3, 25, 12, 34, 56, 7}) {
                out.u16(part);
            }
        }));
        fields.put("sid", new Value(0x13, out -> {
            out.bytes(1, 2, 0, 0, 0, 0, 0, 5);
            out.u32(32);
            out.u32(-1);
        }));
        fields.put("hex32", new Value(0x14, out -> out.u32(0x1f0)));
        fields.put("hex64", u64Value(0x15, -1));
        fields.put("null", none());
        assertThat(Written.xml(one(Written.data(fields))))
                .containsExactly(SYSTEM + "<EventData>"
                        + "<Data Name=\"text\">a&lt;b&gt;&amp;\"c\"&#13;\n&#1;学校</Data><Data Name=\"ansi\">ab</Data>"
                        + "<Data Name=\"int8\">-5</Data><Data Name=\"uint8\">250</Data><Data Name=\"int16\">-6</Data>"
                        + "<Data Name=\"int32\">-7</Data><Data Name=\"uint32\">4294967295</Data>"
                        + "<Data Name=\"int64\">-8</Data><Data Name=\"uint64\">18446744073709551615</Data>"
                        + "<Data Name=\"float\">1.5</Data><Data Name=\"double\">2</Data><Data Name=\"bool\">true</Data><Data Name=\"odd\">17</Data>"
                        + "<Data Name=\"binary\">CAFE</Data>"
                        + "<Data Name=\"guid\">{11cd958a-c507-4ef3-b3f2-5fd9dfbd2c78}</Data>"
                        + "<Data Name=\"size\">0xff</Data>"
                        + "<Data Name=\"filetime\">2019-04-17T18:40:00.0000001Z</Data>"
                        + "<Data Name=\"systemtime\">2026-11-25T12:34:56.0070000Z</Data>"
                        + "<Data Name=\"sid\">S-1-5-32-4294967295</Data><Data Name=\"hex32\">0x1f0</Data>"
                        + "<Data Name=\"hex64\">0xffffffffffffffff</Data><Data Name=\"null\"/></EventData></Event>");
    }

    @Test
    void an_array_is_one_element_for_each_item_and_a_record_without_data_is_a_record() {
        Value strings = new Value(0x81, out -> out.chars("a\0\0c\0"));
        Value numbers = new Value(0x86, out -> {
            out.u16(1);
            out.u16(2);
        });
        Value data = nested(EvtxWriter.instance(
                "arrays",
                element(
                        "EventData",
                        element("Data", slot(0, 0x81)),
                        element("N", 0xffff, List.of(attribute("all", slot(1, 0x86))), slot(1, 0x86)),
                        element("Binary", 2, List.of(), slot(2, 0xe))),
                strings,
                numbers,
                none()));
        assertThat(Written.xml(one(data)))
                .containsExactly(SYSTEM + "<EventData><Data>a</Data><Data/><Data>c</Data>"
                        + "<N all=\"1\">1</N><N all=\"2\">2</N></EventData></Event>");
        assertThat(Written.xml(one(none()))).containsExactly(SYSTEM + "</Event>");
    }

    @Test
    void a_record_has_the_fields_of_the_same_event_in_xml_and_in_the_tree_of_a_dump_tool() {
        byte[] file = new EvtxWriter().record(1, Written.logon(1)).file(0);
        Event read = decode("evtx", Written.xml(file).get(0));
        String exported = """
                <?xml version="1.0" encoding="utf-8"?>
                <Events><Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>
                <System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID>
                <Version>0</Version><Level>4</Level><Keywords>0x8010000000000000</Keywords>
                <TimeCreated SystemTime='2019-04-17T18:40:00.000000000Z'/><EventRecordID>1</EventRecordID>
                <Execution ProcessID='508' ThreadID='1032'/><Channel>Security</Channel>
                <Computer>bg-dc01.example</Computer><Security/></System><EventData>
                <Data Name='IpAddress'>203.0.113.9</Data><Data Name='IpPort'>50211</Data><Data Name='LogonType'>3</Data>
                <Data Name='ProcessId'>0x1f0</Data><Data Name='TargetUserName'>张三</Data></EventData></Event></Events>""";
        String tree = """
                {"Event":{"#attributes":{"xmlns":"http://schemas.microsoft.com/win/2004/08/events/event"},"System":{
                "Provider":{"#attributes":{"Name":"Microsoft-Windows-Security-Auditing"}},"EventID":4625,"Version":0,
                "Level":4,"Keywords":"0x8010000000000000",
                "TimeCreated":{"#attributes":{"SystemTime":"2019-04-17T18:40:00.000000Z"}},"EventRecordID":1,
                "Execution":{"#attributes":{"ProcessID":508,"ThreadID":1032}},"Channel":"Security",
                "Computer":"bg-dc01.example"},"EventData":{"IpAddress":"203.0.113.9","IpPort":"50211","LogonType":3,
                "ProcessId":"0x1f0","TargetUserName":"张三"}}}""";
        assertThat(read.get("source.ip")).isEqualTo("203.0.113.9");
        assertThat(read.get("user.name")).isEqualTo("张三");
        assertThat(read.get("event.action")).isEqualTo("logon-failed");
        assertThat(read.get("event.outcome")).isEqualTo("failure");
        assertThat(decode("windows-event-xml", exported)).isEqualTo(read);
        assertThat(decode("windows-event-json", tree)).hasToString(read.toString());
    }

    @Test
    void an_id_is_made_from_computer_channel_record_and_chunk() {
        List<String> origins = Written.read(three()).stream()
                .map(piece -> ((Piece.Message) piece).origin())
                .toList();
        assertThat(origins)
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allMatch(origin -> origin.matches("evtx/bg-dc01\\.example/Security/[1-4]/[0-9a-f]{64}"));
        assertThat(origins.get(0).substring(36)).isEqualTo(origins.get(1).substring(36));
        assertThat(Written.read(three()).stream().map(piece -> ((Piece.Message) piece).origin()))
                .isEqualTo(origins);
    }

    @Test
    void a_damaged_record_is_told_and_the_rest_is_read() {
        byte[] file = three();
        int second = find(file, 4096 + 600, 0x2a, 0x2a, 0, 0);
        file[second + 28] = 0x33;
        assertThat(Written.xml(file)).hasSize(3);
        assertThat(Written.damage(file))
                .contains(
                        "chunk 0 record 2: has a token that does not exist",
                        "chunk 0: the checksum of its records is wrong");
    }

    @Test
    void a_record_whose_size_is_wrong_costs_itself_alone() {
        byte[] file = three();
        int second = find(file, 4096 + 600, 0x2a, 0x2a, 0, 0);
        file[second + 4] = 1;
        file[second + 5] = 0;
        assertThat(Written.xml(file)).hasSize(3);
        assertThat(Written.damage(file)).anyMatch(said -> said.contains("chunk 0: no record where one should begin"));
    }

    @Test
    void records_are_found_in_a_chunk_without_signature_and_in_a_file_without_header() {
        byte[] file = three();
        file[4096] = 'X';
        file[0] = 'X';
        assertThat(Written.xml(file)).hasSize(4);
        assertThat(Written.damage(file))
                .containsExactly(
                        "file header: is no EVTX file: its signature is missing", "chunk 0: has no chunk's signature");
    }

    @Test
    void a_file_that_was_cut_off_gives_what_is_there() {
        byte[] file = three();
        for (int length : new int[] {0, 8, 127, 4000, 4096, 4100, 4608, 6000, 70_000}) {
            List<Piece> pieces = Written.read(java.util.Arrays.copyOf(file, length));
            assertThat(pieces.stream().anyMatch(Piece.Damage.class::isInstance))
                    .as("length " + length)
                    .isEqualTo(length != 4096);
        }
        assertThat(Written.xml(java.util.Arrays.copyOf(file, 4096 + 65_536 + 700)))
                .hasSize(3);
    }

    @Test
    void behind_the_last_record_only_a_file_that_was_not_closed_is_read_on() {
        byte[] file = three();
        int third = find(file, find(file, 4096 + 600, 0x2a, 0x2a, 0, 0) + 4, 0x2a, 0x2a, 0, 0);
        java.nio.ByteBuffer.wrap(file).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(4096 + 48, third - 4096);
        java.nio.ByteBuffer.wrap(file)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(4096 + 52, EvtxWriter.crc(file, 4096 + 512, third, 0, 0))
                .putInt(4096 + 124, EvtxWriter.crc(file, 4096, 4096 + 120, 4096 + 128, 4096 + 512));
        assertThat(Written.xml(file)).as("slack").hasSize(3);
        file[120] = 1;
        java.nio.ByteBuffer.wrap(file)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(124, EvtxWriter.crc(file, 0, 120, 0, 0));
        assertThat(Written.xml(file)).as("not closed").hasSize(4);
        assertThat(Written.damage(file)).isEmpty();
    }

    @Test
    void a_live_source_of_event_log_files_is_refused_and_the_remedy_named() {
        for (String format : List.of("evtx", "auto")) {
            assertThatThrownBy(() -> SensorConfig.file(
                            "seized",
                            "/seized/Security.evtx",
                            Formats.named(format).orElseThrow(),
                            ZoneId.of("Asia/Shanghai"),
                            ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sensor seized")
                    .hasMessageContaining("wanglou normalize --format evtx");
        }
    }

    @Test
    void a_name_cannot_become_markup() {
        byte[] file = new EvtxWriter()
                .record(1, Written.event(1, 7, "C", "P", nested(element("a><System/><b", text("x")))))
                .file(0);
        assertThat(Written.xml(file)).containsExactly(SYSTEM + "<a__System___b>x</a__System___b></Event>");
    }
}
