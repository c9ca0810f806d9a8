package org.wanglou.bench.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.wanglou.bench.process.Instance;

/** Posts batches to {@code /ingest/<source>} and knows which were acknowledged. Used by one thread. */
public final class IngestSender {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final URI target;
    private final String token;

    public IngestSender(Instance instance, String sensor) {
        this.target = URI.create("http://127.0.0.1:" + instance.port(sensor) + "/ingest/" + sensor);
        this.token = instance.token();
    }

    /** Posts the lines once; true when they were acknowledged, false when anything else came, or nothing. */
    public boolean offer(List<String> lines) throws InterruptedException {
        return status(String.join("\n", lines)) == 200;
    }

    /** Posts a body once; the HTTP status, or 0 when the connection failed. */
    public int status(String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(40))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Posts the same body again until it is acknowledged. */
    public void deliver(List<String> lines, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!offer(lines)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not acknowledged within " + limit);
            }
            Thread.sleep(50);
        }
    }
}
