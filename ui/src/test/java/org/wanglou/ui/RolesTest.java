package org.wanglou.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wanglou.store.accounts.Role;
import org.wanglou.ui.api.Permission;
import org.wanglou.ui.api.Route;

/** Every route with every role, and without any, against the declared table. */
class RolesTest extends ConsoleContext {
    /** What the contract says each role may, written out a second time on purpose. */
    private static final Map<Role, Set<String>> DECLARED = Map.of(
            Role.OPERATOR,
            Set.of(
                    "cases.read",
                    "cases.act",
                    "cases.override",
                    "events.read",
                    "evidence.read",
                    "reports.read",
                    "reports.make",
                    "health.read",
                    "registry.read"),
            Role.SECURITY,
            Set.of(
                    "cases.read",
                    "cases.override",
                    "events.read",
                    "evidence.read",
                    "reports.read",
                    "health.read",
                    "registry.read"),
            Role.AUDIT,
            Set.of(
                    "evidence.read",
                    "audit.read",
                    "ledger.check",
                    "ledger.export",
                    "reports.read",
                    "cases.read",
                    "health.read"),
            Role.SYSTEM,
            Set.of("accounts.manage", "health.read"));

    private static String path(Route route) {
        return route.path().replaceAll("\\{[^}]+}", "none");
    }

    private static boolean declared(Role role, Permission permission) {
        return switch (permission) {
            case OPEN, SESSION -> true;
            case METRICS -> role == Role.SYSTEM || role == Role.AUDIT;
            default -> DECLARED.get(role).contains(permission.word());
        };
    }

    /** Signing out ends the session, a stream never ends: these two are tried elsewhere. */
    private List<Route> tried() {
        return console.routes().stream()
                .filter(route ->
                        !route.path().equals("/stream") && !route.path().equals("/sign-out"))
                .toList();
    }

    @Test
    void each_role_reaches_exactly_the_routes_it_is_declared_to() {
        List<String> wrong = new ArrayList<>();
        Map<Role, Integer> allowed = new TreeMap<>();
        for (Role role : Role.values()) {
            Browser browser = as(role == Role.OPERATOR ? "op" : role.word());
            assertThat(browser.get("/me").json().path("permissions"))
                    .extracting(node -> node.asText())
                    .containsExactlyInAnyOrderElementsOf(DECLARED.get(role));
            for (Route route : tried()) {
                Browser.Answer answer = route.changes()
                        ? route.method().equals("PUT")
                                ? browser.put(path(route), "{}")
                                : browser.post(path(route), "{}")
                        : browser.get(path(route));
                boolean refused = answer.status() == 403;
                if (refused == declared(role, route.permission()) || answer.status() >= 500) {
                    wrong.add(role + " " + route.method() + " " + route.path() + " " + answer.status());
                }
                allowed.merge(role, refused ? 0 : 1, Integer::sum);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(allowed).hasSize(4);
    }

    @Test
    void without_a_session_only_the_open_routes_answer() {
        Browser nobody = new Browser(console);
        for (Route route : console.routes()) {
            Optional<String> body = route.changes() ? Optional.of("{}") : Optional.empty();
            int status = nobody.send(route.method(), path(route), body, "Origin", console.url())
                    .status();
            if (route.permission() == Permission.OPEN) {
                assertThat(status).as(route.path()).isNotEqualTo(401);
            } else {
                assertThat(status).as(route.path()).isEqualTo(401);
            }
        }
    }

    @Test
    void every_changing_route_refuses_a_missing_token_and_a_foreign_origin() {
        for (Role role : Role.values()) {
            Browser browser = as(role == Role.OPERATOR ? "op" : role.word());
            for (Route route : console.routes()) {
                if (route.changes() && route.permission() != Permission.OPEN) {
                    Browser.Answer noToken =
                            browser.send(route.method(), path(route), Optional.of("{}"), "Origin", console.url());
                    assertThat(noToken.status()).as(role + " " + route.path()).isEqualTo(403);
                    Browser.Answer foreign = browser.send(
                            route.method(),
                            path(route),
                            Optional.of("{}"),
                            "Origin",
                            "https://evil.example",
                            "X-CSRF",
                            browser.csrf());
                    assertThat(foreign.slug()).as(role + " " + route.path()).isEqualTo("foreign-origin");
                }
            }
        }
    }

    @Test
    void a_bearer_token_reads_the_counters_and_nothing_else() {
        Browser monitor = new Browser(console);
        monitor.get("/healthz").is(200);
        assertThat(monitor.get("/metrics", "Authorization", "Bearer metrics-token")
                        .is(200)
                        .text())
                .contains("wanglou_ui_answers_total");
        monitor.get("/metrics", "Authorization", "Bearer metrics-tokem").is(401);
        monitor.get("/health", "Authorization", "Bearer metrics-token").is(401);
    }

    @Test
    void the_openapi_document_names_every_route_with_its_permission() {
        var document = as("op").get("/openapi.json").is(200).json();
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        for (Route route : console.routes()) {
            var operation = document.path("paths")
                    .path(route.path())
                    .path(route.method().toLowerCase(java.util.Locale.ROOT));
            assertThat(operation.isObject()).as(route.path()).isTrue();
            assertThat(operation.path("x-permission").asText())
                    .isEqualTo(route.permission().word());
        }
    }
}
