package org.wanglou.alerting.notify;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.wanglou.crypto.sm.Sm3;
import org.wanglou.model.Grade;
import org.wanglou.model.cases.Case;
import org.wanglou.model.cases.Message;
import org.wanglou.store.cases.CaseDatabase.Transaction;

/**
 * Owes messages inside the caller's transaction. A message's id is SM3 of incident, reason and route, so owing the same
 * again changes nothing, and its bytes are fixed here. Immutable.
 */
public final class Outbox {
    private final Routing routing;
    private final Letter letter;

    public Outbox(Routing routing, Letter letter) {
        this.routing = routing;
        this.letter = letter;
    }

    /** The id of the message about that incident for that reason on that route. */
    public static String messageId(String incidentId, String reason, String route) {
        return "msg_" + Sm3.id(incidentId, reason, route);
    }

    /** Owes {@code opened} to every route concerned; returns how many were new. */
    public int opened(Transaction tx, Case about, List<Grade> grades, long at) {
        return owe(tx, about, grades, "opened", at, routing.routesFor(about.incident()));
    }

    /** As {@link #opened}, on one named route; a playbook's wish. Nothing when there is no such route. */
    public int openedOn(Transaction tx, Case about, List<Grade> grades, String route, long at) {
        return owe(
                tx, about, grades, "opened", at, routing.named(route).stream().toList());
    }

    /** Owes {@code raised} (the second time {@code raised.2}, and so on) to every route concerned. */
    public int raised(Transaction tx, Case about, List<Grade> grades, long at) {
        return owe(tx, about, grades, next(tx, about, "raised"), at, routing.routesFor(about.incident()));
    }

    /** Owes {@code retracted} to the routes that heard of the incident before: nobody else needs to know. */
    public int retracted(Transaction tx, Case about, List<Grade> grades, long at) {
        return owe(tx, about, grades, next(tx, about, "retracted"), at, told(tx, about));
    }

    /** Owes {@code confirmed} to the routes concerned and those that heard of it before. */
    public int confirmed(Transaction tx, Case about, List<Grade> grades, long at) {
        List<Route> routes = Stream.concat(routing.routesFor(about.incident()).stream(), told(tx, about).stream())
                .distinct()
                .toList();
        return owe(tx, about, grades, next(tx, about, "confirmed"), at, routes);
    }

    /** Names of the routes that would hear of the case if it were opened now. */
    public List<String> routesFor(Case about) {
        return routing.routesFor(about.incident()).stream().map(Route::name).toList();
    }

    private List<Route> told(Transaction tx, Case about) {
        Set<String> names = new HashSet<>();
        tx.messagesOf(about.id()).forEach(message -> names.add(message.route()));
        return routing.routes().stream()
                .filter(route -> names.contains(route.name()))
                .toList();
    }

    private static String next(Transaction tx, Case about, String reason) {
        long before = tx.messagesOf(about.id()).stream()
                .map(Message::reason)
                .filter(other -> other.equals(reason) || other.startsWith(reason + "."))
                .distinct()
                .count();
        return before == 0 ? reason : reason + "." + (before + 1);
    }

    private int owe(Transaction tx, Case about, List<Grade> grades, String reason, long at, List<Route> routes) {
        int owed = 0;
        for (Route route : routes) {
            String id = messageId(about.incidentId(), reason, route.name());
            String body = Objects.requireNonNull(letter.write(id, reason, about, grades, at));
            Message message = new Message(
                    id,
                    about.incidentId(),
                    about.id(),
                    reason,
                    route.name(),
                    route.notifier(),
                    route.target(),
                    body,
                    Sm3.hex(body.getBytes(StandardCharsets.UTF_8)),
                    Message.State.OWED,
                    0,
                    at,
                    at,
                    0,
                    "");
            if (tx.oweMessage(message)) {
                tx.feed("message", id, 0, at);
                owed++;
            }
        }
        return owed;
    }
}
