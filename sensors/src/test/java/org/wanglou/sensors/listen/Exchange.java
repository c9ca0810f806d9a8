package org.wanglou.sensors.listen;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A sender that says bytes on one connection and reads answers. */
final class Exchange implements Closeable {
    /** One answer, header names in lower case. */
    record Said(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final Socket socket;

    Exchange(InetSocketAddress to) throws IOException {
        socket = new Socket(to.getAddress(), to.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(60_000);
    }

    static byte[] request(String method, String path, String headers, byte[] body) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes((method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Content-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    static byte[] chunked(String method, String path, String headers, byte[] body, int size) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(
                (method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "Transfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        for (int at = 0; at < body.length; at += size) {
            int length = Math.min(size, body.length - at);
            whole.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            whole.write(body, at, length);
            whole.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        whole.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return whole.toByteArray();
    }

    static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    /** Sends what may be refused before it has been sent. */
    void send(byte[] bytes, int from, int length) {
        try {
            socket.getOutputStream().write(bytes, from, length);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the answer says why
        }
    }

    Said ask(byte[] request) throws IOException {
        send(request, 0, request.length);
        return answer();
    }

    /** The answer to a {@code HEAD} request has a length and no body. */
    Said head(byte[] request) throws IOException {
        send(request, 0, request.length);
        return read(false);
    }

    Said answer() throws IOException {
        return read(true);
    }

    private Said read(boolean body) throws IOException {
        InputStream in = socket.getInputStream();
        String start = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        int length = body ? Integer.parseInt(headers.get("content-length")) : 0;
        return new Said(Integer.parseInt(start.split(" ")[1]), headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("answer ended early: " + line);
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
