package org.wanglou.sensors.fault;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.wanglou.sensors.fault.Way.Lines;

/** A Beat: one window for each batch, taken when it is acknowledged as a whole. */
final class Lumberjack implements Way.Shipper {
    private static final int PATIENCE_MILLIS = 120_000;

    private final IntSupplier port;
    private @Nullable Socket socket;
    private int connected;

    Lumberjack(IntSupplier port) {
        this.port = port;
    }

    @Override
    public boolean ship(int from, int to) {
        try {
            Socket open = socket;
            int now = port.getAsInt();
            if (open == null || connected != now) {
                Stream.close(open);
                open = new Stream.Plain(now);
                open.setSoTimeout(PATIENCE_MILLIS);
                socket = open;
                connected = now;
            }
            open.getOutputStream().write(window(from, to));
            open.getOutputStream().flush();
            DataInputStream in = new DataInputStream(open.getInputStream());
            int acknowledged = 0;
            while (acknowledged < to - from) { // 0 means that it takes a while
                if (in.readUnsignedByte() != '2' || in.readUnsignedByte() != 'A') {
                    throw new IOException("not an acknowledgement");
                }
                acknowledged = in.readInt();
            }
            return true;
        } catch (IOException e) {
            Stream.close(socket);
            socket = null;
            return false;
        }
    }

    private static byte[] window(int from, int to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("2W");
        out.writeInt(to - from);
        for (int i = from; i < to; i++) {
            byte[] document = Lines.utf8(Lines.document(i));
            out.writeBytes("2J");
            out.writeInt(i - from + 1);
            out.writeInt(document.length);
            out.write(document);
        }
        return bytes.toByteArray();
    }
}
