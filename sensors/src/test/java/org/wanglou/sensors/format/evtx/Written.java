package org.wanglou.sensors.format.evtx;

import static org.wanglou.sensors.format.evtx.EvtxWriter.attribute;
import static org.wanglou.sensors.format.evtx.EvtxWriter.element;
import static org.wanglou.sensors.format.evtx.EvtxWriter.instance;
import static org.wanglou.sensors.format.evtx.EvtxWriter.nested;
import static org.wanglou.sensors.format.evtx.EvtxWriter.none;
import static org.wanglou.sensors.format.evtx.EvtxWriter.slot;
import static org.wanglou.sensors.format.evtx.EvtxWriter.string;
import static org.wanglou.sensors.format.evtx.EvtxWriter.text;
import static org.wanglou.sensors.format.evtx.EvtxWriter.u16Value;
import static org.wanglou.sensors.format.evtx.EvtxWriter.u32Value;
import static org.wanglou.sensors.format.evtx.EvtxWriter.u64Value;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.sensors.format.Container.Piece;
import org.wanglou.sensors.format.Container.Pieces;
import org.wanglou.sensors.format.evtx.EvtxWriter.Part;
import org.wanglou.sensors.format.evtx.EvtxWriter.Value;

/** Events as Windows writes them, in the System template all of them share, and what reading gives. */
final class Written {
    private static final Part SYSTEM = element(
            "Event",
            17,
            List.of(attribute("xmlns", text("http://schemas.microsoft.com/win/2004/08/events/event"))),
            element(
                    "System",
                    element(
                            "Provider",
                            0xffff,
                            List.of(attribute("Name", slot(14, 1)), attribute("Guid", slot(15, 0xf)))),
                    element("EventID", 3, List.of(attribute("Qualifiers", slot(4, 6))), slot(3, 6)),
                    element("Version", 11, List.of(), slot(11, 4)),
                    element("Level", 0, List.of(), slot(0, 4)),
                    element("Keywords", 5, List.of(), slot(5, 0x15)),
                    element("TimeCreated", 0xffff, List.of(attribute("SystemTime", slot(6, 0x11)))),
                    element("EventRecordID", 10, List.of(), slot(10, 0xa)),
                    element("Correlation", 0xffff, List.of(attribute("ActivityID", slot(7, 0xf)))),
                    element(
                            "Execution",
                            0xffff,
                            List.of(attribute("ProcessID", slot(8, 8)), attribute("ThreadID", slot(9, 8)))),
                    element("Channel", 16, List.of(), slot(16, 1)),
                    element("Computer", text("bg-dc01.example")),
                    element("Security", 0xffff, List.of(attribute("UserID", slot(12, 0x13))))),
            slot(17, 0x21));

    private Written() {}

    static Part event(long id, int code, String channel, String provider, Value data) {
        Value[] values = new Value[18];
        java.util.Arrays.fill(values, none());
        values[0] = new Value(4, out -> out.bytes(4));
        values[3] = u16Value(code);
        values[5] = u64Value(0x15, code == 4625 ? 0x8010000000000000L : 0x8020000000000000L);
        values[6] = u64Value(0x11, EvtxWriter.TIME);
        values[8] = u32Value(508);
        values[9] = u32Value(1032);
        values[10] = u64Value(0xa, id);
        values[11] = new Value(4, out -> out.bytes(0));
        values[14] = string(provider);
        values[16] = string(channel);
        values[17] = data;
        return instance("system", SYSTEM, values);
    }

    /** EventData with named values, in a template of its own. */
    static Value data(Map<String, Value> fields) {
        List<Part> parts = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        fields.forEach((name, value) -> {
            int index = values.size();
            parts.add(element("Data", 0xffff, List.of(attribute("Name", text(name))), slot(index, value.type())));
            values.add(value);
        });
        return nested(instance(
                "data" + fields.keySet(),
                element("EventData", parts.toArray(new Part[0])),
                values.toArray(new Value[0])));
    }

    static Part logon(long id) {
        return event(
                id,
                4625,
                "Security",
                "Microsoft-Windows-Security-Auditing",
                data(new java.util.TreeMap<>(Map.of(
                        "TargetUserName", string("张三"),
                        "IpAddress", string("203.0.113.9"),
                        "IpPort", string("50211"),
                        "LogonType", u32Value(3),
                        "ProcessId", u64Value(0x15, 0x1f0)))));
    }

    static List<Piece> read(byte[] file) {
        List<Piece> pieces = new ArrayList<>();
        Pieces reading = new EvtxContainer().open(new ByteArrayInputStream(file));
        try {
            for (Optional<Piece> piece = reading.next(); piece.isPresent(); piece = reading.next()) {
                pieces.add(piece.get());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return pieces;
    }

    static List<String> xml(byte[] file) {
        return read(file).stream()
                .filter(Piece.Message.class::isInstance)
                .map(piece -> new String(((Piece.Message) piece).bytes(), StandardCharsets.UTF_8))
                .toList();
    }

    static List<String> damage(byte[] file) {
        return read(file).stream()
                .filter(Piece.Damage.class::isInstance)
                .map(piece -> ((Piece.Damage) piece).place() + ": " + ((Piece.Damage) piece).reason())
                .toList();
    }
}
