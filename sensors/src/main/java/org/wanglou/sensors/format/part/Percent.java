package org.wanglou.sensors.format.part;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 §2.1), undone once. Pure. */
public final class Percent {
    private Percent() {}

    /** The text it stands for; the text itself when what it stands for is no UTF-8. A stray percent sign stays. */
    public static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] from = text.getBytes(StandardCharsets.UTF_8);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            int high = from[i] == '%' && i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(from[i + 2], 16);
            if (low >= 0) {
                to[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                to[length++] = from[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(to, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
