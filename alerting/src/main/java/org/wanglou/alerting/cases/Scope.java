package org.wanglou.alerting.cases;

import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.model.registry.Registry;

/** Which units' cases an actor may touch: its own unit and those below. Thread-safe. */
public interface Scope {
    boolean sees(Actor actor, String organization);

    /**
     * By the registry's tree. What belongs to no known unit (未归属) is seen from the root only, so that somebody sees it.
     */
    static Scope of(Snapshots snapshots) {
        return (actor, organization) -> {
            if (actor.organization().isEmpty() || actor.organization().equals(organization)) {
                return true;
            }
            Registry registry = snapshots.registry();
            return registry.organization(organization).isPresent()
                    ? registry.within(organization, actor.organization())
                    : registry.organization(actor.organization())
                            .map(Organization::parent)
                            .filter(String::isEmpty)
                            .isPresent();
        };
    }
}
