package org.wanglou.sensors.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One request for each batch; what is not answered with 200 is not taken. */
final class Posts implements Way.Shipper {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final IntSupplier port;
    private final String source;
    private final IntFunction<String> line;

    Posts(IntSupplier port, String source, IntFunction<String> line) {
        this.port = port;
        this.source = source;
        this.line = line;
    }

    @Override
    public boolean ship(int from, int to) throws InterruptedException {
        String body = IntStream.range(from, to).mapToObj(line).collect(Collectors.joining("\n"));
        try {
            return client.send(
                                    HttpRequest.newBuilder(URI.create(
                                                    "http://127.0.0.1:" + port.getAsInt() + "/ingest/" + source))
                                            .header("Authorization", "Bearer " + Way.TOKEN)
                                            .POST(HttpRequest.BodyPublishers.ofString(body))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
