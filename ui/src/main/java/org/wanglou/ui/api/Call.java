package org.wanglou.ui.api;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.wanglou.alerting.cases.Actor;
import org.wanglou.alerting.cases.Scope;
import org.wanglou.model.Snapshots;
import org.wanglou.store.accounts.Account;
import org.wanglou.store.accounts.Session;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Json;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.http.Texts;

/** One request of a known account (or of nobody, on open routes) and its answer. Confined to the request's thread. */
public final class Call {
    private final Context http;
    private final Optional<Session> session;
    private final String token;
    private final Snapshots snapshots;

    public Call(Context http, Optional<Session> session, String token, Snapshots snapshots) {
        this.http = http;
        this.session = session;
        this.token = token;
        this.snapshots = snapshots;
    }

    // --- who asks ---

    public Session session() {
        return session.orElseThrow(() -> Problem.of(401, "not-signed-in"));
    }

    public Account account() {
        return session().account();
    }

    /** The session's token, empty without one. */
    public String token() {
        return token;
    }

    public Actor actor() {
        Account account = account();
        return new Actor(account.name(), account.role().word(), account.organization());
    }

    public Visible visible() {
        return new Visible(actor(), Scope.of(snapshots), snapshots.registry());
    }

    public boolean may(Permission permission) {
        return permission.allows(account().role());
    }

    /** The peer's address. */
    public String address() {
        return Optional.ofNullable(http.req().getRemoteAddr()).orElse("");
    }

    public Texts texts() {
        return Texts.in(session.map(found -> found.account().locale())
                .orElseGet(() ->
                        Optional.ofNullable(http.header("Accept-Language")).orElse("")));
    }

    // --- what is asked ---

    public String path(String name) {
        return http.pathParam(name);
    }

    /** A query parameter, empty when missing. */
    public String query(String name) {
        String value = Optional.ofNullable(http.queryParam(name)).orElse("");
        if (value.length() > 2_000) {
            throw Problem.field("/" + name, "field.long");
        }
        return value;
    }

    public long query(String name, long absent) {
        String value = query(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Problem.field("/" + name, "field.number");
        }
    }

    public int query(String name, int absent, int least, int most) {
        long value = query(name, absent);
        if (value < least || value > most) {
            throw Problem.field("/" + name, "field.range");
        }
        return (int) value;
    }

    public String header(String name) {
        return Optional.ofNullable(http.header(name)).orElse("");
    }

    public Body body() {
        return Body.of(http);
    }

    /** The revision in {@code If-Match: "7"}. */
    public int revision() {
        String header = header("If-Match").strip();
        if (header.isEmpty()) {
            throw Problem.of(428, "if-match-missing");
        }
        if (!header.matches("\"?\\d{1,9}\"?")) {
            throw Problem.of(400, "bad-request");
        }
        return Integer.parseInt(header.replace("\"", ""));
    }

    // --- the answer ---

    public void reply(Object view) {
        reply(200, view);
    }

    public void reply(int status, Object view) {
        http.status(status).contentType("application/json").result(Json.bytes(view));
    }

    public void nothing() {
        http.status(204);
    }

    public void etag(int revision) {
        http.header("ETag", "\"" + revision + "\"");
    }

    public void text(String type, String text) {
        http.contentType(type).result(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As a file to be saved. The name holds letters, digits, {@code . _ -} only. */
    public void file(String type, String name, byte[] bytes) {
        download(type, name).result(bytes);
    }

    /** Headers of a file to be saved; the caller writes it. */
    public Context download(String type, String name) {
        return http.contentType(type)
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"");
    }

    /** The exchange itself, for streams and cookies. */
    public Context http() {
        return http;
    }
}
