package org.wanglou.ui.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.wanglou.alerting.cases.Actor;
import org.wanglou.alerting.cases.Scope;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;

/**
 * The units one account sees, at one moment: its own and those below; all without a unit. Whatever is asked for is cut to
 * this. Immutable.
 */
public final class Visible {
    /** What belongs to no known unit (未归属). */
    private static final String UNASSIGNED = "unassigned";

    private final Actor actor;
    private final Scope scope;
    private final Registry registry;

    Visible(Actor actor, Scope scope, Registry registry) {
        this.actor = actor;
        this.scope = scope;
        this.registry = registry;
    }

    public boolean sees(String organization) {
        return scope.sees(actor, organization);
    }

    /** Whether nothing is hidden. */
    public boolean whole() {
        return actor.organization().isEmpty();
    }

    /** The unit the account belongs to, empty for all. */
    public String root() {
        return actor.organization();
    }

    /** Ids for a query; empty means all, and is given to those who see all only. */
    public List<String> units() {
        return whole() ? List.of() : below(actor.organization());
    }

    /**
     * Ids for a query about one unit and those below it, as far as they are seen; the whole of {@link #units} when the
     * text is empty, and nothing when there is no such unit or it is not seen: these two are told apart by nobody.
     */
    public Optional<List<String>> units(String organization) {
        if (organization.isEmpty()) {
            return Optional.of(units());
        }
        return sees(organization) && known(organization) ? Optional.of(below(organization)) : Optional.empty();
    }

    private boolean known(String organization) {
        return organization.equals(UNASSIGNED)
                || registry.organization(organization).isPresent();
    }

    private List<String> below(String root) {
        List<String> ids = new ArrayList<>();
        ids.add(root);
        for (Organization organization : registry.organizations()) {
            if (!organization.id().equals(root) && registry.within(organization.id(), root)) {
                ids.add(organization.id());
            }
        }
        if (!root.equals(UNASSIGNED) && sees(UNASSIGNED) && isRoot(root)) {
            ids.add(UNASSIGNED);
        }
        return ids;
    }

    private boolean isRoot(String id) {
        return registry.organization(id)
                .map(Organization::parent)
                .filter(String::isEmpty)
                .isPresent();
    }

    /** Seen units of the registry, by id. */
    public List<Organization> organizations() {
        return StreamSupport.stream(registry.organizations().spliterator(), false)
                .filter(organization -> sees(organization.id()))
                .sorted(java.util.Comparator.comparing(Organization::id))
                .toList();
    }

    public Registry registry() {
        return registry;
    }

    /** The unit's name, or its id when the registry does not know it. */
    public String name(String organization) {
        return registry.organization(organization).map(Organization::name).orElse(organization);
    }
}
