package org.wanglou.sensors.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamFramingTest {
    private static List<String> frames(int limit, byte[]... pieces) {
        List<String> frames = new ArrayList<>();
        StreamFraming framing = new StreamFraming(
                limit, (bytes, cut) -> frames.add(new String(bytes, StandardCharsets.UTF_8) + (cut ? "|cut" : "")));
        for (byte[] piece : pieces) {
            framing.feed(piece, piece.length);
        }
        framing.end();
        return frames;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void counted_and_line_frames_mix_and_any_split_gives_the_same() {
        byte[] stream = utf8("<13>one\n11 <13>two\nx y<13>three 三\r\n5 <1>ab9 <13>tail1<13>last");
        List<String> expected = List.of("<13>one", "<13>two\nx y", "<13>three 三", "<1>ab", "<13>tail1", "<13>last");
        for (int cut = 0; cut <= stream.length; cut++) {
            byte[] head = java.util.Arrays.copyOf(stream, cut);
            byte[] tail = java.util.Arrays.copyOfRange(stream, cut, stream.length);
            assertThat(frames(1000, head, tail)).as("split at " + cut).isEqualTo(expected);
        }
    }

    @Test
    void what_is_longer_than_the_limit_is_cut_and_the_next_frame_is_whole() {
        assertThat(frames(4, utf8("<abcdef\n<ok\n"))).containsExactly("<abc|cut", "<ok");
        assertThat(frames(4, utf8("8 <abcdefg3 <ok"))).containsExactly("<abc|cut", "<ok");
    }

    @Test
    void a_count_that_was_promised_and_not_kept_is_marked_as_cut() {
        assertThat(frames(100, utf8("20 <13>half"))).containsExactly("<13>half|cut");
    }

    @Test
    void digits_that_are_no_count_begin_a_line() {
        assertThat(frames(100, utf8("2026-11-24 text\n123456789012 x\n")))
                .containsExactly("2026-11-24 text", "123456789012 x");
    }
}
