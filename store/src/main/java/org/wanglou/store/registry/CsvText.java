package org.wanglou.store.registry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes of a CSV file to text: by byte order mark, else UTF-8 if every byte fits, else GB18030 (what spreadsheets in
 * Chinese write by default).
 */
final class CsvText {
    private static final Charset GB18030 = Charset.forName("GB18030");

    private CsvText() {}

    /** Empty when the bytes are text in none of them. */
    static Optional<String> decode(byte[] bytes) {
        if (begins(bytes, 0xef, 0xbb, 0xbf)) {
            return strictly(bytes, 3, StandardCharsets.UTF_8);
        }
        if (begins(bytes, 0xff, 0xfe)) {
            return strictly(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (begins(bytes, 0xfe, 0xff)) {
            return strictly(bytes, 2, StandardCharsets.UTF_16BE);
        }
        return strictly(bytes, 0, StandardCharsets.UTF_8).or(() -> strictly(bytes, 0, GB18030));
    }

    private static boolean begins(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> strictly(byte[] bytes, int from, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
