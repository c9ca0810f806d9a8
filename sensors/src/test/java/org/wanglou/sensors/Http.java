package org.wanglou.sensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** An honest sender. */
final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** The status of the answer to a body sent to the source {@code http}. */
    static int post(Sensors sensors, String body, boolean packed) throws IOException, InterruptedException {
        return post(sensors, body.getBytes(StandardCharsets.UTF_8), packed);
    }

    static int post(Sensors sensors, byte[] body, boolean packed) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + sensors.boundAddress("http").getPort() + "/ingest/http"))
                .header("Authorization", "Bearer " + Bench.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed ? gzip(body) : body));
        if (packed) {
            request.header("Content-Encoding", "gzip");
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }
}
