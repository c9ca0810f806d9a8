package org.wanglou.ui.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.model.Meters;

/**
 * The one HTTP server with its bounds: {@value #THREADS} threads named {@code ui-http-*}, {@value #CONNECTIONS} connections
 * (each has one job waiting at most, which bounds the queue), {@value #HEADER_BYTES} bytes of request line and headers, 1 MiB of body, 30 s idle, and a
 * least speed for bodies, so that slow senders hold nothing for long. Every answer carries the security headers; every
 * failure is a problem without a trace of the inside, and what was not foreseen is logged under the trace id it names.
 * Thread-safe.
 */
public final class WebServer implements AutoCloseable {
    /** Name of the attribute by which a request's account says its language. */
    public static final String LOCALE = "locale";

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int THREADS = 48;
    private static final int CONNECTIONS = 512;
    private static final int HEADER_BYTES = 12 * 1024;
    private static final long BODY_BYTES = 1 << 20;
    private static final long REFUSED_BYTES = 16 << 20;
    private static final long REFUSED_NANOS = 5_000_000_000L;
    private static final int SEND_BYTES = 128 * 1024;
    private static final long IDLE_MILLIS = 30_000;
    private static final long LEAST_BYTES_PER_SECOND = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where and how to listen. */
    public record Address(String host, int port, Optional<SSLContext> tls, Set<String> names) {}

    private final Address address;
    private final SecurityHeaders headers;
    private final HostCheck hosts;
    private final WebFiles files;
    private final Meters meters;
    private final Javalin javalin;

    /**
     * @param routes adds the API's routes
     * @param problems what a failure of the API's own kinds means; empty for what it does not know
     */
    public WebServer(
            Address address,
            String folder,
            Consumer<RoutesConfig> routes,
            Function<Exception, Optional<Problem>> problems,
            Meters meters) {
        this.address = address;
        this.headers = new SecurityHeaders(address.tls().isPresent());
        this.hosts = new HostCheck(address.names());
        this.files = new WebFiles(folder);
        this.meters = meters;
        this.javalin = Javalin.create(config -> {
            limits(config);
            config.routes.before(this::begin);
            routes.accept(config.routes);
            config.routes.get("/", files::answer);
            config.routes.get("/<path>", files::answer);
            config.routes.exception(Exception.class, (e, http) -> fail(problems, e, http));
            config.routes.after(
                    http -> meters.counter("wanglou_ui_answers_total", "status", http.statusCode() / 100 + "xx")
                            .increment());
        });
    }

    private void limits(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = BODY_BYTES;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.defaultContentType = "text/plain";
        config.http.prefer405over404 = true;
        config.router.treatMultipleSlashesAsSingleSlash = false;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4, 30_000);
        threads.setName("ui-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.router.javaLangErrorHandler((http, error) -> {
            LOG.error("request ended in an error", error);
            http.setStatus(500);
        });
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(5_000);
            server.setErrorHandler(new Bare(headers));
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new Bare(headers)));
        config.jetty.addConnector(this::connector);
    }

    private Connector connector(Server server, HttpConfiguration unused) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setMinRequestDataRate(LEAST_BYTES_PER_SECOND);
        http.setIdleTimeout(IDLE_MILLIS);
        ServerConnector connector = address.tls()
                .map(context -> {
                    http.addCustomizer(new SecureRequestCustomizer(false));
                    SslContextFactory.Server tls = new SslContextFactory.Server();
                    tls.setSslContext(context);
                    tls.setIncludeProtocols("TLSv1.3");
                    return new ServerConnector(
                            server, 1, 1, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
                })
                .orElseGet(() -> new ServerConnector(server, 1, 1, new HttpConnectionFactory(http)));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(128);
        // What a reader that does not read can make the kernel keep.
        connector.setAcceptedSendBufferSize(SEND_BYTES);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        return connector;
    }

    public void start() {
        javalin.start();
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private void begin(Context http) {
        headers.all().forEach(http::header);
        if (!hosts.answers(
                Optional.ofNullable(http.header("Host")).orElse(""),
                Optional.ofNullable(http.req().getLocalAddr()).orElse(""))) {
            throw Problem.of(421, "wrong-host");
        }
        if (http.req().getContentLengthLong() > BODY_BYTES) {
            throw Problem.of(413, "too-large");
        }
    }

    private void fail(Function<Exception, Optional<Problem>> problems, Exception e, Context http) {
        Problem problem = e instanceof Problem own
                ? own
                : problems.apply(e).or(() -> ofServer(e)).orElseGet(() -> unforeseen(e, http));
        Texts texts = Texts.in(Optional.ofNullable(http.<String>attribute(LOCALE))
                .or(() -> Optional.ofNullable(http.header("Accept-Language")))
                .orElse(""));
        if (problem.status() == 413) {
            readAway(http);
        }
        http.removeHeader("ETag");
        http.header("Cache-Control", "no-store");
        http.status(problem.status()).contentType("application/problem+json").result(Json.bytes(problem.body(texts)));
    }

    /**
     * Reads what is still to come of a refused body, without keeping it and within bounds: closing over unread bytes
     * resets the connection, and the sender would see the reset instead of the reason (RFC 9112, 9.6).
     */
    private static void readAway(Context http) {
        long until = System.nanoTime() + REFUSED_NANOS;
        byte[] part = new byte[16 * 1024];
        try {
            InputStream body = http.req().getInputStream();
            long read = 0;
            for (int n = 0; n >= 0 && read < REFUSED_BYTES && System.nanoTime() < until; n = body.read(part)) {
                read += n;
            }
        } catch (IOException e) {
            LOG.debug("a refused body ended early", e);
        }
    }

    /** What Javalin itself refuses. */
    private static Optional<Problem> ofServer(Exception e) {
        return e instanceof HttpResponseException refused
                ? Optional.of(
                        switch (refused.getStatus()) {
                            case 404 -> Problem.notFound();
                            case 405 -> Problem.of(405, "method-not-allowed");
                            case 413 -> Problem.of(413, "too-large");
                            default -> Problem.of(400, "bad-request");
                        })
                : Optional.empty();
    }

    private Problem unforeseen(Exception e, Context http) {
        byte[] id = new byte[8];
        RANDOM.nextBytes(id);
        String trace = HexFormat.of().formatHex(id);
        meters.counter("wanglou_ui_failed_total").increment();
        LOG.error("request failed trace={} method={}", trace, http.method().name(), e);
        return Problem.of(500, "failed").with("traceId", trace);
    }

    /** What Jetty answers by itself to requests that are no HTTP: the status and nothing else. */
    private static final class Bare extends ErrorHandler {
        private final SecurityHeaders headers;

        Bare(SecurityHeaders headers) {
            this.headers = headers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            headers.all().forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
            callback.succeeded();
            return true;
        }

        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
            headers.all().forEach(fields::put);
            return ByteBuffer.allocate(0);
        }
    }
}
