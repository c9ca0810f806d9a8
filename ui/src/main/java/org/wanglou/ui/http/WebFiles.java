package org.wanglou.ui.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The built pages, from the folder {@code /web} of the class path. Files under {@code assets/} carry their digest in the
 * name and never change; a missing one is 404, never the start page, or a browser would run HTML as a script. Every other
 * unknown path is the start page, which knows its own routes. Files are kept in memory once read; there are only those of
 * the build. Thread-safe.
 */
final class WebFiles {
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("geojson", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("webp", "image/webp"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));
    private static final String START = "index.html";
    private static final byte[] NOT_BUILT = ("<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
                    + "<title>望楼</title></head><body><h1>望楼</h1><p>控制台页面没有随本程序构建；接口位于 /api/v1。</p>"
                    + "<p lang=\"en\">The console's pages were not built into this program; the API is under /api/v1.</p>"
                    + "</body></html>\n")
            .getBytes(StandardCharsets.UTF_8);

    /** A file with its gzip twin, if it was built with one. */
    private record File(byte[] plain, Optional<byte[]> zipped) {}

    private final String folder;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /** @param folder of the class path, such as {@code web} */
    WebFiles(String folder) {
        this.folder = folder;
    }

    void answer(Context http) {
        String path = http.path().replaceFirst("^/+", "");
        Optional<String> type = type(path);
        Optional<File> file = type.flatMap(known -> find(path));
        if (file.isPresent() && !path.equals(START)) {
            boolean hashed = path.startsWith("assets/");
            http.header("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
            send(http, file.get(), type.orElseThrow());
        } else if (path.startsWith("assets/") || path.startsWith("api/") || path.equals("api")) {
            throw Problem.notFound();
        } else {
            http.header("Cache-Control", "no-cache");
            send(
                    http,
                    find(START).orElseGet(() -> new File(NOT_BUILT, Optional.empty())),
                    TYPES.getOrDefault("html", ""));
        }
    }

    private static Optional<String> type(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 || !NAME.matcher(path).matches()
                ? Optional.empty()
                : Optional.ofNullable(TYPES.get(path.substring(dot + 1)));
    }

    private static void send(Context http, File file, String type) {
        http.contentType(type).header("Vary", "Accept-Encoding");
        String accepted = Optional.ofNullable(http.header("Accept-Encoding")).orElse("");
        if (file.zipped().isPresent() && accepted.matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*")) {
            http.header("Content-Encoding", "gzip").result(file.zipped().get());
        } else {
            http.result(file.plain());
        }
    }

    private Optional<File> find(String path) {
        File known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<File> read = read(path).map(plain -> new File(plain, read(path + ".gz")));
        read.ifPresent(file -> files.put(path, file));
        return read;
    }

    private Optional<byte[]> read(String path) {
        try (InputStream in = WebFiles.class.getClassLoader().getResourceAsStream(folder + "/" + path)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
