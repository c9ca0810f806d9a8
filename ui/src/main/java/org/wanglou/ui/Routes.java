package org.wanglou.ui;

import static org.wanglou.ui.api.Permission.ACCOUNTS_MANAGE;
import static org.wanglou.ui.api.Permission.AUDIT_READ;
import static org.wanglou.ui.api.Permission.CASES_ACT;
import static org.wanglou.ui.api.Permission.CASES_OVERRIDE;
import static org.wanglou.ui.api.Permission.CASES_READ;
import static org.wanglou.ui.api.Permission.EVENTS_READ;
import static org.wanglou.ui.api.Permission.EVIDENCE_READ;
import static org.wanglou.ui.api.Permission.HEALTH_READ;
import static org.wanglou.ui.api.Permission.LEDGER_CHECK;
import static org.wanglou.ui.api.Permission.LEDGER_EXPORT;
import static org.wanglou.ui.api.Permission.METRICS;
import static org.wanglou.ui.api.Permission.OPEN;
import static org.wanglou.ui.api.Permission.REGISTRY_READ;
import static org.wanglou.ui.api.Permission.REPORTS_MAKE;
import static org.wanglou.ui.api.Permission.REPORTS_READ;
import static org.wanglou.ui.api.Permission.SESSION;

import java.util.ArrayList;
import java.util.List;
import org.wanglou.ui.api.Endpoint;
import org.wanglou.ui.api.OpenApi;
import org.wanglou.ui.api.Permission;
import org.wanglou.ui.api.Route;
import org.wanglou.ui.cases.BulkApi;
import org.wanglou.ui.cases.CaseCommands;
import org.wanglou.ui.cases.CaseListApi;
import org.wanglou.ui.cases.MessageApi;
import org.wanglou.ui.events.EventsApi;
import org.wanglou.ui.events.RulesApi;
import org.wanglou.ui.evidence.AuditApi;
import org.wanglou.ui.evidence.LedgerApi;
import org.wanglou.ui.evidence.ProofApi;
import org.wanglou.ui.evidence.ReportsApi;
import org.wanglou.ui.health.HealthApi;
import org.wanglou.ui.live.Stream;
import org.wanglou.ui.registry.RegistryApi;
import org.wanglou.ui.session.AccountsApi;
import org.wanglou.ui.session.SessionApi;

/**
 * The table of all routes of the API: method, path, who may, what answers. There is no route beside it, and the test of
 * roles walks through it. Immutable.
 */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** What answers. */
    record Rooms(
            SessionApi session,
            AccountsApi accounts,
            CaseListApi cases,
            CaseCommands commands,
            BulkApi bulk,
            MessageApi messages,
            EventsApi events,
            RulesApi rules,
            RegistryApi registry,
            ProofApi proof,
            LedgerApi ledger,
            AuditApi audit,
            ReportsApi reports,
            HealthApi health,
            Stream stream,
            String version) {}

    Routes(Rooms rooms) {
        get("/healthz", OPEN, rooms.health::probe);
        get("/health", HEALTH_READ, rooms.health::health);
        get("/metrics", METRICS, rooms.health::metrics);
        get("/openapi.json", SESSION, call -> call.reply(OpenApi.of(routes, rooms.version)));
        get("/stream", SESSION, rooms.stream::join);

        post("/sign-in", OPEN, rooms.session::signIn);
        post("/enter", OPEN, rooms.session::enter);
        get("/me", SESSION, rooms.session::me);
        post("/sign-out", SESSION, rooms.session::signOut);
        put("/me/password", SESSION, rooms.session::password);
        put("/me/locale", SESSION, rooms.session::locale);
        post("/me/totp", SESSION, rooms.session::offerTotp);
        put("/me/totp", SESSION, rooms.session::confirmTotp);

        get("/accounts/assignable", CASES_ACT, rooms.accounts::assignable);
        get("/accounts", ACCOUNTS_MANAGE, rooms.accounts::list);
        post("/accounts", ACCOUNTS_MANAGE, rooms.accounts::create);
        post("/accounts/{name}/link", ACCOUNTS_MANAGE, rooms.accounts::link);
        put("/accounts/{name}/disabled", ACCOUNTS_MANAGE, rooms.accounts::disabled);

        get("/categories", CASES_READ, rooms.cases::categories);
        get("/cases", CASES_READ, rooms.cases::list);
        post("/cases/bulk", CASES_ACT, rooms.bulk::bulk);
        get("/cases/{id}", CASES_READ, rooms.cases::one);
        get("/cases/{id}/events", EVENTS_READ, rooms.events::ofCase);
        get("/cases/{id}/proof", EVIDENCE_READ, rooms.proof::ofCase);
        post("/cases/{id}/preview", CASES_OVERRIDE, rooms.commands::preview);
        post("/cases/{id}/acknowledge", CASES_ACT, rooms.commands::acknowledge);
        post("/cases/{id}/assign", CASES_ACT, rooms.commands::assign);
        post("/cases/{id}/note", CASES_ACT, rooms.commands::note);
        post("/cases/{id}/confirm", CASES_ACT, rooms.commands::confirm);
        post("/cases/{id}/override", CASES_OVERRIDE, rooms.commands::override);
        post("/cases/{id}/false-positive", CASES_ACT, rooms.commands::falsePositive);
        post("/cases/{id}/state", CASES_ACT, rooms.commands::state);
        post("/cases/{id}/close", CASES_ACT, rooms.commands::close);
        post("/cases/{id}/deadlines/{deadlineId}/met", CASES_ACT, rooms.commands::met);
        get("/messages/{id}", CASES_READ, rooms.messages::one);
        post("/messages/{id}/retry", CASES_ACT, rooms.messages::retry);

        get("/events/fields", EVENTS_READ, rooms.events::fields);
        post("/events/search", EVENTS_READ, rooms.events::search);
        post("/events/histogram", EVENTS_READ, rooms.events::histogram);
        post("/events/top", EVENTS_READ, rooms.events::top);
        get("/events/{id}", EVENTS_READ, rooms.events::one);
        get("/rules/{id}/explain", EVENTS_READ, rooms.rules::explain);

        get("/organizations", REGISTRY_READ, rooms.registry::organizations);
        get("/organizations/{id}", REGISTRY_READ, rooms.registry::organization);
        get("/assets", REGISTRY_READ, rooms.registry::assets);

        get("/ledger", AUDIT_READ, rooms.ledger::head);
        post("/ledger/check", LEDGER_CHECK, rooms.ledger::checkAll);
        get("/ledger/proof", EVIDENCE_READ, rooms.ledger::proof);
        get("/ledger/export", LEDGER_EXPORT, rooms.ledger::export);
        get("/audit", AUDIT_READ, rooms.audit::list);

        get("/reports", REPORTS_READ, rooms.reports::list);
        post("/reports", REPORTS_MAKE, rooms.reports::make);
        post("/reports/preview", REPORTS_MAKE, rooms.reports::preview);
        get("/reports/{id}", REPORTS_READ, rooms.reports::document);
        get("/reports/{id}/pdf", REPORTS_READ, rooms.reports::pdf);
        get("/reports/{id}/signature", REPORTS_READ, rooms.reports::signature);
    }

    private void get(String path, Permission permission, Endpoint endpoint) {
        routes.add(new Route("GET", path, permission, endpoint));
    }

    private void post(String path, Permission permission, Endpoint endpoint) {
        routes.add(new Route("POST", path, permission, endpoint));
    }

    private void put(String path, Permission permission, Endpoint endpoint) {
        routes.add(new Route("PUT", path, permission, endpoint));
    }

    List<Route> all() {
        return List.copyOf(routes);
    }
}
