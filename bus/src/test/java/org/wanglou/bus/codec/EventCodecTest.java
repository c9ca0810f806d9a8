package org.wanglou.bus.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

class EventCodecTest {
    private static Event decode(String json) throws IOException {
        return EventCodec.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(Event event) {
        return new String(EventCodec.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void dotted_and_nested_names_are_the_same_field() throws IOException {
        assertThat(decode("{\"source\":{\"ip\":\"10.0.0.1\",\"port\":22}}"))
                .isEqualTo(decode("{\"source.ip\":\"10.0.0.1\",\"source.port\":22}"));
    }

    @Test
    void what_is_written_is_nested_ecs_with_iso_times() throws IOException {
        Event event = Event.builder()
                .set(Ecs.TIMESTAMP, 1_700_000_000_000L)
                .set(Ecs.SOURCE_IP, "10.0.0.1")
                .set(Ecs.SOURCE_PORT, 22L)
                .set("vendor.thing", "x")
                .build();
        assertThat(encode(event))
                .isEqualTo("{\"@timestamp\":\"2023-11-14T22:13:20Z\",\"source\":{\"ip\":\"10.0.0.1\",\"port\":22},"
                        + "\"vendor\":{\"thing\":\"x\"}}");
        assertThat(decode(encode(event))).isEqualTo(event);
    }

    @Test
    void a_name_that_is_value_and_parent_at_once_keeps_both() throws IOException {
        Event event = Event.builder().set("a", "1").set("a.b", "2").build();
        assertThat(decode(encode(event))).isEqualTo(event);
    }

    @Test
    void a_name_of_ten_thousand_parts_is_written_and_read_back() throws IOException {
        String name = "a" + ".b".repeat(10_000);
        Event event = Event.builder().set(name, "1").set("a.b.c", "2").build();
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void an_explicit_null_is_not_the_same_as_missing() throws IOException {
        Event event = decode("{\"user\":{\"name\":null}}");
        assertThat(event.get(Ecs.USER_NAME)).isSameAs(Event.NULL);
        assertThat(event.get(Ecs.HOST_NAME)).isNull();
        assertThat(decode(encode(event))).isEqualTo(event);
    }

    @Test
    void a_time_that_is_none_is_kept_as_text_beside_the_slot() throws IOException {
        Event event = decode("{\"@timestamp\":\"yesterday\"}");
        assertThat(event.get(Ecs.TIMESTAMP)).isNull();
        assertThat(event.get("@timestamp_text")).isEqualTo("yesterday");
    }

    @Test
    void a_number_in_a_string_fits_a_number_slot() throws IOException {
        assertThat(decode("{\"source.port\":\"443\"}").number(Ecs.SOURCE_PORT, -1))
                .isEqualTo(443);
        assertThat(decode("{\"source.port\":\"https\"}").get("source.port_text"))
                .isEqualTo("https");
    }

    @Test
    void what_is_no_object_is_refused() {
        for (String bad : List.of("", "[]", "1", "{", "{\"a\":}", "{\"a\":1}{", "nonsense", "{\"a\":1,}")) {
            assertThatThrownBy(() -> decode(bad)).as(bad).isInstanceOf(IOException.class);
        }
        String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
        assertThatThrownBy(() -> decode(deep)).isInstanceOf(IOException.class);
    }

    @Provide
    Arbitrary<List<net.jqwik.api.Tuple.Tuple2<String, String>>> fields() {
        Arbitrary<String> part =
                Arbitraries.strings().withCharRange('a', 'c').ofMinLength(1).ofMaxLength(2);
        Arbitrary<String> name = part.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join(".", parts));
        Arbitrary<String> value =
                Arbitraries.strings().all().excludeChars('\ud800').filter(EventCodecTest::wellFormed);
        return net.jqwik.api.Combinators.combine(name, value)
                .as(Tuple::of)
                .list()
                .ofMaxSize(12);
    }

    private static boolean wellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Property(tries = 500)
    void whatever_the_names_and_values_reading_gives_back_what_was_written(
            @ForAll("fields") List<net.jqwik.api.Tuple.Tuple2<String, String>> fields) throws IOException {
        Event.Builder builder = Event.builder();
        fields.forEach(field -> builder.set(field.get1(), field.get2()));
        Event event = builder.build();
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void half_of_a_surrogate_pair_in_a_name_is_refused_and_a_whole_one_is_not() throws Exception {
        Event broken = Event.builder().set("vendor.\udfff", "a").build();
        assertThatThrownBy(() -> EventCodec.encode(broken)).isInstanceOf(java.io.UncheckedIOException.class);
        Event whole = Event.builder().set("vendor.\ud83d\udd12", "a").build();
        assertThat(EventCodec.decode(EventCodec.encode(whole)).extra()).containsEntry("vendor.\ud83d\udd12", "a");
    }

    private static String odd(Event event) throws IOException {
        java.io.ByteArrayOutputStream text = new java.io.ByteArrayOutputStream();
        try (var out = com.fasterxml.jackson.core.JsonFactory.builder()
                .enable(com.fasterxml.jackson.core.json.JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build()
                .createGenerator(text)) {
            out.writeStartObject();
            EventCodec.writeOdd(out, event);
            out.writeEndObject();
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** The quick way of writing and the one that takes every name give the same bytes. */
    @Property(tries = 1000)
    void both_ways_of_writing_are_one(
            @ForAll("fields") List<net.jqwik.api.Tuple.Tuple2<String, String>> fields, @ForAll long seed)
            throws IOException {
        java.util.Random random = new java.util.Random(seed);
        Event.Builder builder = Event.builder();
        fields.forEach(field -> builder.set(field.get1(), field.get2()));
        String[] beside = {
            "source.b", "source.ip.x", "event", "a-b.c", "@b", "source", "zz.a.b", "log.syslog.c", ".a", "a..b"
        };
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.set(beside[random.nextInt(beside.length)], "x");
        }
        for (int i = random.nextInt(20); i > 0; i--) {
            var field = Ecs.at(random.nextInt(Ecs.slots()));
            builder.set(
                    field,
                    switch (field.type()) {
                        case NUMBER -> (Object) random.nextLong();
                        case TIME -> random.nextLong() >> random.nextInt(40);
                        case TEXTS -> List.of("a", "b");
                        default -> "t" + i;
                    });
        }
        Event event = builder.build();
        assertThat(encode(event)).isEqualTo(odd(event));
    }

    /** Escapes and pairs at every place of texts that are read character by character and of those that are not. */
    @Test
    void every_text_is_written_as_jackson_writes_it() throws IOException {
        List<String> marks = List.of(
                "\u0000",
                "\b",
                "\t",
                "\n",
                "\f",
                "\r",
                "\u001f",
                " ",
                "\"",
                "\\",
                "/",
                "?",
                "\u007f",
                "\u00e9",
                "\u0080",
                "\u8bbf",
                "\u2028",
                "\ufffd",
                "\ud83d\udd12");
        for (String mark : marks) {
            for (int before = 0; before < 40; before++) {
                for (String after : List.of("", "?", "z".repeat(11), "\u95ee\"".repeat(7), "a".repeat(5_000))) {
                    String text = "x".repeat(before) + mark + after;
                    Event event = Event.builder()
                            .set(Ecs.MESSAGE, text)
                            .set("vendor." + mark, text)
                            .build();
                    assertThat(encode(event)).isEqualTo(odd(event));
                }
            }
        }
    }

    @Test
    void half_of_a_surrogate_pair_in_a_value_is_escaped_wherever_it_stands() throws IOException {
        for (String half : List.of("\ud83d", "\udd12", "\ud83d\ud83d\udd12", "\udd12\ud83d")) {
            for (int before = 0; before < 40; before++) {
                for (String after : List.of("", "?", "\u95ee", "z".repeat(30))) {
                    Event broken = Event.builder()
                            .set(Ecs.MESSAGE, "x".repeat(before) + half + after)
                            .build();
                    assertThat(EventCodec.decode(EventCodec.encode(broken))).isEqualTo(broken);
                }
            }
        }
    }

    @Test
    void numbers_of_every_kind_are_written_as_jackson_writes_them() throws IOException {
        java.util.Random random = new java.util.Random(11);
        for (int i = 0; i < 20_000; i++) {
            long whole = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : random.nextLong() >> random.nextInt(64);
            double real = Double.longBitsToDouble(random.nextLong());
            Event event = Event.builder()
                    .set(Ecs.SOURCE_PORT, whole)
                    .set("vendor.real", real)
                    .set("vendor.list", List.of(whole, real, true, "a", Event.NULL, List.of()))
                    .set("vendor.not", Double.NaN)
                    .build();
            assertThat(encode(event)).isEqualTo(odd(event));
        }
    }

    @Test
    void times_are_written_as_an_instant_writes_itself() {
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 200_000; i++) {
            long millis = random.nextLong() >> 10 + random.nextInt(50);
            byte[] text = new byte[IsoTime.LONGEST + 3];
            int end = IsoTime.write(millis, text, 3);
            assertThat(new String(text, 3, end - 3, StandardCharsets.US_ASCII))
                    .isEqualTo(java.time.Instant.ofEpochMilli(millis).toString());
        }
    }
}
