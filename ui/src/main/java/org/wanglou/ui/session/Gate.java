package org.wanglou.ui.session;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.wanglou.model.Meters;
import org.wanglou.model.Snapshots;
import org.wanglou.store.accounts.Session;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Permission;
import org.wanglou.ui.api.Route;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.http.WebServer;

/**
 * Lets a request in to its route or refuses it: origin, session, password set, permission, CSRF token, in this order. The
 * session's token travels in a cookie that scripts do not see and other sites' requests do not carry; the CSRF token comes
 * by itself. Thread-safe.
 */
public final class Gate {
    private static final String SECURE_COOKIE = "__Host-wl";
    private static final String PLAIN_COOKIE = "wl";

    private final Access access;
    private final Snapshots snapshots;
    private final Doors doors;
    private final Meters meters;

    /**
     * What the deployment decides.
     *
     * @param tls whether the cookie is for HTTPS only
     * @param demo whether accounts may go without a password
     * @param metricsToken bearer token for the counters, empty for none
     */
    public record Doors(boolean tls, boolean demo, String metricsToken) {}

    public Gate(Access access, Snapshots snapshots, Doors doors, Meters meters) {
        this.access = access;
        this.snapshots = snapshots;
        this.doors = doors;
        this.meters = meters;
    }

    /** @throws Problem when the request may not go on */
    public Call enter(Context http, Route route) {
        requireSameOrigin(http, route);
        if (route.permission() == Permission.OPEN || holdsMetricsToken(http, route)) {
            return new Call(http, Optional.empty(), "", snapshots);
        }
        String token = token(http);
        // Live updates come by themselves: they must not keep a session alive that nobody uses.
        boolean prolongs = !route.path().equals("/stream");
        Session session = Optional.of(token)
                .filter(given -> !given.isEmpty())
                .flatMap(given -> access.sessions().find(given, prolongs))
                .orElseThrow(() -> refused(401, "not-signed-in"));
        http.attribute(WebServer.LOCALE, session.account().locale());
        if (!doors.demo() && !session.account().hasPassword() && !route.beforePassword()) {
            throw refused(403, "set-password-first");
        }
        if (!route.permission().allows(session.account().role())) {
            throw refused(403, "not-allowed");
        }
        if (route.changes() && !same(session.csrf(), header(http, "X-CSRF"))) {
            throw refused(403, "csrf");
        }
        return new Call(http, Optional.of(session), token, snapshots);
    }

    /**
     * A changing request must say that it comes from a page of ours; a reading one must not say that it comes from another
     * site's.
     */
    private void requireSameOrigin(Context http, Route route) {
        String origin = header(http, "Origin");
        String site = header(http, "Sec-Fetch-Site");
        boolean foreignSite = !site.isEmpty() && !site.equals("same-origin") && !site.equals("none");
        boolean ours = origin.isEmpty()
                ? site.equals("same-origin")
                : origin.equalsIgnoreCase((doors.tls() ? "https://" : "http://") + header(http, "Host"));
        if (foreignSite || (route.changes() || !origin.isEmpty()) && !ours) {
            throw refused(403, "foreign-origin");
        }
    }

    private boolean holdsMetricsToken(Context http, Route route) {
        return route.permission() == Permission.METRICS
                && !doors.metricsToken().isEmpty()
                && same("Bearer " + doors.metricsToken(), header(http, "Authorization"));
    }

    private Problem refused(int status, String slug) {
        meters.counter("wanglou_ui_refused_total", "reason", slug).increment();
        return Problem.of(status, slug);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(Context http, String name) {
        return Optional.ofNullable(http.header(name)).orElse("");
    }

    private String cookieName() {
        return doors.tls() ? SECURE_COOKIE : PLAIN_COOKIE;
    }

    private String token(Context http) {
        return Optional.ofNullable(http.cookie(cookieName())).orElse("");
    }

    /** Opens a session for the account, ends the one the request came with, and sets the cookie. */
    Session open(Context http, String account) {
        String before = token(http);
        if (!before.isEmpty()) {
            access.sessions().close(before);
        }
        String token = access.sessions().open(account);
        http.header("Set-Cookie", cookie(token, ""));
        return access.sessions().find(token).orElseThrow(() -> Problem.of(401, "not-signed-in"));
    }

    /** Takes the cookie back. */
    void forget(Context http) {
        http.header("Set-Cookie", cookie("", "; Max-Age=0"));
    }

    private String cookie(String value, String age) {
        return cookieName() + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + age
                + (doors.tls() ? "; Secure" : "");
    }

    boolean demo() {
        return doors.demo();
    }
}
