package org.wanglou.ui;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wanglou.alerting.cases.Refused;
import org.wanglou.crypto.sm.Keys;
import org.wanglou.model.Meters;
import org.wanglou.model.registry.Organization;
import org.wanglou.store.accounts.Account;
import org.wanglou.store.accounts.Role;
import org.wanglou.store.events.EventIndex;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Route;
import org.wanglou.ui.cases.BulkApi;
import org.wanglou.ui.cases.CaseBook;
import org.wanglou.ui.cases.CaseCommands;
import org.wanglou.ui.cases.CaseListApi;
import org.wanglou.ui.cases.MessageApi;
import org.wanglou.ui.events.EventsApi;
import org.wanglou.ui.events.RulesApi;
import org.wanglou.ui.evidence.AuditApi;
import org.wanglou.ui.evidence.LedgerApi;
import org.wanglou.ui.evidence.ProofApi;
import org.wanglou.ui.evidence.ReportsApi;
import org.wanglou.ui.evidence.SealCheck;
import org.wanglou.ui.health.HealthApi;
import org.wanglou.ui.http.Problem;
import org.wanglou.ui.http.WebServer;
import org.wanglou.ui.live.Stream;
import org.wanglou.ui.registry.RegistryApi;
import org.wanglou.ui.session.AccountsApi;
import org.wanglou.ui.session.AuditTrail;
import org.wanglou.ui.session.Gate;
import org.wanglou.ui.session.SessionApi;

/** The console: built inert, serving between {@link #start} and {@link #close}. Thread-safe. */
public final class Console implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final String FOLDER = "web";

    private final ConsoleConfig config;
    private final ConsoleParts parts;
    private final Gate gate;
    private final Routes routes;
    private final Stream stream;
    private final WebServer server;

    public Console(ConsoleConfig config, ConsoleParts parts, Clock clock, Meters meters) {
        this(config, parts, clock, meters, FOLDER);
    }

    /** @param folder of the class path that holds the pages */
    Console(ConsoleConfig config, ConsoleParts parts, Clock clock, Meters meters, String folder) {
        this.config = config;
        this.parts = parts;
        this.gate = new Gate(
                parts.access(),
                parts.snapshots(),
                new Gate.Doors(config.tls().isPresent(), config.demo(), config.metricsToken()),
                meters);
        AuditTrail trail = new AuditTrail(parts.cases(), clock, meters);
        LedgerApi ledger =
                new LedgerApi(parts.ledger(), parts.ledgerDirectory(), parts.ledgerKey(), parts.cases(), trail);
        this.stream = new Stream(parts.cases(), parts.access().sessions(), ledger::size, clock, meters);
        this.routes = routes(trail, ledger, clock, meters);
        this.server = new WebServer(
                new WebServer.Address(config.host(), config.port(), config.tls(), config.hosts()),
                folder,
                this::add,
                Console::problem,
                meters);
    }

    private Routes routes(AuditTrail trail, LedgerApi ledger, Clock clock, Meters meters) {
        CaseBook book = new CaseBook(parts.cases(), parts.journals());
        AccountsApi accounts = new AccountsApi(parts.access(), trail, this::link, clock);
        CaseCommands commands = new CaseCommands(book, parts.desk(), parts.categories(), accounts::assignable);
        return new Routes(new Routes.Rooms(
                new SessionApi(parts.access(), gate, trail, config.node(), config.version(), parts.snapshots(), clock),
                accounts,
                new CaseListApi(book, parts.categories(), clock),
                commands,
                new BulkApi(book, commands),
                new MessageApi(book, parts.desk(), trail),
                new EventsApi(parts.events(), parts.cases(), trail),
                new RulesApi(parts.events(), parts.packs()),
                new RegistryApi(),
                new ProofApi(
                        parts.cases(), new SealCheck(parts.ledger(), parts.ledgerKey()), Keys.kid(parts.ledgerKey())),
                ledger,
                new AuditApi(parts.cases()),
                new ReportsApi(parts.reports(), trail),
                new HealthApi(parts.health(), parts.cases(), ledger, meters, clock, config.node(), config.version()),
                stream,
                config.version()));
    }

    private void add(RoutesConfig javalin) {
        for (Route route : routes.all()) {
            Handler handler = http -> {
                Call call = gate.enter(http, route);
                route.endpoint().answer(call);
            };
            javalin.addEndpoint(Endpoint.create(HandlerType.findOrCreate(route.method()), Route.BASE + route.path())
                    .handler(handler));
        }
    }

    /** What the rooms' own refusals mean over HTTP. What is not seen and what is not there are the same. */
    private static Optional<Problem> problem(Exception e) {
        if (e instanceof Refused refused) {
            return Optional.of(
                    refused.kind() == Refused.Kind.INVALID
                            ? Problem.invalid(String.valueOf(refused.getMessage()))
                            : Problem.notFound());
        }
        if (e instanceof EventIndex.BadQuery bad) {
            return Optional.of(Problem.of(400, "bad-query", String.valueOf(bad.getMessage()))
                    .with("position", bad.position()));
        }
        return Optional.empty();
    }

    /** Every route with who may use it. */
    List<Route> routes() {
        return routes.all();
    }

    /** An account that was given a one-time link. */
    public record FirstLink(String account, String displayName, String link) {}

    /** Binds and serves. */
    public void start() {
        stream.start();
        server.start();
        LOG.info("console serving url={} demo={}", url(), config.demo());
    }

    /** The bound port. */
    public int port() {
        return server.port();
    }

    /** Where it is reached, without trailing slash: {@code https://host:port}. */
    public String url() {
        boolean everywhere = config.host().equals("0.0.0.0") || config.host().equals("::");
        String host = everywhere ? config.hosts().stream().sorted().findFirst().orElse("localhost") : config.host();
        return (config.tls().isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + port();
    }

    /** A full URL by which that account can be entered once within 30 minutes. */
    public String oneTimeLink(String account) {
        return link(parts.access().links().issue(account));
    }

    private String link(String token) {
        return url() + "/enter#" + token;
    }

    /**
     * Creates the administrators (system, security, audit; in demo mode an operator too) where there are none, and gives a
     * one-time link to each of them that has no password yet; in demo mode to each.
     */
    public List<FirstLink> firstStart() {
        List<FirstLink> links = new ArrayList<>();
        for (Role role : Role.values()) {
            if (role == Role.OPERATOR && !config.demo()) {
                continue;
            }
            boolean there = parts.access().accounts().all().stream().anyMatch(account -> account.role() == role);
            if (!there) {
                String organization = role == Role.OPERATOR ? root() : "";
                parts.access().accounts().create(role.word(), role.chinese(), role, organization, "zh-CN");
            }
            Optional<Account> account = parts.access().accounts().account(role.word());
            account.filter(found -> !found.disabled() && (config.demo() || !found.hasPassword()))
                    .ifPresent(found ->
                            links.add(new FirstLink(found.name(), found.displayName(), oneTimeLink(found.name()))));
        }
        return links;
    }

    /** The one unit above all others; empty, which means all, when there is none or more than one. */
    private String root() {
        List<String> roots = StreamSupport.stream(
                        parts.snapshots().registry().organizations().spliterator(), false)
                .filter(unit -> unit.parent().isEmpty())
                .map(Organization::id)
                .toList();
        return roots.size() == 1 ? roots.get(0) : "";
    }

    /** Stops accepting, ends live streams, waits up to five seconds for answers in work. */
    @Override
    public void close() {
        stream.close();
        server.close();
    }
}
