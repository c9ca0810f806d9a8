package org.wanglou.bench.figures;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import nl.basjes.parse.core.Parser;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/**
 * Libraries that read the text formats of {@link ParseLines}: java-grok for sshd behind syslog and for nginx's combined log,
 * httpdlog-parser for the latter. They give text by name and no event; of what both they and Wanglou give, all must be
 * equal, line by line. Used by one thread.
 */
final class TextPeers {
    private static final String SSHD = "<%{POSINT:priority}>%{SYSLOGTIMESTAMP:time} %{HOSTNAME:host}"
            + " %{WORD:program}\\[%{POSINT:pid}\\]: %{WORD:action} password for (?:invalid user )?%{USERNAME:user}"
            + " from %{IPV4:ip} port %{POSINT:port} ssh2";
    private static final String COMBINED = "%{IPV4:ip} - %{USER:user} \\[%{HTTPDATE:time}\\] \"%{WORD:method}"
            + " %{NOTSPACE:url} HTTP/%{NUMBER:version}\" %{INT:status} %{INT:bytes} \"%{DATA:referrer}\" \"%{DATA:agent}\"";
    private static final String HTTPD =
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
                    + " \"$http_referer\" \"$http_user_agent\"";

    /** A library's way with a line: values by name; a line that it does not read is an error. */
    interface Peer {
        Map<String, Object> read(String line) throws Exception;
    }

    /**
     * A peer with what compares it.
     *
     * @param kind the kind of {@link ParseLines}
     * @param fields its names and the fields they must be equal to
     */
    record Rival(String kind, Peer peer, Map<String, String> fields) {}

    private TextPeers() {}

    static Map<String, Rival> all() {
        Map<String, String> sshd = new TreeMap<>(Map.of(
                "host", Ecs.HOST_NAME.name(),
                "program", Ecs.PROCESS_NAME.name(),
                "pid", Ecs.PROCESS_PID.name(),
                "user", Ecs.USER_NAME.name(),
                "ip", Ecs.SOURCE_IP.name(),
                "port", Ecs.SOURCE_PORT.name(),
                "priority", Ecs.LOG_SYSLOG_PRIORITY.name()));
        Map<String, String> combined = new TreeMap<>(Map.of(
                "ip", Ecs.SOURCE_IP.name(),
                "method", "http.request.method",
                "url", "url.original",
                "version", "http.version",
                "status", "http.response.status_code",
                "bytes", "http.response.body.bytes",
                "referrer", "http.request.referrer",
                "agent", "user_agent.original"));
        Map<String, String> timed = new TreeMap<>(combined);
        timed.put("epoch", Ecs.TIMESTAMP.name());
        Map<String, Rival> all = new LinkedHashMap<>();
        all.put("java-grok of syslog+sshd", new Rival("syslog+sshd", grok(SSHD), sshd));
        all.put("java-grok of nginx", new Rival("nginx", grok(COMBINED), combined));
        all.put("httpdlog of nginx", new Rival("nginx", httpd(), timed));
        return all;
    }

    private static Peer grok(String pattern) {
        GrokCompiler compiler = GrokCompiler.newInstance();
        compiler.registerDefaultPatterns();
        Grok grok = compiler.compile(pattern, true);
        return line -> grok.match(line).capture();
    }

    /** What is asked of httpdlog-parser. */
    public static final class Row {
        private final Map<String, Object> values = new TreeMap<>();

        public void set(String name, String value) {
            values.put(Objects.requireNonNull(NAMES.get(name), name), value);
        }
    }

    private static final Map<String, String> NAMES = Map.of(
            "IP:connection.client.host", "ip",
            "TIME.EPOCH:request.receive.time.epoch", "epoch",
            "HTTP.METHOD:request.firstline.method", "method",
            "HTTP.URI:request.firstline.uri", "url",
            "HTTP.PROTOCOL.VERSION:request.firstline.protocol.version", "version",
            "STRING:request.status.last", "status",
            "BYTES:response.body.bytes", "bytes",
            "HTTP.URI:request.referer", "referrer",
            "HTTP.USERAGENT:request.user-agent", "agent");

    private static Peer httpd() {
        Parser<Row> parser = new HttpdLoglineParser<>(Row.class, HTTPD);
        try {
            parser.addParseTarget(
                    Row.class.getMethod("set", String.class, String.class), java.util.List.copyOf(NAMES.keySet()));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        return line -> parser.parse(new Row(), line).values;
    }

    /** Fails when one of the values differs from the event's. */
    static void same(Rival rival, byte[] line, Event event) throws Exception {
        Map<String, Object> values = rival.peer().read(text(line));
        for (Map.Entry<String, String> field : rival.fields().entrySet()) {
            String theirs = String.valueOf(values.get(field.getKey()));
            String ours = String.valueOf(event.get(field.getValue()));
            if (!theirs.equals(ours)) {
                throw new IllegalStateException(
                        field.getKey() + " is " + theirs + " there and " + ours + " here: " + text(line));
            }
        }
    }

    static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
