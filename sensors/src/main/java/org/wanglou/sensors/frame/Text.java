package org.wanglou.sensors.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a frame. Most of it is UTF-8; older Chinese systems send GBK or GB18030, which is tried when the bytes are
 * no UTF-8: text of any length in one is hardly ever valid in the other. Pure.
 */
public final class Text {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private Text() {}

    /** As UTF-8, else as GB18030, else as UTF-8 with U+FFFD for what is none. A byte order mark is left out. */
    public static String of(byte[] bytes) {
        int from = bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf
                ? 3
                : 0;
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') < 0) {
            return text;
        }
        return validUtf8(bytes) ? text : strict(bytes, GB18030).orElse(text);
    }

    /**
     * Bytes whose end was cut off, without the part of a character that the cut may have left: the rest is text in one
     * character set. Bytes that are neither UTF-8 nor GB18030 stay as they are.
     */
    public static byte[] whole(byte[] bytes) {
        for (Charset charset : java.util.List.of(StandardCharsets.UTF_8, GB18030)) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            CoderResult result = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(in, CharBuffer.allocate(bytes.length), false);
            if (result.isUnderflow()) {
                return in.hasRemaining() ? java.util.Arrays.copyOf(bytes, in.position()) : bytes;
            }
        }
        return bytes;
    }

    /** UTF-8 that was made of bytes whose end was cut off, without the replacement characters at its end. */
    public static byte[] withoutHalf(byte[] utf8) {
        int end = utf8.length;
        while (end >= 3
                && utf8[end - 1] == (byte) 0xbd
                && utf8[end - 2] == (byte) 0xbf
                && utf8[end - 3] == (byte) 0xef) {
            end -= 3;
        }
        return end == utf8.length ? utf8 : java.util.Arrays.copyOf(utf8, end);
    }

    /** The frame's bytes as UTF-8, when they are in another character set that the source names. */
    public static byte[] utf8(byte[] bytes, Charset charset) {
        return new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
    }

    /** A last character that is not whole is what a cut leaves: the rest decides. */
    private static boolean validUtf8(byte[] bytes) {
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), out, false);
        return result.isUnderflow();
    }

    private static Optional<String> strict(byte[] bytes, Charset charset) {
        try {
            CharBuffer text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return Optional.of(text.toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
