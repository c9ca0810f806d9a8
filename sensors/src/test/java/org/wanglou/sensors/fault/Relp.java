package org.wanglou.sensors.fault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.fault.Way.Lines;

/**
 * A RELP client as librelp is one: what has no answer when the connection breaks is sent again, in order, first of all on
 * the next.
 */
final class Relp implements Way.Shipper {
    private static final int PATIENCE_MILLIS = 120_000;

    private final IntSupplier port;
    private final ArrayDeque<Integer> unanswered = new ArrayDeque<>();
    private @Nullable Socket socket;
    private int connected;
    private int transaction;
    private int begun = -1;

    Relp(IntSupplier port) {
        this.port = port;
    }

    @Override
    public boolean ship(int from, int to) {
        if (begun != from) {
            begun = from;
            for (int i = from; i < to; i++) {
                unanswered.add(i);
            }
        }
        try {
            Socket open = open();
            StringBuilder frames = new StringBuilder();
            for (int number : unanswered) {
                frames.append(frame("syslog", Lines.syslog(number)));
            }
            write(open, frames.toString());
            while (!unanswered.isEmpty()) {
                answered(open.getInputStream());
                unanswered.remove();
            }
            return true;
        } catch (IOException e) {
            Stream.close(socket);
            socket = null;
            return false;
        }
    }

    private Socket open() throws IOException {
        Socket open = socket;
        int now = port.getAsInt();
        if (open == null || connected != now) {
            Stream.close(open);
            open = new Stream.Plain(now);
            open.setSoTimeout(PATIENCE_MILLIS);
            socket = open;
            connected = now;
            transaction = 0;
            write(open, frame("open", "relp_version=1\nrelp_software=test\ncommands=syslog"));
            answered(open.getInputStream());
        }
        return open;
    }

    private String frame(String command, String data) {
        transaction++;
        return transaction + " " + command + " " + data.length() + " " + data + "\n";
    }

    private static void write(Socket to, String frames) throws IOException {
        to.getOutputStream().write(frames.getBytes(StandardCharsets.US_ASCII));
        to.getOutputStream().flush();
    }

    /** Reads one answer, which has to be the next and a good one. */
    private static void answered(InputStream in) throws IOException {
        word(in);
        String command = word(in);
        int length = Integer.parseInt(word(in));
        String data = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        if (!command.equals("rsp") || !data.startsWith("200") || in.read() != '\n') {
            throw new IOException("not taken: " + command + " " + data);
        }
    }

    private static String word(InputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int one = in.read(); one != ' ' && one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException();
            }
            word.append((char) one);
        }
        return word.toString();
    }
}
