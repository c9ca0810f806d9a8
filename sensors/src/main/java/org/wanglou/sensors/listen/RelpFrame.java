package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A frame of RELP 1: {@code TXNR SP COMMAND SP DATALEN [SP DATA] LF}; numbers of nine digits at most, a command of 32
 * letters at most. Immutable.
 *
 * @param number of the transaction; 0 for a hint, which is not answered
 * @param data its data, up to the limit
 * @param cut whether there was more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RelpFrame(long number, String command, byte[] data, boolean cut) {
    /** The greatest number of a transaction; 1 follows it. */
    static final long LAST = 999_999_999;

    private static final int COMMAND_LENGTH = 32;

    /** Bytes that are no frame: the peer that sees it closes the connection. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1;

        Malformed(String why) {
            super(why);
        }
    }

    /** Reads a frame whose first byte has been read. Data beyond the limit are passed over. */
    static RelpFrame read(int first, Octets in, int limit) throws IOException {
        long number = 0;
        int digits = 0;
        int one = first;
        for (; one >= '0' && one <= '9' && digits < 10; one = in.must()) {
            number = number * 10 + one - '0';
            digits++;
        }
        if (digits == 0 || digits > 9 || one != ' ') {
            throw new Malformed("no transaction number");
        }
        StringBuilder command = new StringBuilder();
        for (one = in.must(); letter(one) && command.length() < COMMAND_LENGTH; one = in.must()) {
            command.append((char) one);
        }
        if (command.length() == 0 || one != ' ') {
            throw new Malformed("no command");
        }
        long length = 0;
        digits = 0;
        for (one = in.must(); one >= '0' && one <= '9' && digits < 10; one = in.must()) {
            length = length * 10 + one - '0';
            digits++;
        }
        if (digits == 0 || digits > 9 || one != ' ' && (one != '\n' || length > 0)) {
            throw new Malformed("no length");
        }
        byte[] data = {};
        if (one == ' ') {
            data = in.take((int) Math.min(length, limit));
            in.skip(length - data.length);
            if (in.must() != '\n') {
                throw new Malformed("data do not end where they should");
            }
        }
        return new RelpFrame(number, command.toString(), data, length > data.length);
    }

    private static boolean letter(int one) {
        return one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z';
    }

    /** The bytes of an answer. */
    static byte[] answer(long number, String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(data.length + 32);
        frame.writeBytes((number + " rsp " + data.length + " ").getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(data);
        frame.write('\n');
        return frame.toByteArray();
    }

    /** The hint that the connection is about to be closed. */
    static byte[] serverClose() {
        return "0 serverclose 0\n".getBytes(StandardCharsets.US_ASCII);
    }

    /** Octets of its data without line ends behind them. */
    byte[] message() {
        int end = data.length;
        while (end > 0 && (data[end - 1] == '\n' || data[end - 1] == '\r')) {
            end--;
        }
        return end == data.length ? data : Arrays.copyOf(data, end);
    }
}
