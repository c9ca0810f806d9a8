package org.wanglou.correlator.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.bus.codec.EventCodec;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.rules.sigma.match.view.EventReader;
import org.wanglou.rules.sigma.match.view.Names;
import org.wanglou.rules.sigma.match.view.RecordReader;
import org.wanglou.rules.sigma.match.view.View;

/** A record read where it stands gives what decoding gives, or says that it has to be decoded. */
class RecordReaderTest {
    private static final Names NAMES = new Names(Set.of("a", "a.b", "x.y.z", "winlog.event_data.Image", "名"));

    private final View view = new View(NAMES);
    private final RecordReader reader = new RecordReader(view);
    private final View decoded = new View(NAMES);

    @Test
    void generated_records_give_the_same_either_way() {
        long seed = Long.getLong("wanglou.seed", 20_261_125);
        System.out.println("RecordReaderTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int count = Boolean.getBoolean("wanglou.full") ? 3_000_000 : 60_000;
        int read = 0;
        for (int i = 0; i < count; i++) {
            byte[] record = new Json(random).object(0).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(5) == 0) {
                record[random.nextInt(record.length)] = (byte) random.nextInt(256);
            }
            read += same(record) ? 1 : 0;
        }
        assertThat(read).as("records that need no decoding").isGreaterThan(count / 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"a\\u0041\\ud83d\\ude00\\\\ \\\"x\\\"\"}",
                "{\"message\":\"\\ud800 half\"}",
                "{\"a\":{\"b\":1}}",
                "{\"a.b\":1,\"x\":{\"y.z\":[1,\"2\",true,1.5]}}",
                "{\"@timestamp\":\"2026-02-29T00:00:00Z\"}",
                "{\"@timestamp\":\"2024-02-29T23:59:59.999Z\",\"event\":{\"ingested\":17}}",
                "{\"source\":{\"port\":\"22\",\"ip\":[\"192.0.2.1\"]},\"tags\":\"one\"}",
                "{\"message\":\"全角 ＡＢＣ İı ſ\u212A\"}",
                " {\"a\": null , \"message\" : \"\" } \n"
            })
    void usual_records_are_read_where_they_stand(String json) throws IOException {
        byte[] record = json.getBytes(StandardCharsets.UTF_8);
        boolean valid = !json.contains("02-29T00");
        assertThat(same(record)).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a.b\":1,\"a\":{\"b\":2}}",
                "{\"a\":{}}",
                "{\"a\":[{\"b\":1}]}",
                "{\"a\":[[1]]}",
                "{\"a\":[null]}",
                "{\"a\":12345678901234567890}",
                "{\"a\":-0}",
                "{\"a\":01}",
                "{\"a\":1e5}",
                "{\"source\":{\"port\":\"many\"}}",
                "{\"source\":{\"port\":1.5}}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"b\"",
                "{\"a\":\"b\"} x",
                "[]",
                ""
            })
    void what_is_unusual_or_malformed_is_left_to_decoding(String json) {
        assertThat(reader.read(json.getBytes(StandardCharsets.UTF_8), 0, json.length()))
                .isFalse();
    }

    /** Whether the record is read where it stands; then it has to give what decoding gives. */
    private boolean same(byte[] record) {
        if (!reader.read(record, 0, record.length)) {
            return false;
        }
        String json = new String(record, StandardCharsets.UTF_8);
        Event event;
        try {
            event = EventCodec.decode(record);
        } catch (IOException e) {
            throw new AssertionError("read, but no record: " + json, e);
        }
        for (int field = 0; field < NAMES.size(); field++) {
            assertThat(view.value(field))
                    .as("%s of %s", NAMES.name(field), json)
                    .isEqualTo(event.get(NAMES.name(field)));
        }
        EventReader.read(event, decoded, true);
        assertThat(texts(view)).as(json).containsExactlyInAnyOrderElementsOf(texts(decoded));
        return true;
    }

    private static List<String> texts(View view) {
        List<String> texts = new ArrayList<>();
        for (int value = 0; value < view.size; value++) {
            view.ready(value);
            texts.add(view.text(value)
                    + '|'
                    + new String(
                                    view.folded[value],
                                    view.foldedFrom[value],
                                    view.foldedLength[value],
                                    StandardCharsets.ISO_8859_1)
                            .toLowerCase(java.util.Locale.ROOT));
        }
        return texts;
    }

    /** Records with everything in them that a sender may write. */
    private record Json(SplittableRandom random) {
        private static final List<String> KEYS = List.of(
                "a",
                "b",
                "x",
                "y",
                "z",
                "a.b",
                "y.z",
                "x.y.z",
                "unknown",
                "event",
                "category",
                "id",
                "source",
                "port",
                "ip",
                "tags",
                "message",
                "winlog",
                "event_data",
                "Image",
                "process",
                "pid",
                "名");
        private static final String LETTERS = "abcK09 /\\\"\n\té图\u212A\u0130Ａß😀";

        String object(int depth) {
            StringBuilder json = new StringBuilder("{");
            int members = random.nextInt(depth == 0 ? 6 : 3) + (depth == 0 ? 1 : 0);
            for (int i = 0; i < members; i++) {
                json.append(i == 0 ? "" : random.nextInt(4) == 0 ? " , " : ",");
                if (random.nextInt(3) == 0) {
                    String slot = Ecs.at(random.nextInt(Ecs.slots())).name();
                    json.append(string(slot)).append(':').append(value(depth));
                } else {
                    json.append(string(KEYS.get(random.nextInt(KEYS.size()))))
                            .append(':')
                            .append(value(depth));
                }
            }
            return json.append('}').toString();
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 2 ? 7 : 9)) {
                case 0 -> String.valueOf(random.nextLong(-100_000, 100_000));
                case 1 -> List.of("1.5", "-0.0", "1.0", "100000.25", "1e3", "0").get(random.nextInt(6));
                case 2 -> List.of("true", "false", "null").get(random.nextInt(3));
                case 3 ->
                    "\"2026-11-2" + random.nextInt(10) + "T0" + random.nextInt(10) + ":30:00." + random.nextInt(1000)
                            + "Z\"";
                case 4 -> {
                    StringBuilder list = new StringBuilder("[");
                    for (int i = random.nextInt(3); i >= 0; i--) {
                        list.append(random.nextInt(6) == 0 ? "7" : string(word()))
                                .append(i == 0 ? "" : ",");
                    }
                    yield list.append(']').toString();
                }
                case 7, 8 -> object(depth + 1);
                default -> string(word());
            };
        }

        private String word() {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(random.nextInt(6) == 0 ? 80 : 12); i > 0; i--) {
                word.appendCodePoint(LETTERS.codePointAt(random.nextInt(LETTERS.length() - 2)));
            }
            return word.toString();
        }

        private String string(String text) {
            StringBuilder json = new StringBuilder("\"");
            text.codePoints().forEach(c -> {
                if (c == '"' || c == '\\') {
                    json.append('\\').appendCodePoint(c);
                } else if (c == '\n') {
                    json.append("\\n");
                } else if (c == '\t') {
                    json.append("\\u0009");
                } else if (random.nextInt(40) == 0 && c < 0x10000) {
                    json.append(String.format("\\u%04x", c));
                } else {
                    json.appendCodePoint(c);
                }
            });
            return json.append('"').toString();
        }
    }
}
