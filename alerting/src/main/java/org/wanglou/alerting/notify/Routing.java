package org.wanglou.alerting.notify;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.wanglou.model.Incident;
import org.wanglou.model.Snapshots;

/** Which routes hear of which incident: by organisation subtree and severity. Thread-safe. */
public final class Routing {
    private final Supplier<List<Route>> current;
    private final Snapshots snapshots;

    public Routing(List<Route> routes, Snapshots snapshots) {
        List<Route> fixed = List.copyOf(routes);
        this.current = () -> fixed;
        this.snapshots = snapshots;
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("two notification routes are named " + route.name());
            }
        }
    }

    /** @param current the routes in force, asked anew each time; their names are unique */
    public Routing(Supplier<List<Route>> current, Snapshots snapshots) {
        this.current = current;
        this.snapshots = snapshots;
    }

    /** Every route, in configured order. */
    public List<Route> routes() {
        return current.get();
    }

    public Optional<Route> named(String name) {
        return routes().stream().filter(route -> route.name().equals(name)).findFirst();
    }

    /** The routes that must hear of the incident as it stands, in configured order. */
    public List<Route> routesFor(Incident incident) {
        return routes().stream()
                .filter(route -> incident.severity().compareTo(route.minimum()) >= 0)
                .filter(route -> concerns(route, incident.organization()))
                .toList();
    }

    private boolean concerns(Route route, String organization) {
        return route.organizations().isEmpty()
                || route.organizations().stream()
                        .anyMatch(root -> root.equals(organization)
                                || snapshots.registry().within(organization, root));
    }
}
