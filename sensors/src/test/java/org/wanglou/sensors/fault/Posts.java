package org.wanglou.sensors.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One request for each batch; what is not answered with 200 and a word of success is not taken. */
final class Posts implements Way.Shipper {
    /** The body of some numbers. */
    interface Body {
        String of(int from, int to);
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final IntSupplier port;
    private final String path;
    private final Body body;
    private final String success;

    /** @param success what the answer to a batch that was taken as a whole contains */
    Posts(IntSupplier port, String path, Body body, String success) {
        this.port = port;
        this.path = path;
        this.body = body;
        this.success = success;
    }

    static Body joined(String before, IntFunction<String> each, String between, String after) {
        return (from, to) ->
                IntStream.range(from, to).mapToObj(each).collect(Collectors.joining(between, before, after));
    }

    @Override
    public boolean ship(int from, int to) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.getAsInt() + path))
                            .timeout(Duration.ofSeconds(120))
                            .header("Authorization", "Bearer " + Way.TOKEN)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body.of(from, to)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains(success);
        } catch (IOException e) {
            return false;
        }
    }
}
